from portal.core.contour import Contour, RoomConfig


class AuditConfig(RoomConfig):
    default = True
    name = "portal.audit"
    label = "audit"
    verbose_name = "Журналы"
    contour = Contour.LIBRARY
