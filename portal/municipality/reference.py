"""Reference lists of the city as they are now: what forms offer, what an import understands, what papers
print (docs/adr/0041). The city edits them (`entries`); with what they began: `reference_start`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from portal.documents.names import Case, common_genitive, decline_post
from portal.municipality.models import ReferenceEntry
from portal.municipality.states import Book
from tenants.lookup import remembered

DEPUTY = "deputy"
PRINCIPAL_POSITION = "principal"
TEACHER_POSITION = "teacher"
UNKNOWN_REASON = "unknown"
YOUNG_SPECIALIST = "young_specialist"
STANDING: dict[str, frozenset[str]] = {
    Book.POSITIONS: frozenset(
        {DEPUTY, PRINCIPAL_POSITION, TEACHER_POSITION, "psychologist", "personnel_officer"}
    ),
    Book.DISMISSALS: frozenset({UNKNOWN_REASON}),
    Book.ORGANISATIONS: frozenset({"school"}),
    Book.NEEDS: frozenset({YOUNG_SPECIALIST}),
}
"""Codes on which rules of the portal stand: their words may change, but they are always offered."""


CASES: dict[str, tuple[Case, ...]] = {
    Book.POSITIONS: (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL),
    Book.SUBJECTS: (Case.GENITIVE,),
}
"""In which papers name the lines of a list; of the other lists papers and imports say nothing."""


def cases_of(book: str) -> tuple[Case, ...]:
    return CASES.get(book, ())


def proposed(book: str, title: str) -> dict[str, str]:
    """How the portal would decline a title."""
    if book == Book.POSITIONS:
        return {case: decline_post(title, case) for case in CASES[book]}
    return {case: common_genitive(title) for case in cases_of(book)}


@dataclass(frozen=True)
class Entry:
    """A line of a list. `typed` are the cases that a person has typed over; `words`, other ways to write
    it.
    """

    code: str
    title: str
    typed: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    is_offered: bool = True

    @property
    def cases(self) -> dict[str, str]:
        return dict(self.typed)

    @property
    def genitive(self) -> str:
        """«учитель математики»: as a person has typed it, or as the portal proposes."""
        return self.cases.get(Case.GENITIVE) or common_genitive(self.title)


class Catalogue:
    """One list. The same object while its entries are the same, so that what is made of it can be kept."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.code: entry for entry in entries}
        self.titles = {code: entry.title for code, entry in self.entries.items()}

    def __contains__(self, code: object) -> bool:
        return code in self.entries

    def title(self, code: str) -> str:
        return self.titles.get(code, code)

    def is_put_away(self, code: str) -> bool:
        """The city offers it no more; who has it keeps it."""
        return code in self.entries and not self.entries[code].is_offered

    def genitive(self, code: str) -> str:
        entry = self.entries.get(code)
        return entry.genitive if entry else code

    def choices(self, kept: str | Collection[str] | None = ()) -> list[tuple[str, str]]:
        """What a form offers; what somebody has already (`kept`) stays there though it is offered no more."""
        own = {kept} if isinstance(kept, str) else set(kept or ())
        return [
            (entry.code, entry.title)
            for entry in self.entries.values()
            if entry.is_offered or entry.code in own
        ]

    def all_choices(self) -> list[tuple[str, str]]:
        """For filters: what is offered, then what some may still have."""
        first = self.choices()
        return first + [pair for pair in self.titles.items() if pair not in first]


def positions() -> Catalogue:
    return catalogue(Book.POSITIONS)


def subjects() -> Catalogue:
    return catalogue(Book.SUBJECTS)


def catalogue(book: Book) -> Catalogue:
    """The list as it stands for the present request or job."""
    return remembered("reference", _stored)[book]


def _stored() -> dict[str, Catalogue]:
    found: dict[str, list[Entry]] = {book: [] for book in Book}
    for row in ReferenceEntry.objects.order_by("place", "pk"):
        typed = tuple(sorted(row.cases.items()))
        found[row.book].append(Entry(row.code, row.title, typed, tuple(row.words), row.is_offered))
    return {book: _one_of(tuple(entries)) for book, entries in found.items()}


@lru_cache(maxsize=32)
def _one_of(entries: tuple[Entry, ...]) -> Catalogue:
    return Catalogue(entries)
