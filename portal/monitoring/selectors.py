"""What the school sees of its forms and of what leaves it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.exchange import LetterKind
from portal.monitoring.differences import needs_words
from portal.monitoring.indicators import counted
from portal.monitoring.models import CountersDay, FlowSeen, FormValue, SchoolForm
from portal.municipality.indicators import COUNTERS, INDICATORS, Figures, Indicator, percent
from portal.municipality.letters import COUNTERS as COUNTERS_LETTER
from portal.municipality.selectors import kinds_to_city
from portal.staff.models import Person
from tenants.context import school_here


def forms_visible_to(by: Actor) -> QuerySet[SchoolForm]:
    return SchoolForm.objects.all() if by.can("school_form:read") else SchoolForm.objects.none()


@dataclass(frozen=True)
class ShownValue:
    """An indicator of the form in words."""

    indicator: Indicator
    rows: list[tuple[str, int | None, int | None]]
    explanation: str
    share: float | None
    counted_share: float | None
    is_counted: bool
    needs_words: bool


def shown_values(form: SchoolForm) -> list[ShownValue]:
    """Values in the order of the catalogue; one query."""
    order = list(INDICATORS)
    values: list[FormValue] = sorted(form.values.all(), key=lambda value: order.index(value.indicator))
    return [_shown(value) for value in values]


def _shown(value: FormValue) -> ShownValue:
    row = value.row
    rows = [(label, value.counted.get(key), value.declared.get(key)) for key, label in row.figures]
    shares = [
        percent(side.get(row.keys[0]), side.get(row.keys[1])) if row.is_share else None
        for side in (value.declared, value.counted)
    ]
    return ShownValue(
        row,
        rows,
        value.explanation,
        shares[0],
        shares[1],
        value.is_counted,
        needs_words(value.counted, value.declared),
    )


def moved_since(form: SchoolForm) -> list[str]:
    """What the portal would count otherwise today than it did for this form, in words: a form may wait for
    its signature for weeks.
    """
    today = counted(form.indicators)
    return [
        line
        for value in form.values.all()
        for line in _moved(value, today.get(value.indicator, value.counted))
    ]


def _moved(value: FormValue, now: Figures) -> list[str]:
    then = value.counted
    changed = [
        (label, then.get(key), now.get(key))
        for key, label in value.row.figures
        if now.get(key) != then.get(key)
    ]
    return [f"{label}: сегодня {_or_none(new)}, в форме {_or_none(old)}" for label, old, new in changed]


def _or_none(figure: int | None) -> str:
    return "нет данных" if figure is None else str(figure)


@dataclass(frozen=True)
class Flow:
    """One kind of letters that leave the school: what, who may send, on which basis, how."""

    kind: LetterKind

    @property
    def how(self) -> str:
        if self.kind.act:
            return "каждый раз передаёт человек"
        return "само, как согласовано" if self.kind is COUNTERS_LETTER else "служебное, без имён"


def flows() -> list[Flow]:
    """«Что уходит из школы»: the exchange's own table, acts of people first."""
    return [Flow(kind) for kind in kinds_to_city()]


def agreed_counters() -> list[str]:
    """Words of the numbers that this school agreed to pass by itself."""
    return [COUNTERS[key] for key in school_here().agreed_counters if key in COUNTERS]


@dataclass(frozen=True)
class DisclosedLine:
    """«Когда и что ушло», with the name of whoever passed it."""

    moment: dt.datetime
    title: str
    carries: str
    recipient: str
    basis: str
    who: str


def disclosure_lines() -> Any:
    """The disclosure journal, the newest first."""
    return record_model("DisclosureLine").objects.order_by("-created_at", "-id")


def disclosed(by: Actor, limit: int = 100) -> list[DisclosedLine]:
    """The disclosure journal, the newest first; two queries, and the reading of names is noted."""
    lines = list(disclosure_lines()[:limit])
    names = _names({line.actor for line in lines if line.actor})
    return [
        DisclosedLine(
            line.created_at,
            line.title,
            line.carries,
            line.recipient,
            line.basis,
            names.get(line.actor, "портал"),
        )
        for line in lines
    ]


def _names(users: set[UUID]) -> dict[UUID, str]:
    people = list(Person.objects.filter(user__in=users)) if users else []
    return {person.user: person.short_name for person in people if person.user}


def last_counters() -> CountersDay | None:
    return CountersDay.objects.first()


def has_seen_flow(by: Actor) -> bool:
    """Whether the person has seen the list as it is agreed today: a changed one is to be seen again."""
    return (
        by.user is not None
        and FlowSeen.objects.filter(person=by.user, counters=list(school_here().agreed_counters)).exists()
    )
