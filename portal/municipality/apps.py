from portal.core.contour import Contour, RoomConfig


class MunicipalityConfig(RoomConfig):
    default = True
    name = "portal.municipality"
    label = "municipality"
    verbose_name = "Управление образования"
    contour = Contour.EXTERNAL
