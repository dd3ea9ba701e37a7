from portal.core.contour import Contour, RoomConfig


class StaffConfig(RoomConfig):
    default = True
    name = "portal.staff"
    label = "staff"
    verbose_name = "Сотрудники"
    contour = Contour.INTERNAL

    def ready(self) -> None:
        from portal.core import next_steps
        from portal.staff import exports, receivers, selectors, services, workflow  # noqa: F401  (papers, letters, jobs and tables register themselves)
        from tenants.tasks import DAILY

        next_steps.contribute(Contour.INTERNAL, selectors.next_steps)
        if services.expire_consents not in DAILY:
            DAILY.append(services.expire_consents)
