"""The engine over PostgreSQL: two-channel BM25 in SQL (k1 1.2, b 0.75), three statements a search, no writes.

What matches is reckoned by the words that decide (`matching`), over all their postings, so totals and counts
are exact. The order by fit is that of BM25 over all words within blocks of 200: blocks are cut by the words
that decide, the common ones are read for the blocks of the page only. A page is the same whichever was opened
before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model

from portal.search import matching, postgres_index
from portal.search import postgres_sql as sql
from portal.search.engine import NEWEST, Document, FacetCount, Found, Hit, Query
from portal.search.highlight import Highlighter
from portal.search.matching import NEAR_SHARE, Known, Plan, Term
from portal.search.postgres_index import DOCUMENTS, FACET_MARK, LENGTH, facet_term
from portal.search.question import (
    RARE,
    Asked,
    Neighbour,
    Seen,
    mapped_whole,
    may_be_corrected,
    read_question,
)
from portal.search.text import lemma, tokens

BLOCK = 200
_NEIGHBOURS = 24


@dataclass(frozen=True)
class PostgresEngine:
    """An index in five tables of a room (subclasses of `portal.search.models`); implements
    `engine.Engine`.
    """

    document: type[Model]
    place: type[Model]
    term: type[Model]
    posting: type[Model]
    word: type[Model]
    using: str = DEFAULT_DB_ALIAS

    def index(self, documents: Iterable[Document]) -> None:
        with transaction.atomic(using=self.using):
            postgres_index.put(self._writer(), documents)

    def remove(self, uuids: Iterable[UUID]) -> None:
        with transaction.atomic(using=self.using):
            postgres_index.forget(self._writer(), uuids)

    def rebuild(self, documents: Iterable[Document]) -> int:
        with transaction.atomic(using=self.using):
            return postgres_index.replace_all(self._writer(), documents)

    def search(self, query: Query) -> Found:
        asked = read_question(query.text, self, as_typed=query.as_typed)
        if not asked.words and not asked.is_catalogue:
            return Found((), 0, {}, asked.understood)
        known = self._known(asked, query)
        plan = matching.plan(asked, known)
        if not asked.is_catalogue and not plan.weights:
            return Found((), 0, {}, asked.understood)
        row = self._rows(*self._statement(asked, plan, known, query))[0]
        return _found(row, asked, plan)

    def suggest(self, text: str, limit: int = 8) -> list[str]:
        typed = mapped_whole(text)
        words = tokens(typed)
        if not words or typed[-1:].isspace() or len(words[-1]) < 2:
            return []
        *before, last = words
        # Tokens are letters and digits only: nothing in them means anything to LIKE.
        rows = self._rows(self._sql(sql.SUGGEST), {"prefix": last + "%", "word": last, "limit": limit})
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
        rows = self._rows(self._sql(sql.LOOK_UP, neighbours=str(_NEIGHBOURS)), params)
        return {
            word: Seen(known, df, [Neighbour(*near) for near in _json(found) or ()])
            for word, known, df, found in rows
        }

    def _known(self, asked: Asked, query: Query) -> Known:
        facets = [facet_term(facet, value) for facet, values in query.filters.items() for value in values]
        wanted = [*matching.terms_of(asked), *facets, DOCUMENTS, LENGTH]
        rows = self._rows(self._sql(sql.TERMS), {"terms": wanted})
        terms = {term: Term(number, df) for term, number, df in rows}
        total = terms.pop(DOCUMENTS, Term(0, 0)).df
        return Known(terms, total, terms.pop(LENGTH, Term(0, 0)).df / max(total, 1))

    def _statement(self, asked: Asked, plan: Plan, known: Known, query: Query) -> tuple[str, dict[str, Any]]:
        parts, params = _conditions(asked, known.terms, self._tables())
        filters = {facet: values for facet, values in query.filters.items() if values}
        misses, filtered = _misses(filters, known.terms)
        params |= {**filtered, "offset": query.offset, "limit": query.limit, "total": known.total}
        page = self._sql(sql.PAGE)
        if asked.is_catalogue and not filters and not parts:
            return self._sql(sql.WHOLE_CATALOGUE, page=page), params
        with_day = bool(filters) or query.order == NEWEST
        head, tail = sql.RANKED, sql.NEWEST_FIRST if query.order == NEWEST else sql.BY_FIT
        if asked.is_catalogue:
            head, tail = sql.CATALOGUE, sql.NEWEST_FIRST
        params |= _reckoned(plan, known.average, query)
        statement = self._sql(
            head + tail + sql.ANSWER,
            names=self._sql(sql.NAMES) if plan.names else "",
            near_share=str(NEAR_SHARE),
            dated="place.dated_on" if with_day else "NULL::date",
            joined=self._sql("JOIN {place} place USING (document_no)") if with_day else "",
            misses=misses.replace("place.", "found.") if asked.is_catalogue else misses,
            conditions=parts,
            block=str(BLOCK),
            facets=self._sql(sql.FACETS) if query.counts_facets else "NULL",
            page=page,
        )
        return statement, params

    def _sql(self, statement: str, **parts: str) -> str:
        """Only names of our own tables and fixed expressions get into the statement; every value is a
        parameter.
        """
        return statement.format(**self._tables(), **parts)

    def _tables(self) -> dict[str, str]:
        quote = connections[self.using].ops.quote_name
        models = {
            "document": self.document,
            "place": self.place,
            "term": self.term,
            "posting": self.posting,
            "word": self.word,
        }
        return {name: quote(model._meta.db_table) for name, model in models.items()}

    def _rows(self, statement: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement, params)
            return list(cursor.fetchall())

    def _writer(self) -> postgres_index.Writer:
        return postgres_index.Writer(connections[self.using], self._tables())


def _reckoned(plan: Plan, average: float, query: Query) -> dict[str, Any]:
    """The plan as parameters of the statement, and the blocks in which the page lies."""
    first = query.offset // BLOCK * BLOCK
    blocks = (query.offset + query.limit - 1) // BLOCK - query.offset // BLOCK + 1
    return {
        "numbers": list(plan.deciding),
        "values": [held.value for held in plan.deciding.values()],
        "exact": [held.exact for held in plan.deciding.values()],
        "near": [held.near for held in plan.deciding.values()],
        "common_numbers": list(plan.ordering),
        "common_values": [held.value for held in plan.ordering.values()],
        "common_bits": [held.exact | held.near for held in plan.ordering.values()],
        "common": plan.common,
        "bits": list(plan.weights),
        "weights": list(plan.weights.values()),
        "whole": plan.whole,
        "quoted": plan.quoted,
        "enough": plan.enough - _ROUNDING,
        "average": average,
        "first": first,
        "most": blocks * BLOCK,
        "skipped": query.offset - first,
        **_named(plan),
    }


def _named(plan: Plan) -> dict[str, Any]:
    rows = [
        (place, number, value, name.near, len(name.terms))
        for place, name in enumerate(plan.names)
        for number, value in zip(name.terms, name.values, strict=True)
    ]
    columns = ("name_places", "name_numbers", "name_values", "name_near", "name_sizes")
    return {name: [row[place] for row in rows] for place, name in enumerate(columns)}


_ROUNDING = 1e-9
"""Sums of floats that are equal on paper."""


def _conditions(
    asked: Asked, terms: Mapping[str, Term], tables: Mapping[str, str]
) -> tuple[str, dict[str, Any]]:
    """Phrases that the row `found` must hold as they stand, and what it must not hold."""
    unwanted = [terms[one[0]].number for one in asked.excluded if len(one) == 1 and one[0] in terms]
    params = {
        "unwanted": unwanted,
        "phrases": [_like(one) for one in asked.phrases if len(one) > 1],
        "unwanted_phrases": [_like(one) for one in asked.excluded if len(one) > 1],
    }
    parts = []
    if unwanted:
        parts.append(
            f"NOT EXISTS (SELECT 1 FROM {tables['posting']} unwanted WHERE unwanted.document_no = "
            "found.document_no AND unwanted.term_no = ANY(%(unwanted)s::int[]))"
        )
    if params["phrases"] or params["unwanted_phrases"]:
        parts.append(
            f"(SELECT kept.lemmas LIKE ALL(%(phrases)s::text[]) AND NOT kept.lemmas LIKE "
            f"ANY(%(unwanted_phrases)s::text[]) FROM {tables['document']} kept WHERE kept.id = "
            "found.document_no)"
        )
    return "".join(f" AND {part}" for part in parts), params


def _like(phrase: Sequence[str]) -> str:
    """Lemmas are letters and digits: nothing in them means anything to LIKE."""
    return f"% {' '.join(phrase)} %"


def _misses(filters: Mapping[str, Sequence[str]], terms: Mapping[str, Term]) -> tuple[str, dict[str, Any]]:
    """An expression: 0 when the row `place` passes all filters, the place of the one that it does not pass,
    or nothing.
    """
    params: dict[str, Any] = {"filtered": list(filters)}
    passed: list[str] = []
    for place, (facet, values) in enumerate(filters.items(), 1):
        known = [terms[term].number for value in values if (term := facet_term(facet, value)) in terms]
        params[f"values{place}"] = known
        passed.append(f'place."values" && %(values{place})s::bigint[]')
    if not passed:
        return "0", params
    cases = [f"WHEN {' AND '.join(passed)} THEN 0"]
    for place in range(len(passed)):
        others = passed[:place] + passed[place + 1 :]
        cases.append(f"WHEN {' AND '.join(others) or 'true'} THEN {place + 1}")
    return f"CASE {' '.join(cases)} END", params


def _json(value: Any) -> Any:
    """Django's raw cursors give json as text, psycopg's own as objects."""
    return json.loads(value) if isinstance(value, str) else value


def _found(row: tuple[Any, ...], asked: Asked, plan: Plan) -> Found:
    total, whole, facets, page = row
    marks = Highlighter(asked)
    hits = [
        Hit(UUID(uuid), float(fit or 0), title, marks.best(title, _json(texts)))
        for uuid, fit, title, texts in _json(page) or ()
    ]
    counts: dict[tuple[str, str], int] = {}
    for term, number in _json(facets) or ():
        facet, _, value = term.removeprefix(FACET_MARK).partition(":")
        counts[facet, value] = counts.get((facet, value), 0) + number
    by_facet: dict[str, list[FacetCount]] = {}
    for (facet, value), number in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        by_facet.setdefault(facet, []).append(FacetCount(value, number))
    return Found(hits, total, by_facet, asked.understood, whole if plan.is_known else 0)
