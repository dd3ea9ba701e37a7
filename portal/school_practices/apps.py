from portal.core.contour import Contour, RoomConfig


class SchoolPracticesConfig(RoomConfig):
    default = True
    name = "portal.school_practices"
    label = "school_practices"
    verbose_name = "Практики школы"
    contour = Contour.INTERNAL
