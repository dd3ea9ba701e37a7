"""What is typed of somebody in one form, and the three rows that keep it: the person, the period of work, the
position.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.staff.models import CategoryStage, Dating, Employment, Person, Position, WorkStage
from portal.staff.models.stages import SINCE_TODAY, kept_posts, known_from
from portal.staff.states import Category, PositionKind

PERSON = frozenset(
    {
        "last_name",
        "first_name",
        "middle_name",
        "gender",
        "birth_date",
        "education_level",
        "is_ped_education",
        "category",
        "category_on",
        "category_until",
        "email",
        "name_override",
        "user",
        "uuid",
    }
)
PERIOD = {
    "hired_on": "started_on",
    "hired_by": "basis",
    "ped_stage_years": "stage_years",
    "stage_on": "stage_on",
}
"""Under which name a form and a table know a column of the period."""
POSITION = {"rate": "rate", "hours_week": "hours_week", "position_kind": "kind"}


@dataclass(frozen=True)
class Facts:
    """The same values by the row that keeps them."""

    person: dict[str, Any] = field(default_factory=dict)
    period: dict[str, Any] = field(default_factory=dict)
    position: dict[str, Any] = field(default_factory=dict)


def facts_of(values: Mapping[str, Any]) -> Facts:
    """Raises KeyError for a value that no row keeps."""
    found = Facts()
    for name, value in values.items():
        if name in PERSON:
            found.person[name] = value
        elif name in PERIOD:
            found.period[PERIOD[name]] = value
        else:
            found.position[POSITION[name]] = value
    return found


def dated(period: Mapping[str, Any]) -> dict[str, Any]:
    """Service is stated on a day: today, if none is named."""
    years = period.get("stage_years")
    on = period.get("stage_on") or clock.today()
    return {**period, "stage_years": years, "stage_on": None if years is None else on}


def hire(
    person: Person,
    facts: Facts,
    *,
    position: str | None,
    subjects: list[str] | None = None,
    created_by: UUID | None = None,
) -> Employment:
    """A period of work with its first position."""
    period = Employment.objects.create(person=person, created_by=created_by, **dated(facts.period))
    if position is not None:
        _first_post(period, facts, position, subjects or []).save(force_insert=True)
        WorkStage.keep(period, by=created_by)
    return period


def _first_post(period: Employment, facts: Facts, position: str, subjects: list[str]) -> Position:
    told = {name: value for name, value in facts.position.items() if value is not None}
    return Position(
        employment=period, position=position, subjects=subjects, created_by=period.created_by, **told
    )


@dataclass(frozen=True)
class Hired:
    """Somebody who is new, with the first position; nothing of it is stored yet."""

    person: Person
    facts: Facts
    position: str
    subjects: list[str]


def hire_each(hired: Sequence[Hired]) -> None:
    """People, periods and positions of a list: a question to the database for each table, not for each of
    them.
    """
    Person.objects.bulk_create([one.person for one in hired])
    periods = [
        Employment(person=one.person, created_by=one.person.created_by, **dated(one.facts.period))
        for one in hired
    ]
    Employment.objects.bulk_create(periods)
    posts = [
        _first_post(period, one.facts, one.position, one.subjects)
        for period, one in zip(periods, hired, strict=True)
    ]
    Position.objects.bulk_create(posts)
    WorkStage.objects.bulk_create(map(_known, posts))
    with_category = [one.person for one in hired if one.person.category != Category.NONE]
    CategoryStage.objects.bulk_create(map(_category, with_category))


def _known(post: Position) -> WorkStage:
    period = post.employment
    return WorkStage(
        employment=period,
        started_on=known_from(period),
        posts=kept_posts([post]),
        created_by=period.created_by,
    )


def _category(person: Person) -> CategoryStage:
    return CategoryStage(
        person=person,
        started_on=person.category_on or clock.today(),
        category=person.category,
        until_on=person.category_until,
        created_by=person.created_by,
    )


def make_person(
    values: Mapping[str, Any],
    *,
    position: str | None = None,
    subjects: list[str] | None = None,
    created_by: UUID | None = None,
) -> Person:
    """A new person who works here."""
    facts = facts_of(values)
    made: Person = Person.objects.create(created_by=created_by, **facts.person)
    if made.category != Category.NONE:
        _category(made).save(force_insert=True)
    hire(made, facts, position=position, subjects=subjects, created_by=created_by)
    return made


def add_work(
    person: Person,
    facts: Facts,
    *,
    position: str,
    subjects: list[str],
    created_by: UUID | None,
    fills: bool = False,
    dating: Dating = SINCE_TODAY,
) -> None:
    """A row of a list: the first period of whoever has none, a new one for whoever has left, else one more
    position of the present one. What is known already stays; with `fills` the row says it all anew, of
    somebody of whom hardly anything was known.
    """
    work = person.work
    if work is None or work.is_over:
        hire(person, facts, position=position, subjects=subjects, created_by=created_by)
        return
    told = dated(facts.period)
    lacking = {name: value for name, value in told.items() if fills or getattr(work, name) is None}
    if lacking:
        for name, value in lacking.items():
            setattr(work, name, value)
        work.save_change(*lacking)
    kind = PositionKind.INTERNAL if work.positions.exclude(position=position).exists() else PositionKind.MAIN
    values = {name: value for name, value in facts.position.items() if value is not None}
    post, made = Position.objects.get_or_create(
        employment=work,
        position=position,
        defaults={"kind": kind, "subjects": subjects, "created_by": created_by, **values},
    )
    if fills and not made and values:
        for name, value in values.items():
            setattr(post, name, value)
        post.save_change(*values)
    WorkStage.keep(work, dating if made else SINCE_TODAY, by=created_by)
