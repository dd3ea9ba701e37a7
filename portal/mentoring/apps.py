from portal.core.contour import Contour, RoomConfig


class MentoringConfig(RoomConfig):
    default = True
    name = "portal.mentoring"
    label = "mentoring"
    verbose_name = "Наставничество"
    contour = Contour.INTERNAL

    def ready(self) -> None:
        from portal.core import beside, next_steps
        from portal.core.workflow import transitioned
        from portal.local_acts.events import order_cancelled, order_registered, order_taken_back
        from portal.mentoring import exports  # noqa: F401  (hands out the documents of orders)
        from portal.mentoring.notices import tell_of_transition
        from portal.mentoring.receivers import activate_pair, keep_order_with_pair, take_back_pair
        from portal.mentoring.selectors.beside import beside as ours
        from portal.mentoring.selectors.leaving import pairs_of_leaver
        from portal.mentoring.selectors.next_steps import next_steps as steps
        from portal.mentoring.selectors.partners import partners_of
        from portal.mentoring.selectors.queues import QUEUES
        from portal.mentoring.services.time import every_day
        from portal.school_practices import interest
        from portal.staff import leaving, queues
        from tenants.tasks import DAILY

        order_registered.connect(activate_pair, dispatch_uid="mentoring.activate_pair")
        order_taken_back.connect(take_back_pair, dispatch_uid="mentoring.take_back_pair")
        order_cancelled.connect(keep_order_with_pair, dispatch_uid="mentoring.keep_order_with_pair")
        transitioned.connect(tell_of_transition, dispatch_uid="mentoring.notices")
        interest.contribute(partners_of)
        leaving.contribute(pairs_of_leaver)
        next_steps.contribute(Contour.INTERNAL, steps)
        for queue in QUEUES:
            queues.contribute(queue)
        beside.contribute(Contour.INTERNAL, ours)
        if every_day not in DAILY:
            DAILY.append(every_day)
