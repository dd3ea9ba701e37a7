from portal.core.contour import Contour, RoomConfig


class HouseConfig(RoomConfig):
    default = True
    name = "config"
    label = "house"
    verbose_name = "Сборка дома"
    contour = Contour.LIBRARY
