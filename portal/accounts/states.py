"""What may become of things about accounts."""

from django.db import models


class Change(models.TextChoices):
    """What becomes another thing."""

    ADDRESS = "address", "почта для входа"
    SECOND_FACTOR = "factor", "второй шаг входа"


class AddressOutcome(models.TextChoices):
    """How the change of a sign-in address ended."""

    DONE = "done", "состоялась"
    CANCELLED = "cancelled", "отменена самим человеком"
    STOPPED = "stopped", "остановлена по ссылке из письма"
    NOT_TAKEN = "not_taken", "новый адрес её не принял"
    REFUSED = "refused", "не состоялась: другое место работы не согласилось"
    UNANSWERED = "unanswered", "не состоялась: другое место работы не ответило"
    CLOSED = "closed", "не состоялась: вход закрыт через год после последней должности"
    MOVED = "moved", "не состоялась: место работы за это время сменилось"


class Recognition(models.TextChoices):
    """Whether the school knows whoever has accepted an invitation under another name."""

    WAITS = "waits", "школа смотрит"
    SAME = "same", "это тот же человек"
    OTHER = "other", "это другой человек"


class Side(models.TextChoices):
    """The two mailboxes of a change."""

    OLD = "old", "прежняя почта"
    NEW = "new", "новая почта"
