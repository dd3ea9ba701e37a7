from portal.core.contour import Contour, RoomConfig


class DemoConfig(RoomConfig):
    default = True
    name = "portal.demo"
    label = "demo"
    verbose_name = "Демонстрационный город"
    contour = Contour.EXTERNAL
