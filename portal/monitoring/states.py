"""States of the school's form."""

from django.db import models


class FormState(models.TextChoices):
    """SM-11b in the school; the last three mirror the city."""

    NOT_STARTED = "not_started", "не начата"
    PREFILLED = "prefilled", "заполнена порталом"
    IN_WORK = "in_work", "в работе"
    DIRECTOR_SIGNED = "director_signed", "подписана директором"
    SUBMITTED = "submitted", "сдана"
    ACCEPTED = "accepted", "принята городом"
    RETURNED = "returned", "возвращена с замечаниями"
