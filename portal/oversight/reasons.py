"""Which schools need attention, and why: PostgreSQL picks the most urgent reason of each and gives those that
are shown. The words are in `attention`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Func, IntegerField, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import Coalesce, Least, RowNumber
from django.db.models.lookups import GreaterThan

from portal.accounts.models import Membership
from portal.accounts.offices import Office
from portal.core import clock
from portal.municipality.dues import never_handed_over, sent_back
from portal.municipality.indicators import COUNTERS
from portal.municipality.models import SchoolCounters
from portal.municipality.selectors import schools_by_state
from portal.oversight.selectors import EVERY, shown_schools
from tenants.models import School, SchoolState

FRESH = dt.timedelta(days=3)
SOON = dt.timedelta(days=14)
NAMED = 6
_LED = (Office.PRINCIPAL, Office.CURATOR)


@dataclass(frozen=True)
class Reason:
    """Why a school needs attention: in two words for its line of the table, and how urgent it is."""

    brief: str
    kind: str


LATE, NO_PRINCIPAL, NO_CURATOR = 1, 2, 3
RETURNED, NO_PRINCIPAL_YET, NO_CURATOR_YET, SILENT = 11, 12, 13, 14
REASONS = {
    LATE: Reason("форма просрочена", "bad"),
    NO_PRINCIPAL: Reason("нет директора", "bad"),
    NO_CURATOR: Reason("нет куратора", "bad"),
    RETURNED: Reason("форма возвращена", "warn"),
    NO_PRINCIPAL_YET: Reason("нет директора", "warn"),
    NO_CURATOR_YET: Reason("нет куратора", "warn"),
    SILENT: Reason("числа не приходят", "warn"),
}
URGENT = 10
"""Reasons below are urgent."""


@dataclass(frozen=True)
class Troubled:
    """The schools with a reason: how many, the first of them, and those among the asked ones."""

    total: int
    first: list[int]
    reasons: dict[int, int]

    def of(self, *reasons: int) -> list[int]:
        """Of the first, those for one of these reasons."""
        return [key for key in self.first if self.reasons[key] in reasons]


def troubled(limit: int, among: Iterable[int]) -> Troubled:
    """One question: the urgent ones stand first, else the schools stand as in the table. `among` are keys of
    schools whose reasons are wanted besides.
    """
    order = (GreaterThan(F("reason"), URGENT), *schools_by_state().query.order_by)
    shown = Q(reason__gt=0, pk__in=list(among))
    found = (
        _with_reasons(clock.today())
        .order_by()[:EVERY]
        .aggregate(
            total=Count("pk", filter=Q(reason__gt=0)),
            keys=First(ArrayAgg("pk", filter=Q(reason__gt=0), order_by=order, default=[]), limit),
            whys=First(ArrayAgg("reason", filter=Q(reason__gt=0), order_by=order, default=[]), limit),
            shown=ArrayAgg("pk", filter=shown, order_by="pk", default=[]),
            whys_of_shown=ArrayAgg("reason", filter=shown, order_by="pk", default=[]),
        )
    )
    reasons = zip(found["keys"] + found["shown"], found["whys"] + found["whys_of_shown"], strict=True)
    return Troubled(found["total"], found["keys"], dict(reasons))


class First(Func):
    """So many of an array."""

    template = "(%(expressions)s)[1:%(limit)s]"

    def __init__(self, array: Any, limit: int) -> None:
        super().__init__(array, limit=limit)


@lru_cache(maxsize=2)
def _with_reasons(today: dt.date) -> QuerySet[School]:
    """The schools of the page with the `reason` of each, the most urgent one; 0 where all is well.

    The question is made once a day, for that takes Python longer than the answer takes PostgreSQL. Nobody
    may ask it itself, or it would keep the answer: what is asked is made of it.
    """
    late = never_handed_over().filter(campaign__due_school__lt=today).values("school")
    heard = SchoolCounters.objects.filter(counted_on__gte=today - FRESH).values("school")
    works, agreed = Q(state=SchoolState.ACTIVE), Q(agreed_counters__has_any_keys=list(COUNTERS))
    suspended = Q(state=SchoolState.SUSPENDED)
    no_principal, no_curator = (~Q(pk__in=_led_by(office, today)) for office in _LED)
    return shown_schools().annotate(
        reason=Case(
            When(pk__in=late, then=LATE),
            When(pk__in=sent_back().values("school"), then=RETURNED),
            When(
                ~suspended & no_principal, then=Case(When(works, then=NO_PRINCIPAL), default=NO_PRINCIPAL_YET)
            ),
            When(~suspended & no_curator, then=Case(When(works, then=NO_CURATOR), default=NO_CURATOR_YET)),
            When(works & agreed & ~Q(pk__in=heard), then=SILENT),
            default=0,
            output_field=IntegerField(),
        )
    )


def _led_by(office: Office, today: dt.date) -> QuerySet[Any]:
    """Keys of schools in which somebody holds the office."""
    held = Membership.objects.filter(Membership.valid_on(today), office=office)
    return held.exclude(school=None).values("school")


def last_days(schools: list[int]) -> dict[tuple[int, str], str]:
    """The last day of those who led these schools before."""
    today = clock.today()
    said = Membership.ends_before(today).order_by("last_day").values("last_day")[:1]
    held = Membership.objects.filter(office__in=_LED, school__in=schools)
    held = held.filter(~Membership.valid_on(today))
    rows = held.annotate(end=Least("valid_to", Subquery(said))).filter(end__lt=today).order_by("end")
    return {
        (school, office): f"{end:%d.%m.%Y}"
        for school, office, end in rows.values_list("school_id", "office", "end")
    }


def nearly_due() -> dict[int, tuple[list[str], int]]:
    """By campaigns whose term is near: names of the first schools that have not handed over, and how many
    they are.
    """
    today = clock.today()
    near = never_handed_over().filter(campaign__due_school__range=(today, today + SOON))
    rows = (
        near.annotate(
            place=Window(
                RowNumber(),
                partition_by="campaign",
                order_by=(Coalesce("school__number", 0), "school"),
            ),
            waited=Window(Count("*"), partition_by="campaign"),
        )
        .filter(place__lte=NAMED)
        .values_list("campaign", "school__short_name", "waited")
        .order_by("campaign", "place")
    )
    named: dict[int, tuple[list[str], int]] = {}
    for campaign, name, waited in rows:
        named.setdefault(campaign, ([], waited))[0].append(name)
    return named
