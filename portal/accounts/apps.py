from portal.core.contour import Contour, RoomConfig


class AccountsConfig(RoomConfig):
    default = True
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Люди и права"
    contour = Contour.EXTERNAL
