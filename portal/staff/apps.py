from portal.core.contour import Contour, RoomConfig


class StaffConfig(RoomConfig):
    default = True
    name = "portal.staff"
    label = "staff"
    verbose_name = "Сотрудники"
    contour = Contour.INTERNAL
