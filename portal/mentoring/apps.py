from portal.core.contour import Contour, RoomConfig


class MentoringConfig(RoomConfig):
    default = True
    name = "portal.mentoring"
    label = "mentoring"
    verbose_name = "Пары"
    contour = Contour.INTERNAL
