"""The interface of every search engine of the portal.

An engine answers with uuids only; the caller loads the objects through the database with `visible_to(by)`, so
a stale index can never show what a person may not see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from portal.search.alike import Alike
    from portal.search.question import Asked

TITLE = "title"
TITLE_WEIGHT = 3
TAGS_WEIGHT = 3
ANNOTATION_WEIGHT = 2
BODY_WEIGHT = 1
PAGE = 20
FARTHEST = 10_000
BY_FIT, NEWEST = "fit", "newest"


class Text(NamedTuple):
    """A text of a document; the weight multiplies every occurrence of a word in it."""

    text: str
    weight: int = BODY_WEIGHT


@dataclass(frozen=True, slots=True)
class Document:
    """What may be found: the title (weight 3), other texts by name, facets by name, and the day by which the
    newest stand first.

    Only what every reader of the index may see belongs here: the index is a published table.
    """

    uuid: UUID
    title: str
    fields: Mapping[str, Text] = field(default_factory=dict)
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    day: dt.date = dt.date.min

    def __post_init__(self) -> None:
        if TITLE in self.fields:
            raise ValueError("The title is given as Document.title, not as a field.")

    @property
    def texts(self) -> dict[str, Text]:
        return {TITLE: Text(self.title, TITLE_WEIGHT), **self.fields}


@dataclass(frozen=True, slots=True)
class Query:
    """A question as typed. Within one facet any of the values fits, different facets must all fit.
    `as_typed`: neither the keyboard nor a word is mended.

    An empty text asks for everything that passes the filters (the catalogue), newest first.
    """

    text: str
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    offset: int = 0
    limit: int = PAGE
    order: str = BY_FIT
    as_typed: bool = False
    counts_facets: bool = True
    by_words: bool = False
    """The order by words alone also where meaning is installed: the pages of one answer are of one order."""
    is_bare: bool = False
    """Hits are wanted without titles and marks: whoever puts them into another order asks for what is shown
    of them afterwards.
    """
    among: frozenset[UUID] | None = None
    """Only these may answer, whatever else fits; None: all. For what is new since somebody asked last."""

    def __post_init__(self) -> None:
        if not (0 <= self.offset <= FARTHEST and 1 <= self.limit <= 200):
            raise ValueError("offset is 0…10 000, limit 1…200")
        if self.order not in (BY_FIT, NEWEST):
            raise ValueError("order is fit or newest")


class Mark(NamedTuple):
    """A part of a fragment; `is_match` says whether it is a found word (the page makes it <mark>)."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A found object. `highlights`: the whole title under "title", then the best fragment of each field that
    matched, the richest first.
    """

    uuid: UUID
    score: float
    title: str
    highlights: Mapping[str, Sequence[Mark]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was read, so that the page can say «Показано по запросу …»."""

    lemmas: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    corrected: Mapping[str, Sequence[str]] = field(default_factory=dict)
    layout_fixed: str = ""
    synonyms: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Words that no document has, nor anything they may mean: they were not asked."""
    is_empty: bool = False
    only_stop_words: bool = False


class FacetCount(NamedTuple):
    """How many answers have this value. Counted without the facet's own filter, so that values can be
    added.
    """

    value: str
    number: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the answer; `total` and `facets` count every answer. `whole`: how many hold all words of the
    question, they stand first.
    """

    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Sequence[FacetCount]]
    understood: Understood
    whole: int = 0
    asked: Asked | None = None
    """How the engine read the question, for marks in what is shown later."""
    without_meaning: bool = False
    """The order by meaning is installed, and was not there in time."""


class Engine(Protocol):
    """What a search engine does. Writes happen in the caller's transaction and belong to the city."""

    def index(self, documents: Iterable[Document]) -> None:
        """Add documents or replace them by uuid."""

    def remove(self, uuids: Iterable[UUID]) -> None:
        """Forget documents; unknown uuids are no error."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Replace the whole index; returns how many documents it holds now."""

    def search(self, query: Query) -> Found:
        """Answer a question; reads only."""

    def similar(self, document: Document, limit: int) -> list[Alike]:
        """What is like a document by its rarest words, itself left out; reads only. What of it counts is what
        is given.
        """

    def suggest(self, text: str, limit: int = 8) -> list[str]:
        """Continue the last word of what is being typed; whole lines to put into the search box."""
