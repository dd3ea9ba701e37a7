from portal.core.contour import Contour, RoomConfig


class LocalActsConfig(RoomConfig):
    default = True
    name = "portal.local_acts"
    label = "local_acts"
    verbose_name = "Локальные акты и приказы"
    contour = Contour.INTERNAL
