from portal.core.contour import Contour, RoomConfig


class OversightConfig(RoomConfig):
    default = True
    name = "portal.oversight"
    label = "oversight"
    verbose_name = "Сводка по городу"
    contour = Contour.EXTERNAL
