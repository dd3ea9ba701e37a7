from portal.core.contour import Contour, RoomConfig


class CabinetConfig(RoomConfig):
    default = True
    name = "portal.cabinet"
    label = "cabinet"
    verbose_name = "Рабочее место наставничества"
    contour = Contour.INTERNAL
