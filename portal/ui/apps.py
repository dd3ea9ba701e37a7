from portal.core.contour import Contour, RoomConfig


class UiConfig(RoomConfig):
    default = True
    name = "portal.ui"
    label = "ui"
    verbose_name = "Вид"
    contour = Contour.LIBRARY
