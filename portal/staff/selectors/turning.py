"""What the turn of the school year asks about people: who came and left, what has changed, who is no longer
young, whose service nobody has stated. Computed from periods; nothing is kept.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from portal.core.school_year import HIGH_SUMMER, Turn
from portal.school_records.models import JournalLine
from portal.staff.models import WORK, Employment, FormerName, Person
from portal.staff.selectors.changes import changes_of

TOUCHES = (
    "edited",
    "entered",
    "imported",
    "dismissed",
    "taken_on_again",
    "position_added",
    "position_given_up",
    "position_changed",
)
"""Words of the journal by which the list has been worked on."""


def came(turn: Turn) -> QuerySet[Person]:
    """In the list now, and not a year ago."""
    rows = Person.objects.not_left(turn.day)
    return _shown(rows.exclude(pk__in=Person.objects.employed(turn.since).values("pk")))


def left(turn: Turn) -> QuerySet[Person]:
    """Their last day lies in the year, and they have not come back."""
    ended = Employment.objects.filter(person=OuterRef("pk"), ended_on__gte=turn.since, ended_on__lt=turn.day)
    return _shown(Person.objects.filter(Exists(ended)).exclude(pk__in=_here(turn)))


def changed(turn: Turn) -> list[tuple[Person, list[str]]]:
    """Who of those who were here a year ago stands otherwise in the list, and in what. Seven queries."""
    stayed = Person.objects.employed(turn.since).filter(pk__in=_here(turn))
    words = changes_of(stayed, turn.since, turn.day)
    for pk, name in _former_names(turn):
        words.setdefault(pk, set()).add(f"раньше {name}")
    rows = stayed.filter(pk__in=words).order_by("name_key", "id")
    return [(person, sorted(words[person.pk])) for person in rows]


def _former_names(turn: Turn) -> Iterable[tuple[int, str]]:
    """A mistake of spelling that was mended is no change of name, and has no row."""
    borne = FormerName.objects.filter(ended_on__range=(turn.since, turn.day))
    return borne.values_list("person", "last_name")


def _lines(since: dt.date, until: dt.date) -> QuerySet[JournalLine]:
    return JournalLine.objects.filter(model=Person._meta.label, created_at__date__range=(since, until))


def list_was_read(turn: Turn) -> QuerySet[JournalLine]:
    """The list has been worked on since August, by a file or by hand."""
    since = dt.date(turn.year.first, HIGH_SUMMER, 1)
    return _lines(since, turn.day).filter(verb__in=TOUCHES, actor__isnull=False)


def grown_up(turn: Turn) -> QuerySet[Person]:
    """Young a year ago, and no more: by the service of the period that holds the day."""
    held = Employment.objects.on(turn.day).filter(person=OuterRef("pk"))
    young = Employment.objects.young(turn.judged_on).values("pk")
    return _shown(Person.objects.filter(Exists(held.young(turn.since).exclude(pk__in=young))))


def without_service(day: dt.date) -> QuerySet[Person]:
    """Nobody has stated their service: whether they are young is not known."""
    silent = Employment.objects.not_over(day).filter(person=OuterRef("pk"), stage_years=None)
    return _shown(Person.objects.filter(Exists(silent)))


def _here(turn: Turn) -> QuerySet[Person, Any]:
    return Person.objects.not_left(turn.day).values("pk")


def _shown(rows: QuerySet[Person]) -> QuerySet[Person]:
    return rows.prefetch_related(WORK).order_by("name_key", "id")
