from portal.core.contour import Contour, RoomConfig


class LocalActsConfig(RoomConfig):
    default = True
    name = "portal.local_acts"
    label = "local_acts"
    verbose_name = "Локальные акты и приказы"
    contour = Contour.INTERNAL

    def ready(self) -> None:
        from portal.core import next_steps
        from portal.local_acts import exports, printing, selectors, services  # noqa: F401  (documents, tables and jobs register themselves)
        from tenants.tasks import DAILY

        next_steps.contribute(Contour.INTERNAL, selectors.next_steps)
        if services.enact_due_acts not in DAILY:
            DAILY.append(services.enact_due_acts)
