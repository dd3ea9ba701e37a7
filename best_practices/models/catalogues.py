"""Printed catalogues of the bank: who has asked for one, by which question, how far it is, and its file."""

from typing import Any

from django.db import models

from portal.accounts.models import User
from portal.core.entity import Entity
from portal.core.privacy import Privacy, for_days, ordinary, plain
from portal.papers.models import AwaitedPdf

MONTH = 30
LONGEST_QUESTION, LONGEST_TITLE = 2_000, 200


class BankCatalogue(AwaitedPdf, Entity):
    """A catalogue that a reader of the bank has asked for. `many`: how many practices it holds, `done`: how
    many of them are gathered; then pages are set.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Попросил сам человек; в каталоге то, что опубликовано",
        keep=for_days("30 дней", MONTH, "asked_on"),
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="чей")
    query = ordinary(models.CharField("вопрос и условия", max_length=LONGEST_QUESTION, blank=True))
    title = ordinary(models.CharField("какие практики", max_length=LONGEST_TITLE))
    asked_on = plain(models.DateField("когда"))
    many = plain(models.PositiveIntegerField("практик", default=0))
    done = plain(models.PositiveIntegerField("собрано", default=0))
    begun_at = plain(models.DateTimeField("начато", null=True))
    file: Any = models.ForeignKey(
        "city_records.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="файл",
    )
    trouble = plain(models.CharField("что помешало", max_length=300, blank=True))

    class Meta:
        verbose_name = "каталог банка"
