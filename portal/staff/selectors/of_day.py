"""The people of the school on a past day, as it is known today (docs/adr/0040), and what is not known."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from portal.core import clock
from portal.core.actor import Actor
from portal.staff.models import (
    WORK,
    Absence,
    CategoryStage,
    Employment,
    Person,
    Position,
    WorkStage,
)
from portal.staff.models.names import name_on
from portal.staff.states import Category
from portal.ui.words import decimal, plural


def people_on(day: dt.date, by: Actor) -> QuerySet[Person]:
    """Whom the school employed on the day, with `was_away`."""
    away = Absence.objects.on(day).filter(person=OuterRef("pk"))
    rows = Person.objects.visible_to(by).employed(day).in_order_of_work(day)
    return rows.annotate(was_away=Exists(away)).prefetch_related(WORK)


def undated_on(day: dt.date) -> QuerySet[Person]:
    """People of the day of whom nobody has written down since when they work: they may have come later."""
    periods = Employment.objects.on(day).filter(person=OuterRef("pk"), started_on=None)
    return Person.objects.filter(Exists(periods))


def known_since() -> dt.date | None:
    """Since when the list is kept in the portal: of whoever left before, nothing is known."""
    first = Person.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return clock.local(first).date() if first else None


def unstated_on(day: dt.date) -> QuerySet[Person]:
    """People of the day whose service nobody has stated."""
    periods = Employment.objects.on(day).filter(person=OuterRef("pk"), stage_years=None)
    return Person.objects.filter(Exists(periods))


def unborn_on(day: dt.date) -> QuerySet[Person]:
    """People of the day whose day of birth nobody has written down."""
    return Person.objects.working(day).filter(birth_date=None)


def unposted_on(day: dt.date) -> QuerySet[Person]:
    """People of the day whose positions of it nobody has written down."""
    known = WorkStage.objects.filter(employment=OuterRef("pk"), started_on__lte=day)
    periods = Employment.objects.on(day).filter(~Exists(known), person=OuterRef("pk"))
    return Person.objects.filter(Exists(periods))


@dataclass(frozen=True)
class Then:
    """A person as of the day. None: nobody has written it down."""

    name: str
    posts: list[Position] | None
    category: str | None
    service: Decimal | None
    is_young: bool


def told_of(people: Iterable[Person], day: dt.date) -> dict[int, Then]:
    """By the person's pk; two questions, whoever is asked about."""
    work = {person: person.work_on(day) for person in people}
    periods = [period.pk for period in work.values() if period]
    kept = WorkStage.of_day(day).filter(employment__in=periods)
    posts = {row.employment_id: row.positions for row in kept}
    had = _categories(list(work))
    return {
        person.pk: _then(person, period, day, (posts.get(period.pk) if period else None, had[person.pk]))
        for person, period in work.items()
    }


def _then(
    person: Person,
    work: Employment | None,
    day: dt.date,
    kept: tuple[list[Position] | None, list[CategoryStage]],
) -> Then:
    return Then(
        name=name_on(person, day).full_name,
        posts=kept[0],
        category=_category_then(person, kept[1], day),
        service=work.service(day) if work else None,
        is_young=bool(work and work.is_young(day)),
    )


def _categories(people: list[Person]) -> dict[int, list[CategoryStage]]:
    found: dict[int, list[CategoryStage]] = {person.pk: [] for person in people}
    for row in CategoryStage.objects.filter(person__in=people).order_by("started_on"):
        found[row.person_id].append(row)
    return found


def _category_then(person: Person, rows: list[CategoryStage], day: dt.date) -> str | None:
    """Whoever came to the list without a category had none till the first one."""
    held = [row for row in rows if row.started_on <= day]
    if held:
        return held[-1].words
    came = clock.local(person.created_at).date() <= day
    is_known = person.category == Category.NONE or bool(rows)
    return str(Category.NONE.label) if came and is_known else None


def history_of(person: Person) -> list[tuple[str, str]]:
    """Since which day the person does what, and has which category, the last word first: what the list of a
    past day is made of.
    """
    stages = WorkStage.objects.filter(employment__person=person)
    rows = [(row.started_on, "; ".join(map(_in_words, row.positions))) for row in stages]
    had = CategoryStage.objects.filter(person=person)
    rows += [(row.started_on, f"Категория: {row.words}") for row in had]
    return [(f"С {day:%d.%m.%Y}", words) for day, words in sorted(rows, reverse=True)]


def _in_words(post: Position) -> str:
    """«Учитель физики, ставка 0,5, 9 часов в неделю»."""
    said = [post.title, f"ставка {decimal(post.short_rate)}"]
    if post.hours_week:
        said.append(f"{post.hours_week} {plural(post.hours_week, 'час,часа,часов')} в неделю")
    return ", ".join(said)
