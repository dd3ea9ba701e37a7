"""States of the school's form."""

from django.db import models


class FormState(models.TextChoices):
    """SM-11b in the school; the last four mirror the city."""

    NOT_STARTED = "not_started", "не начата"
    PREFILLED = "prefilled", "заполнена порталом"
    IN_WORK = "in_work", "в работе"
    DIRECTOR_SIGNED = "director_signed", "подписана директором"
    SUBMITTED = "submitted", "сдана"
    LATE_SUBMITTED = "late_submitted", "сдана с опозданием"
    ACCEPTED = "accepted", "принята городом"
    RETURNED = "returned", "возвращена с замечаниями"
    CANCELLED = "cancelled", "сбор отменён"


HANDED = (FormState.SUBMITTED, FormState.LATE_SUBMITTED)
"""The city has it, and has not answered."""
WITH_SCHOOL = (
    FormState.NOT_STARTED,
    FormState.PREFILLED,
    FormState.IN_WORK,
    FormState.DIRECTOR_SIGNED,
    FormState.RETURNED,
)
"""The school's move."""
