from portal.core.contour import Contour, RoomConfig


class ExchangeConfig(RoomConfig):
    default = True
    name = "portal.exchange"
    label = "exchange"
    verbose_name = "Обмен между контурами"
    contour = Contour.LIBRARY
