"""The days for which somebody who does not work in the school is its guest (docs/adr/0036)."""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.privacy import Privacy, along, ordinary, plain
from portal.staff.periods import DAYS, days_of, holds
from portal.staff.states import GuestKind
from tenants.base import SchoolEntity

OFFICES = {
    GuestKind.MENTOR: Office.GUEST,
    GuestKind.STUDENT: Office.GUEST,
    GuestKind.PSYCHOLOGIST: Office.PSYCHOLOGIST,
}


class GuestStayQuerySet(models.QuerySet["GuestStay"]):
    def on(self, day: dt.date) -> Self:
        """Those that hold the day."""
        return self.filter(days_of(day))

    def not_over(self, day: dt.date) -> Self:
        """Those that hold the day or begin later."""
        return self.filter(ended_on__gte=day)


class GuestStay(SchoolEntity):
    """Who is lent is lent for a time: the last day is always known, and what the basis gives ends with it."""

    privacy = Privacy(
        subjects=("person",),
        basis="Договор или приказ, названный основанием (152-ФЗ ст. 6 ч. 1 п. 5)",
        keep=along("person", "Как дело сотрудника"),
    )

    person = models.ForeignKey(
        "staff.Person", on_delete=models.CASCADE, related_name="stays", verbose_name="гость"
    )
    kind = plain(models.CharField("кем приходит", max_length=12, choices=GuestKind.choices))
    home = ordinary(models.CharField("откуда", max_length=200))
    home_number = plain(models.PositiveSmallIntegerField("номер школы", null=True, blank=True))
    post = ordinary(models.CharField("кто там", max_length=120, blank=True))
    basis = ordinary(models.CharField("основание", max_length=250))
    started_on = ordinary(models.DateField("первый день"))
    ended_on = ordinary(models.DateField("последний день"))

    objects = GuestStayQuerySet.as_manager()

    class Meta:
        verbose_name = "дни гостя"
        ordering = ["started_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__gte=models.F("started_on")), name="stay_ends_after_start"
            ),
            ExclusionConstraint(
                name="stay_one_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]

    def holds(self, day: dt.date) -> bool:
        return holds(day, self.started_on, self.ended_on)

    @property
    def office(self) -> Office:
        """What the basis gives in the portal, in these days."""
        return OFFICES[GuestKind(self.kind)]

    @property
    def is_over(self) -> bool:
        """Its last day lies behind."""
        return self.ended_on < clock.today()

    @property
    def words(self) -> str:
        """«с 01.09.2026 по 31.05.2027»."""
        return f"с {self.started_on:%d.%m.%Y} по {self.ended_on:%d.%m.%Y}"

    @property
    def mark(self) -> str:
        """«гость, школа № 12»: what stands beside the name wherever a guest is chosen."""
        return f"гость, школа № {self.home_number}" if self.home_number else f"гость, {self.home}"

    @property
    def title(self) -> str:
        """«учитель физики (гость, школа № 12)», as a position stands after a name."""
        return f"{self.post} ({self.mark})" if self.post else self.mark

    @property
    def in_papers(self) -> str:
        """«учитель физики, школа № 12», as a paper names somebody who is not of the staff."""
        return f"{self.post or self.get_kind_display()}, {self.home}"


def stay_on(person: Any, day: dt.date) -> GuestStay | None:
    """As whose guest a paper of the day names the person: by the stay that holds it or comes next; of whoever
    has never worked here, by the last one. Reads `employments` and, of whoever does not work on the day,
    `stays`.
    """
    if person.work_on(day):
        return None
    stays: list[GuestStay] = list(person.stays.all())
    nearest = next((stay for stay in stays if stay.ended_on >= day), None)
    return nearest if nearest or person.work or not stays else stays[-1]


def ending_stays(within: dt.timedelta) -> GuestStayQuerySet:
    """Stays of today whose last day comes within the time: what follows is asked about."""
    today = clock.today()
    return GuestStay.objects.on(today).filter(ended_on__lte=today + within)
