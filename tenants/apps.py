from portal.core.contour import Contour, RoomConfig


class TenantsConfig(RoomConfig):
    default = True
    name = "tenants"
    label = "tenants"
    verbose_name = "Школы и контуры"
    contour = Contour.EXTERNAL
