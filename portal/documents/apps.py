from portal.core.contour import Contour, RoomConfig


class DocumentsConfig(RoomConfig):
    default = True
    name = "portal.documents"
    label = "documents"
    verbose_name = "Документы"
    contour = Contour.LIBRARY
