"""The way from a question to its answer, one for every index that tells who holds a term: the index of the
city's bank in its tables (`postgres`), and a small one that is made for a single reader (`small`).

An index keeps and hands over; what was meant is read by `question`, what matches is said by `matching`, and
`reckoning` reckons it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from portal.search import alike, blocks, matching, reckoning
from portal.search.alike import Alike
from portal.search.blocks import Read
from portal.search.corrections import Beside, Pair
from portal.search.engine import NEWEST, Document, FacetCount, Found, Hit, Query
from portal.search.highlight import Highlighter
from portal.search.matching import Known, Plan
from portal.search.postgres_index import FACET_MARK, facet_term
from portal.search.question import Asked, Seen, mapped_whole, read_question
from portal.search.reckoning import Matched
from portal.search.text import tokens

Values = Mapping[tuple[str, str], int]
"""Facet and value → number of the term."""


class Kept(NamedTuple):
    """A document for the page: its number, and the texts in which matches are shown."""

    number: int
    uuid: UUID
    title: str
    texts: Mapping[str, str]


class Answers(ABC):
    """What is asked of an index; the answers are the same whatever it is kept in."""

    @abstractmethod
    def look_up(self, words: Sequence[str]) -> Mapping[str, Seen]:
        """`question.Vocabulary`."""

    @abstractmethod
    def beside(self, pairs: Sequence[Pair]) -> Beside:
        """`question.Vocabulary`."""

    @abstractmethod
    def known(self, terms: Sequence[str]) -> Known:
        """Those of the terms that somebody holds, how many documents there are, their average length."""

    @abstractmethod
    def read(self, numbers: Sequence[int], *, with_facets: bool) -> tuple[Read, Values]:
        """The blocks of terms and columns, and the numbers of the values of facets."""

    @abstractmethod
    def holding(self, numbers: Sequence[int], wanted: Sequence[str], unwanted: Sequence[str]) -> set[int]:
        """Which of the documents hold all phrases (lemmas between spaces), and none of the unwanted."""

    @abstractmethod
    def numbers(self, uuids: Iterable[UUID]) -> Sequence[int]:
        """The numbers of documents; of an unknown uuid none."""

    @abstractmethod
    def page(self, numbers: Sequence[int]) -> Iterable[Kept]:
        """Documents as they are shown, in any order."""

    def uuids(self, numbers: Sequence[int]) -> Mapping[int, UUID]:
        """Documents by their numbers."""
        return {row.number: row.uuid for row in self.page(numbers)}

    @abstractmethod
    def continued(self, start: str, limit: int) -> list[str]:
        """Longer words that begin so, those of most documents first."""

    def suggest(self, text: str, limit: int = 8) -> list[str]:
        """`engine.Engine.suggest`."""
        typed = mapped_whole(text)
        words = tokens(typed)
        if not words or typed[-1:].isspace() or len(words[-1]) < 2:
            return []
        *before, last = words
        return [" ".join([*before, word]) for word in self.continued(last, limit)]

    def whole_catalogue(self, asked: Asked, total: int, query: Query) -> Found | None:
        """An index that counts everything anyway answers a question about everything by itself."""
        return None

    def answer(self, query: Query) -> Found:
        """`engine.Engine.search`."""
        asked = read_question(query.text, self, as_typed=query.as_typed)
        if not asked.words and not asked.is_catalogue:
            return Found((), 0, {}, asked.understood, asked=asked)
        known = self.known(matching.terms_of(asked))
        filters = {facet: values for facet, values in query.filters.items() if values}
        if asked.is_catalogue and not (filters or asked.excluded or query.among is not None):
            found = self.whole_catalogue(asked, known.total, query)
            if found is not None:
                return found
        plan = matching.plan(asked, known)
        if not asked.is_catalogue and not plan.weights:
            return Found((), 0, {}, asked.understood, asked=asked)
        return self._answered(Search(query, asked, known, plan, filters))

    def _answered(self, search: Search) -> Found:
        query, plan = search.query, search.plan
        with_facets = bool(search.filters) or query.counts_facets
        read, values = self.read(search.numbers, with_facets=with_facets)
        matched = reckoning.everything(read) if search.is_catalogue else search.answered(read)
        if query.among is not None:
            matched = reckoning.among(matched, read, self.numbers(query.among))
        matched = self._fitting(reckoning.without(matched, read, search.unwanted), read, search.asked)
        found = reckoning.narrowed(matched, read, search.filtered(values))
        answers = found.matched
        if search.wants_days:
            page = reckoning.by_day(answers, read, query.offset, query.limit)
        else:
            page = reckoning.by_fit(answers, query.offset, query.limit)
        counts = reckoning.counted(found, read, values) if query.counts_facets else {}
        fits = {int(answers.places[at]) + read.start: float(answers.fit[at]) for at in page}
        return Found(
            self._bare(fits) if query.is_bare else self._hits(fits, search.asked),
            len(answers.places),
            by_facet(counts),
            search.asked.understood,
            int(answers.whole.sum()) if plan.is_known else 0,
            search.asked,
        )

    def _fitting(self, matched: Matched, read: Read, asked: Asked) -> Matched:
        """Those that hold the phrases of the question as they stand, and none that is excluded."""
        phrases = [" ".join(one) for one in asked.phrases if len(one) > 1]
        unwanted = [" ".join(one) for one in asked.excluded if len(one) > 1]
        if not (phrases or unwanted):
            return matched
        return reckoning.allowed(matched, read, lambda numbers: self.holding(numbers, phrases, unwanted))

    def _hits(self, fits: Mapping[int, float], asked: Asked) -> list[Hit]:
        """Texts in which nothing can be marked are not read through for nothing."""
        marks = Highlighter(asked)
        rows = {
            row.number: Hit(
                row.uuid,
                fits[row.number],
                row.title,
                marks.best(row.title, row.texts if asked.words else {}),
            )
            for row in self.page(list(fits))
        }
        return [rows[number] for number in fits if number in rows]

    def _bare(self, fits: Mapping[int, float]) -> list[Hit]:
        uuids = self.uuids(list(fits))
        return [Hit(uuids[number], fit, "") for number, fit in fits.items() if number in uuids]

    def alike(self, document: Document, limit: int) -> list[Alike]:
        """`engine.Engine.similar`."""
        often = alike.often_of(document)
        known = self.known(alike.terms_of(often))
        words = alike.telling(often, known)
        asked = alike.asked_by(words)
        plan = matching.plan(asked, known)
        if not plan.weights:
            return []
        search = Search(Query("", limit=limit), asked, known, plan, {})
        read, _ = self.read(search.numbers, with_facets=False)
        holders = alike.holders(words, known, read)
        matched = alike.sharing(search.answered(read), holders)
        found = [int(matched.places[at]) for at in reckoning.by_fit(matched, 0, limit + 1)]
        uuids = self.uuids([place + read.start for place in found])
        written = alike.written(document, words)
        others = [
            Alike(uuid, tuple(written[word] for word in words if place in holders[word]))
            for place in found
            if (uuid := uuids.get(place + read.start)) not in (None, document.uuid)
        ]
        return others[:limit]


@dataclass(frozen=True)
class Search:
    """A question with all that is known of it before blocks are read."""

    query: Query
    asked: Asked
    known: Known
    plan: Plan
    filters: Mapping[str, Sequence[str]]

    @property
    def is_catalogue(self) -> bool:
        return self.asked.is_catalogue

    @property
    def wants_days(self) -> bool:
        return self.is_catalogue or self.query.order == NEWEST

    @property
    def unwanted(self) -> list[int]:
        """Terms that no answer holds."""
        words = [one[0] for one in self.asked.excluded if len(one) == 1]
        return [self.known.terms[word].number for word in words if word in self.known.terms]

    @property
    def numbers(self) -> list[int]:
        """Terms and columns whose blocks are read."""
        named = [number for name in self.plan.names for number in name.terms]
        column = blocks.PRESENT if self.is_catalogue else blocks.LENGTHS
        days = [blocks.DAYS] if self.wants_days else []
        return list(
            dict.fromkeys([*self.plan.deciding, *self.plan.ordering, *named, *self.unwanted, column, *days])
        )

    def answered(self, read: Read) -> Matched:
        return reckoning.answered(self.plan, read, self.known.average)

    def filtered(self, values: Values) -> dict[str, list[int]]:
        """Numbers of the values that are wanted of each facet; what nobody has has none."""
        wanted = {
            facet: [value_of(facet_term(facet, value)) for value in chosen]
            for facet, chosen in self.filters.items()
        }
        return {facet: [values[key] for key in keys if key in values] for facet, keys in wanted.items()}


def value_of(term: str) -> tuple[str, str]:
    """Facet and value of such a term."""
    facet, _, value = term.removeprefix(FACET_MARK).partition(":")
    return facet, value


def by_facet(counts: Mapping[tuple[str, str], int]) -> dict[str, list[FacetCount]]:
    """The most frequent value of a facet first."""
    found: dict[str, list[FacetCount]] = {}
    for (facet, value), number in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        found.setdefault(facet, []).append(FacetCount(value, number))
    return found
