from portal.core.contour import Contour, RoomConfig


class MonitoringConfig(RoomConfig):
    default = True
    name = "portal.monitoring"
    label = "monitoring"
    verbose_name = "Мониторинг"
    contour = Contour.INTERNAL
