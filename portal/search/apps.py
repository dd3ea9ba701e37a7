from portal.core.contour import Contour, RoomConfig


class SearchConfig(RoomConfig):
    default = True
    name = "portal.search"
    label = "search"
    verbose_name = "Поиск"
    contour = Contour.LIBRARY
