"""Adoptions of published practices, as schools have told of them, and what is published of all of them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from best_practices.evidence import Grade
from best_practices.outcomes import Outcome
from best_practices.states import Form
from portal.core.entity import Entity
from portal.core.privacy import Privacy, by_case, plain
from tenants.models import School

_KEPT = by_case("Пока практика в банке и после", "внедрения и их числа остаются с карточкой и в архиве")


class BankAdoption(Entity):
    """A practice in a programme of a school: numbers, and words that the pair has let out. Who the pair is,
    the city does not know.
    """

    privacy = Privacy(basis="Положение 8.1(9): тиражирование практик; без людей", keep=_KEPT)

    adoption = plain(models.UUIDField("внедрение в школе", unique=True))
    practice = plain(models.UUIDField("практика", db_index=True))
    revision = plain(models.PositiveSmallIntegerField("редакция практики"))
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="школа")
    names_school = plain(models.BooleanField("школа согласна быть названной", default=False))
    form = plain(models.CharField("форма пары", max_length=20, choices=Form.choices))
    kinds = plain(ArrayField(models.CharField(max_length=20), verbose_name="виды", default=list))
    taken_on = plain(models.DateField("взята"))
    ended_on = plain(models.DateField("закончилась", null=True))
    outcome = plain(models.CharField("как сработала", max_length=8, choices=Outcome.choices, blank=True))
    measured = plain(models.JSONField("что измерили", default=list))
    hours = plain(models.PositiveSmallIntegerField("часов наставника", null=True))
    words = plain(models.TextField("слова школы", max_length=1000, blank=True))
    told_on = plain(models.DateField("когда сказано", null=True))

    class Meta:
        verbose_name = "внедрение в школах"

    @property
    def conditions(self) -> tuple[str, str]:
        """Schools with the same ones are alike."""
        return self.school.kind, self.form


class PracticeEvidence(Entity):
    """What is published of a practice beside its text: the grade with its reasons, counters, what schools
    have told. Made anew with every change (`counted.py`), never by hand.
    """

    published = True
    privacy = Privacy(
        basis="Не персональные данные: числа и слова, которые школы согласились показать", keep=_KEPT
    )

    practice = plain(models.UUIDField("практика", unique=True))
    grade = plain(models.CharField("доказанность", max_length=10, choices=Grade.choices))
    rank = plain(models.PositiveSmallIntegerField("ступень", default=0))
    reasons = plain(models.JSONField("почему", default=list))
    lifts = plain(models.JSONField("что поднимет", default=list))
    cost = plain(models.JSONField("затраты", default=dict))
    effect = plain(models.JSONField("эффект", default=dict))
    in_work = plain(models.PositiveIntegerField("сейчас в работе", default=0))
    ever = plain(models.PositiveIntegerField("всего", default=0))
    outcomes = plain(models.JSONField("исходы", default=dict))
    told = plain(models.JSONField("что рассказали школы", default=list))

    class Meta:
        verbose_name = "доказанность практики"

    @property
    def counted(self) -> list[tuple[str, int]]:
        """Every outcome with its number, bad ones beside good ones."""
        return [(str(outcome.label), int(self.outcomes.get(outcome, 0))) for outcome in Outcome]

    @property
    def told_rows(self) -> list[dict[str, Any]]:
        return [{**row, "word": Outcome(row["outcome"]).label} for row in self.told]


class PracticeRecheck(Entity):
    """Two schools of like conditions where a practice has failed: the methodist looks at it within thirty
    days, and writes what follows.
    """

    privacy = Privacy()

    practice = plain(models.UUIDField("практика"))
    conditions = plain(models.CharField("в каких условиях", max_length=60))
    asked_on = plain(models.DateField("замечено"))
    due_on = plain(models.DateField("срок"))
    answered_on = plain(models.DateField("рассмотрено", null=True))
    answer = plain(models.CharField("что решили", max_length=300, blank=True))

    class Meta:
        verbose_name = "перепроверка практики"
        constraints = [
            models.UniqueConstraint(fields=["practice", "conditions"], name="recheck_once_for_conditions")
        ]
