"""What was asked of a search, without persons: the shape of a table that each contour has. No user, no
school, no moment finer than a day; names of people are left out of the words (`nameless`).
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core.privacy import YEAR, Privacy, for_days, plain


class AbstractAskedQuestion(models.Model):
    """A question of a day: how often it was asked, how much it found, how often an answer was opened and
    the sum of the places at which they stood; which of its words nobody had.
    """

    privacy = Privacy(
        basis="Не персональные данные: кто и когда спросил, не записывается, имена людей из слов убраны",
        keep=for_days("1 год", YEAR, "asked_on"),
    )

    append_only: ClassVar[bool] = False

    asked_on = plain(models.DateField("день"))
    text = plain(models.CharField("слова вопроса", max_length=200))
    found = plain(models.PositiveIntegerField("нашлось", default=0))
    asked = plain(models.PositiveIntegerField("сколько раз спросили", default=0))
    opened = plain(models.PositiveIntegerField("сколько раз открыли ответ", default=0))
    places = plain(models.PositiveIntegerField("сумма мест открытых ответов", default=0))
    unknown = plain(
        ArrayField(models.CharField(max_length=64), verbose_name="слова, которых нет", default=list)
    )

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["asked_on", "text"], name="%(app_label)s_asked_once")]
