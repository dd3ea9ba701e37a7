"""What came of a practice in the programme of a school that has taken it."""

from django.db import models


class Outcome(models.TextChoices):
    """The last one is a task to the author, and no failure."""

    WORKED = "worked", "сработала"
    PARTLY = "partly", "сработала отчасти"
    FAILED = "failed", "не сработала"
    UNTRIED = "untried", "не пробовали"
    UNCLEAR = "unclear", "не хватило описания"
