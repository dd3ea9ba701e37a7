from portal.core.contour import Contour, RoomConfig


class PapersConfig(RoomConfig):
    default = True
    name = "portal.papers"
    label = "papers"
    verbose_name = "Документы"
    contour = Contour.LIBRARY
