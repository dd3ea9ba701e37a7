from portal.core.contour import Contour, RoomConfig


class NotifyConfig(RoomConfig):
    default = True
    name = "portal.notify"
    label = "notify"
    verbose_name = "Уведомления"
    contour = Contour.LIBRARY

    def ready(self) -> None:
        from portal.core.workflow import transitioned
        from portal.notify.transitions import tell_of_transition

        transitioned.connect(tell_of_transition, dispatch_uid="notify.tell_of_transition")
