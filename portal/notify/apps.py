from portal.core.contour import Contour, RoomConfig


class NotifyConfig(RoomConfig):
    default = True
    name = "portal.notify"
    label = "notify"
    verbose_name = "Уведомления"
    contour = Contour.LIBRARY
