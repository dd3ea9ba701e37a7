from portal.core.contour import Contour, RoomConfig


class SchoolPracticesConfig(RoomConfig):
    default = True
    name = "portal.school_practices"
    label = "school_practices"
    verbose_name = "Практики школы"
    contour = Contour.INTERNAL

    def ready(self) -> None:
        from portal.core.next_steps import contribute
        from portal.core.workflow import transitioned
        from portal.school_practices import exports  # noqa: F401  (the card tells of itself)
        from portal.school_practices.receivers import take_back_without_consent
        from portal.school_practices.selectors import next_steps, waits_for_association
        from portal.staff import queues

        transitioned.connect(
            take_back_without_consent, dispatch_uid="school_practices.take_back_without_consent"
        )
        contribute(Contour.INTERNAL, next_steps)
        queues.contribute(waits_for_association)
