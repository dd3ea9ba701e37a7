"""Writes about reference lists: a line is added, changed, moved, offered no more; never deleted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock, one_at_a_time
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.sorting import folded
from portal.municipality.access import can_edit_reference
from portal.municipality.models import ReferenceEntry
from portal.municipality.reference import CASES, STANDING
from portal.municipality.states import Book
from tenants.lookup import facts_changed

LONGEST: dict[str, int] = {Book.SUBJECTS: 40}
"""A practice keeps the titles of its subjects, each of so many letters."""
LONG = 100
MOST_WORDS = 60
_PARTS = re.compile(r"[,;\n]")
_WORD = re.compile(r"[^\W_]+")
NOT_A_NAME = frozenset(
    {"нет", "не имеет", "не имеется", "отсутствует", "нет данных", "не ведет", "без предмета"}
)
"""What stands in an empty cell of a list: as a title it would be read as nothing."""


@dataclass(frozen=True)
class Wording:
    """What is typed of a line. `cases` holds only what differs from the portal's proposal."""

    title: str
    cases: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()


def key_of(words: str) -> tuple[str, ...]:
    """What makes two ways of writing the same: letters and digits."""
    return tuple(_WORD.findall(folded(words)))


@transaction.atomic
def add_entry(book: Book, wording: Wording, *, by: Actor) -> ReferenceEntry:
    """A new line at the end of the list. Raises Forbidden, Invalid at the field."""
    rows = _rows_to_change(book, by)
    wording = _tidied(wording)
    Invalid.refuse_any(_untrue(book, wording, rows))
    row = ReferenceEntry(
        book=book,
        code=f"city_{uuid4().hex[:12]}",
        title=wording.title,
        cases=wording.cases,
        words=list(wording.words),
        place=len(rows) + 1,
        created_by=by.user,
    )
    row.save()
    audit.record(by, "entry_added", row, changes={"title": ["", row.title]})
    facts_changed()
    return row


@transaction.atomic
def change_entry(
    entry: ReferenceEntry,
    wording: Wording,
    *,
    by: Actor,
    place: int | None = None,
    version: int | None = None,
) -> ReferenceEntry:
    """Its words, and its place in the list, counted from one; the former title stays a way to write it.
    Raises Forbidden, Stale, Invalid at the field.
    """
    rows = _rows_to_change(Book(entry.book), by)
    row = next(one for one in rows if one.pk == entry.pk)
    row.check_version(version)
    wording = _tidied(wording)
    others = [one for one in rows if one.pk != row.pk]
    Invalid.refuse_any([*_untrue(Book(row.book), wording, others), *_no_place(place, len(rows))])
    values = {
        "title": wording.title,
        "cases": wording.cases,
        "words": _kept_words(row, wording),
        "place": place or row.place,
    }
    changes = {
        name: [getattr(row, name), value] for name, value in values.items() if getattr(row, name) != value
    }
    if not changes:
        return row
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    row.save_change(*changes)
    if "place" in changes:
        _make_room(others, row.place)
    audit.record(by, "entry_changed", row, changes=changes)
    facts_changed()
    return row


@transaction.atomic
def offer_entry(
    entry: ReferenceEntry, offered: bool, *, by: Actor, version: int | None = None
) -> ReferenceEntry:
    """Whether forms offer it. Raises Forbidden, Stale, Conflict (a rule of the portal stands on it)."""
    _rows_to_change(Book(entry.book), by)
    row: ReferenceEntry = lock(ReferenceEntry, entry.pk)
    row.check_version(version)
    if not offered and is_standing(row):
        raise Conflict("standing", STANDS)
    if row.is_offered != offered:
        row.is_offered = offered
        row.save_change("is_offered")
        audit.record(by, "entry_offered" if offered else "entry_put_away", row)
        facts_changed()
    return row


def _no_place(place: int | None, most: int) -> Iterator[Invalid]:
    if place is not None and not 1 <= place <= most:
        yield Invalid("place", f"Поставьте число от 1 до {most}: столько строк в списке.", "place")


def _make_room(others: list[ReferenceEntry], taken: int) -> None:
    """The rest of the list, in its order, around the place that is taken. It is no change of theirs."""
    for number, one in enumerate(others, start=1):
        one.place = number if number < taken else number + 1
    ReferenceEntry.objects.bulk_update(others, ["place"])


STANDS = "На этой строке стоят правила портала: её слова можно менять, но предлагать её портал будет всегда."


def is_standing(row: ReferenceEntry) -> bool:
    return row.code in STANDING.get(row.book, frozenset())


def _rows_to_change(book: Book, by: Actor) -> list[ReferenceEntry]:
    """The list in its order, changed by nobody else until this transaction ends."""
    if not can_edit_reference(by):
        raise Forbidden("Справочники правит специалист Управления.")
    one_at_a_time("municipality.reference")
    return list(ReferenceEntry.objects.select_for_update().filter(book=book).order_by("place", "pk"))


def _tidied(wording: Wording) -> Wording:
    words = (" ".join(word.split()) for word in wording.words)
    unique = {key_of(word): word for word in words if key_of(word)}
    unique.pop(key_of(wording.title), None)
    cases = {case: " ".join(typed.split()) for case, typed in wording.cases.items()}
    return Wording(
        " ".join(wording.title.split()),
        {case: typed for case, typed in cases.items() if typed},
        tuple(unique.values()),
    )


def _kept_words(row: ReferenceEntry, wording: Wording) -> list[str]:
    """Lists of schools, and practices, say it by its former title still."""
    known = {key_of(word) for word in (wording.title, *wording.words)}
    former = [] if key_of(row.title) in known else [row.title]
    return [*wording.words, *former]


def _untrue(book: Book, wording: Wording, others: list[ReferenceEntry]) -> Iterator[Invalid]:
    title, most = wording.title, LONGEST.get(book, LONG)
    if book in CASES and _PARTS.search(title):
        yield Invalid("parts", "Без запятых: по ним портал делит ячейку таблицы на части.", "title")
    elif not title[:1].isalpha() or len(title) < 2 or " ".join(key_of(title)) in NOT_A_NAME:
        yield Invalid("title", "Назовите словами, как говорят в школах.", "title")
    elif len(title) > most:
        yield Invalid("long", f"Сократите до {most} знаков: сейчас {len(title)}.", "title")
    taken = {key_of(word): one.title for one in others for word in (*one.words, one.title)}
    if own := taken.get(key_of(title)):
        yield Invalid("taken", f"Так уже называется «{own}»: портал не поймёт, что имели в виду.", "title")
    if len(wording.words) > MOST_WORDS:
        yield Invalid("many", f"Не больше {MOST_WORDS} строк.", "words")
    for word in wording.words:
        if len(word) > LONG:
            yield Invalid("long", f"«{word[:40]}…» длиннее {LONG} знаков.", "words")
        elif other := taken.get(key_of(word)):
            yield Invalid("taken", f"«{word}» уже понимается как «{other}».", "words")
