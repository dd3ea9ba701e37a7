from portal.core.contour import Contour, RoomConfig


class FilesConfig(RoomConfig):
    default = True
    name = "portal.files"
    label = "files"
    verbose_name = "Файлы"
    contour = Contour.LIBRARY
