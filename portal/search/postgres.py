"""The engine over PostgreSQL: two-channel BM25 over packed postings, four short statements a search, no
writes.

PostgreSQL keeps, finds and hands over what a question needs (`blocks`), `reckoning` reckons it: totals,
counts, order and pages are exact over all documents. The statements of one search see one index, also while
it is swapped for another (`postgres_rebuild`): they take its tables in one order, within one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model

from portal.search import blocks, matching, postgres_index, reckoning
from portal.search import postgres_sql as sql
from portal.search.blocks import Read
from portal.search.engine import NEWEST, Document, FacetCount, Found, Hit, Query
from portal.search.highlight import Highlighter
from portal.search.matching import Known, Plan, Term
from portal.search.postgres_index import DOCUMENTS, FACET_MARK, LENGTH, MADE, analysis_mark, facet_term
from portal.search.question import (
    RARE,
    Asked,
    Neighbour,
    Seen,
    mapped_whole,
    may_be_corrected,
    read_question,
)
from portal.search.reckoning import Matched
from portal.search.text import lemma, tokens

_NEIGHBOURS = 24
Values = Mapping[tuple[str, str], int]
"""Facet and value → number of the term."""


@dataclass(frozen=True)
class PostgresEngine:
    """An index in four tables of a room (subclasses of `portal.search.models`); implements
    `engine.Engine`.
    """

    document: type[Model]
    term: type[Model]
    block: type[Model]
    word: type[Model]
    using: str = DEFAULT_DB_ALIAS

    def index(self, documents: Iterable[Document]) -> None:
        with transaction.atomic(using=self.using):
            postgres_index.put(self.writer(), documents)

    def remove(self, uuids: Iterable[UUID]) -> None:
        with transaction.atomic(using=self.using):
            postgres_index.forget(self.writer(), uuids)

    def rebuild(self, documents: Iterable[Document]) -> int:
        with transaction.atomic(using=self.using):
            return postgres_index.replace_all(self.writer(), documents)

    def search(self, query: Query) -> Found:
        with transaction.atomic(using=self.using, savepoint=False):
            return self._search(query)

    @property
    def is_old(self) -> bool:
        """Whether the index was made by another analysis than the present one, so that words may not meet."""
        marks = self._rows(sql.TERMS, {"terms": [MADE, DOCUMENTS]})
        kept = {term: df for term, _, df in marks}
        return DOCUMENTS in kept and kept.get(MADE) != analysis_mark()

    def _search(self, query: Query) -> Found:
        asked = read_question(query.text, self, as_typed=query.as_typed)
        if not asked.words and not asked.is_catalogue:
            return Found((), 0, {}, asked.understood)
        known = self._known(asked)
        filters = {facet: values for facet, values in query.filters.items() if values}
        if asked.is_catalogue and not filters and not asked.excluded:
            return self._whole_catalogue(asked, known.total, query)
        plan = matching.plan(asked, known)
        if not asked.is_catalogue and not plan.weights:
            return Found((), 0, {}, asked.understood)
        return self._answer(Search(query, asked, known, plan, filters))

    def _answer(self, search: Search) -> Found:
        query, plan = search.query, search.plan
        read, values = self._read(search)
        matched = reckoning.everything(read) if search.is_catalogue else search.answered(read)
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
            self._hits(fits, search.asked),
            len(answers.places),
            _by_facet(counts),
            search.asked.understood,
            int(answers.whole.sum()) if plan.is_known else 0,
        )

    def suggest(self, text: str, limit: int = 8) -> list[str]:
        typed = mapped_whole(text)
        words = tokens(typed)
        if not words or typed[-1:].isspace() or len(words[-1]) < 2:
            return []
        *before, last = words
        # Tokens are letters and digits only: nothing in them means anything to LIKE.
        rows = self._rows(sql.SUGGEST, {"prefix": last + "%", "word": last, "limit": limit})
        return [" ".join([*before, word]) for (word,) in rows]

    def look_up(self, words: Sequence[str]) -> Mapping[str, Seen]:
        """`question.Vocabulary`: one statement for all words of a question."""
        if not words:
            return {}
        params = {
            "words": list(words),
            "lemmas": [lemma(word) for word in words],
            "doubtful": [may_be_corrected(word) for word in words],
            "rare": RARE,
        }
        rows = self._rows(sql.LOOK_UP, params, neighbours=str(_NEIGHBOURS))
        return {
            word: Seen(known, df, [Neighbour(*near) for near in _json(found) or ()])
            for word, known, df, found in rows
        }

    def writer(self) -> postgres_index.Writer:
        """For whoever writes the index."""
        return postgres_index.Writer(connections[self.using], self.tables)

    @property
    def tables(self) -> dict[str, str]:
        """Quoted names of the four tables."""
        quote = connections[self.using].ops.quote_name
        models = {"document": self.document, "term": self.term, "block": self.block, "word": self.word}
        return {name: quote(model._meta.db_table) for name, model in models.items()}

    def _known(self, asked: Asked) -> Known:
        rows = self._rows(sql.TERMS, {"terms": [*matching.terms_of(asked), DOCUMENTS, LENGTH]})
        terms = {term: Term(number, df) for term, number, df in rows}
        total = terms.pop(DOCUMENTS, Term(0, 0)).df
        return Known(terms, total, terms.pop(LENGTH, Term(0, 0)).df / max(total, 1))

    def _read(self, search: Search) -> tuple[Read, Values]:
        """The blocks of a question, and the numbers of the values of facets."""
        with_facets = bool(search.filters) or search.query.counts_facets
        params = {"numbers": search.numbers, "with_facets": with_facets}
        rows = self._binary_rows(sql.BLOCKS, params)
        values = {value_of(term): number for term, number, *_ in rows if term}
        return Read(row[1:] for row in rows), values

    def _fitting(self, matched: Matched, read: Read, asked: Asked) -> Matched:
        """Those that hold the phrases of the question as they stand, and none that is excluded."""
        phrases = [_like(one) for one in asked.phrases if len(one) > 1]
        unwanted = [_like(one) for one in asked.excluded if len(one) > 1]
        if not (phrases or unwanted):
            return matched

        def is_allowed(numbers: list[int]) -> set[int]:
            rows = self._rows(sql.PHRASES, {"numbers": numbers, "phrases": phrases, "unwanted": unwanted})
            return {number for (number,) in rows}

        return reckoning.allowed(matched, read, is_allowed)

    def _hits(self, fits: Mapping[int, float], asked: Asked) -> list[Hit]:
        marks = Highlighter(asked)
        rows = {
            number: Hit(_uuid(uuid), fits[number], title, marks.best(title, _shown(texts, asked)))
            for number, uuid, title, texts in self._rows(sql.PAGE, {"numbers": list(fits)})
        }
        return [rows[number] for number in fits if number in rows]

    def _whole_catalogue(self, asked: Asked, total: int, query: Query) -> Found:
        params = {"offset": query.offset, "limit": query.limit}
        marks = Highlighter(asked)
        hits = [
            Hit(_uuid(uuid), 0.0, title, marks.best(title, {}))
            for _, uuid, title, _ in self._rows(sql.NEWEST, params)
        ]
        rows = self._rows(sql.COUNTED, {}) if query.counts_facets else []
        counts = {value_of(term): df for term, df in rows}
        return Found(hits, total, _by_facet(counts), asked.understood, total)

    def _rows(self, statement: str, params: dict[str, Any], **parts: str) -> list[tuple[Any, ...]]:
        """Only names of our own tables and fixed expressions get into the statement; every value is a
        parameter.
        """
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement.format(**self.tables, **parts), params)
            return list(cursor.fetchall())

    def _binary_rows(self, statement: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Blocks come as they are kept, not as hexadecimal digits: Django's cursors cannot ask so."""
        connection = connections[self.using]
        with connection.cursor(), connection.wrap_database_errors:
            cursor = psycopg.Cursor(connection.connection)
            return cursor.execute(statement.format(**self.tables).encode(), params, binary=True).fetchall()


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


def _like(phrase: Sequence[str]) -> str:
    """Lemmas are letters and digits: nothing in them means anything to LIKE."""
    return f"% {' '.join(phrase)} %"


def _shown(texts: Any, asked: Asked) -> dict[str, str]:
    """Texts in which something can be marked: a long one is not read through for nothing."""
    return dict(_json(texts)) if asked.words else {}


def _json(value: Any) -> Any:
    """Django's raw cursors give json as text, psycopg's own as objects."""
    return json.loads(value) if isinstance(value, str) else value


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _by_facet(counts: Mapping[tuple[str, str], int]) -> dict[str, list[FacetCount]]:
    """The most frequent value of a facet first."""
    by_facet: dict[str, list[FacetCount]] = {}
    for (facet, value), number in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        by_facet.setdefault(facet, []).append(FacetCount(value, number))
    return by_facet
