from portal.core.contour import Contour, RoomConfig


class PairWorkConfig(RoomConfig):
    default = True
    name = "portal.pair_work"
    label = "pair_work"
    verbose_name = "Работа пар"
    contour = Contour.INTERNAL
