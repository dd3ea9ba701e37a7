from portal.core.contour import Contour, RoomConfig


class MonitoringConfig(RoomConfig):
    default = True
    name = "portal.monitoring"
    label = "monitoring"
    verbose_name = "Мониторинг"
    contour = Contour.INTERNAL

    def ready(self) -> None:
        from portal.core.next_steps import contribute
        from portal.monitoring import receivers  # noqa: F401  (letters of the city)
        from portal.monitoring.next_steps import next_steps
        from portal.monitoring.services import send_counters
        from tenants.tasks import DAILY

        contribute(Contour.INTERNAL, next_steps)
        if send_counters not in DAILY:
            DAILY.append(send_counters)
