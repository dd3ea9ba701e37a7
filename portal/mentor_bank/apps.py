from portal.core.contour import Contour, RoomConfig


class MentorBankConfig(RoomConfig):
    default = True
    name = "portal.mentor_bank"
    label = "mentor_bank"
    verbose_name = "Наставники и потребности"
    contour = Contour.INTERNAL
