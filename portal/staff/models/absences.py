"""The days on which somebody who is employed is not at work for long: a period of its own."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from portal.core import clock
from portal.core.privacy import Privacy, along, ordinary
from portal.municipality.reference import catalogue
from portal.municipality.states import Book
from portal.staff.periods import DAYS, days_of
from tenants.base import SchoolEntity


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: dt.date) -> Self:
        """Those that hold the day."""
        return self.filter(days_of(day))


class Absence(SchoolEntity):
    """Maternity, a long illness, a long leave, a secondment. Till somebody enters its last day it lasts, even
    past the day on which the person was expected back: the portal does not guess that somebody has returned.
    """

    privacy = Privacy(
        subjects=("person",),
        basis="Трудовые отношения (ТК РФ гл. 19, 41; 152-ФЗ ст. 6 ч. 1 п. 5)",
        keep=along("person", "Как дело сотрудника"),
    )

    person = models.ForeignKey(
        "staff.Person", on_delete=models.CASCADE, related_name="absences", verbose_name="сотрудник"
    )
    kind = ordinary(models.CharField("причина", max_length=30))
    started_on = ordinary(models.DateField("первый день"))
    expected_until = ordinary(models.DateField("ждём обратно после", null=True, blank=True))
    ended_on = ordinary(models.DateField("последний день", null=True, blank=True))
    basis = ordinary(models.CharField("основание", max_length=250, blank=True))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "отсутствие"
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="absence_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(expected_until=None)
                | models.Q(expected_until__gte=models.F("started_on")),
                name="absence_expected_after_start",
            ),
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]

    @property
    def kind_title(self) -> str:
        """As the list of the city calls it today."""
        return catalogue(Book.ABSENCES).title(self.kind)

    @property
    def last_known_day(self) -> dt.date | None:
        """The last day, or the one after which the person is waited for."""
        return self.ended_on or self.expected_until

    @property
    def words(self) -> str:
        """«с 01.10.2026 по 17.02.2027, ещё идёт»."""
        said = f"с {self.started_on:%d.%m.%Y}"
        if self.ended_on:
            return f"{said} по {self.ended_on:%d.%m.%Y}"
        return (
            f"{said}, по плану до {self.expected_until:%d.%m.%Y}"
            if self.expected_until
            else f"{said}, без срока"
        )

    @property
    def is_overdue(self) -> bool:
        """The person was to be back, and nobody has said that he or she is."""
        expected = self.expected_until
        return self.ended_on is None and expected is not None and expected < clock.today()


def overdue() -> AbsenceQuerySet:
    """Absences that have lasted past the day on which somebody was waited for."""
    today = clock.today()
    return Absence.objects.on(today).filter(ended_on=None, expected_until__lt=today)
