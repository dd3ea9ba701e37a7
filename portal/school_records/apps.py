from portal.core.contour import Contour, RoomConfig


class SchoolRecordsConfig(RoomConfig):
    default = True
    name = "portal.school_records"
    label = "school_records"
    verbose_name = "Записи школы"
    contour = Contour.INTERNAL
