from portal.core.contour import Contour, RoomConfig


class CertificatesConfig(RoomConfig):
    default = True
    name = "portal.certificates"
    label = "certificates"
    verbose_name = "Сертификаты"
    contour = Contour.EXTERNAL
