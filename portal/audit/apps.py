from portal.core.contour import Contour, RoomConfig


class AuditConfig(RoomConfig):
    default = True
    name = "portal.audit"
    label = "audit"
    verbose_name = "Журналы"
    contour = Contour.LIBRARY

    def ready(self) -> None:
        from portal.audit.journal import record_transition
        from portal.core.workflow import transitioned

        transitioned.connect(record_transition, dispatch_uid="audit.record_transition")
