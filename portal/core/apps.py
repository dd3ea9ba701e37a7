from portal.core.contour import Contour, RoomConfig


class CoreConfig(RoomConfig):
    default = True
    name = "portal.core"
    label = "core"
    verbose_name = "Ядро"
    contour = Contour.LIBRARY
