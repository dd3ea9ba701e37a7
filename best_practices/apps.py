from portal.core.contour import Contour, RoomConfig


class BestPracticesConfig(RoomConfig):
    default = True
    name = "best_practices"
    label = "best_practices"
    verbose_name = "Банк лучших практик"
    contour = Contour.EXTERNAL
