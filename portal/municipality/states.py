"""States of the department's things."""

from django.db import models


class CampaignState(models.TextChoices):
    """SM-11, the part this journey needs."""

    DRAFT = "draft", "готовится"
    OPEN = "open", "идёт"
    CLOSED = "closed", "сбор закончен"
    CANCELLED = "cancelled", "отменена"


class ReceivedState(models.TextChoices):
    """SM-11b as the city sees it: only what was handed over, in time or after its time."""

    SUBMITTED = "submitted", "сдана"
    LATE_SUBMITTED = "late_submitted", "сдана с опозданием"
    ACCEPTED = "accepted", "принята"
    RETURNED = "returned", "возвращена"


HANDED = (ReceivedState.SUBMITTED, ReceivedState.LATE_SUBMITTED)
"""Forms that wait for the department's answer."""


class Matter(models.TextChoices):
    """What a school is reminded of."""

    FORM = "form", "форма не сдана"
    REMARKS = "remarks", "форма возвращена с замечаниями"


class Book(models.TextChoices):
    """The reference lists that the city edits."""

    POSITIONS = "position", "должности"
    SUBJECTS = "subject", "предметы"
    DISMISSALS = "dismissal", "причины увольнения"
    ABSENCES = "absence", "причины долгого отсутствия"
    ORGANISATIONS = "organisation", "виды организаций"
    NEEDS = "need", "почему нужен наставник"
