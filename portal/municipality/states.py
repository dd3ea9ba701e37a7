"""States of the department's things."""

from django.db import models


class CampaignState(models.TextChoices):
    """SM-11, the part this journey needs."""

    DRAFT = "draft", "готовится"
    OPEN = "open", "идёт"
    CLOSED = "closed", "сбор закончен"
    CANCELLED = "cancelled", "отменена"


class ReceivedState(models.TextChoices):
    """SM-11b as the city sees it: only what was handed over."""

    SUBMITTED = "submitted", "сдана"
    ACCEPTED = "accepted", "принята"
    RETURNED = "returned", "возвращена"
