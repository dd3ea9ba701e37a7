"""The engine over PostgreSQL: two-channel BM25 in SQL (k1 1.2, b 0.75), two statements a search, SELECT only.

Measured (search.md §2, §4): candidates are found by the rare words (df ≤ 5 % of the documents), then weighed
by all words; 0.01 nDCG of the exact formula at a tenth of its time. Up to 500 documents everything is "rare",
that is exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model

from portal.search import postgres_index
from portal.search.engine import Document, FacetCount, Found, Hit, Query
from portal.search.highlight import Highlighter
from portal.search.layout import as_russian_keys
from portal.search.question import Asked, Neighbour, may_be_corrected, read_question
from portal.search.text import has_cyrillic, lemma, normalise, tokens

CANDIDATES = 200
RARE_SHARE = 0.05
ALWAYS_RARE = 500
_NEIGHBOURS = 24

_LOOK_UP = """
SELECT asked.word, (word.word IS NOT NULL OR term.term IS NOT NULL), near.words
FROM unnest(%(words)s::text[], %(lemmas)s::text[], %(doubtful)s::bool[]) AS asked(word, lemma, is_doubtful)
LEFT JOIN {word} word ON word.word = asked.word
LEFT JOIN {term} term ON term.term = asked.lemma AND term.df > 0
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(best.word, best.df)) AS words
    FROM (
        SELECT other.word, other.df FROM {word} other
        WHERE asked.is_doubtful AND word.word IS NULL AND term.term IS NULL
          AND length(other.word) BETWEEN length(asked.word) - 2 AND length(asked.word) + 2 AND other.word %%
          asked.word
        ORDER BY similarity(other.word, asked.word) DESC, other.df DESC, other.word LIMIT {neighbours}
    ) best
) near ON true
"""

_SUGGEST = """
SELECT word FROM {word} WHERE word LIKE %(prefix)s AND word <> %(word)s ORDER BY df DESC, word LIMIT %(limit)s
"""

# {misses} counts the filters a document does not pass and names the one it misses: a document that misses
# exactly one
# is no answer, but counts among the values of that facet.
_RANKED = """
WITH stats AS MATERIALIZED (SELECT count(*)::float8 AS n, avg(length) AS average FROM {document}),
asked AS MATERIALIZED (
    SELECT term.id, term.df, question.weight * ln(1 + (stats.n - term.df + 0.5) / (term.df + 0.5)) AS idf,
           greatest({rare} * stats.n, {always_rare}, min(term.df) OVER ()) AS most, stats.average
    FROM unnest(%(terms)s::text[], %(weights)s::float8[]) AS question(term, weight)
    JOIN {term} term ON term.term = question.term AND term.df > 0
    CROSS JOIN stats
),
met AS MATERIALIZED (
    SELECT posting.document_no
    FROM unnest(%(required)s::text[], %(groups)s::int[]) AS must(term, place)
    JOIN {term} term ON term.term = must.term
    JOIN {posting} posting ON posting.term_no = term.id
    GROUP BY posting.document_no HAVING count(DISTINCT must.place) = %(places)s
),
found AS (
    SELECT posting.document_no,
           sum(asked.idf * posting.tf * 2.2 / (posting.tf + 1.2 * (0.25 + 0.75 * posting.length /
           asked.average))) AS score
    FROM asked JOIN {posting} posting ON posting.term_no = asked.id
    WHERE asked.df <= asked.most
      AND (%(places)s = 0 OR posting.document_no IN (SELECT document_no FROM met))
    GROUP BY posting.document_no
),
candidates AS MATERIALIZED (
    SELECT found.document_no, filtered.missed
    FROM found JOIN {document} document ON document.id = found.document_no
    CROSS JOIN LATERAL (SELECT {misses} AS missed) filtered
    WHERE cardinality(filtered.missed) <= 1
    ORDER BY cardinality(filtered.missed), found.score DESC, found.document_no DESC LIMIT %(most)s
),
ranked AS MATERIALIZED (
    SELECT candidates.document_no, candidates.missed, weighed.score
    FROM candidates CROSS JOIN LATERAL (
        SELECT sum(asked.idf * posting.tf * 2.2 / (posting.tf + 1.2 * (0.25 + 0.75 * posting.length /
        asked.average))) AS score
        FROM asked JOIN {posting} posting ON posting.term_no = asked.id AND posting.document_no =
        candidates.document_no
    ) weighed
)
"""

_CATALOGUE = """
WITH ranked AS MATERIALIZED (
    SELECT document.id AS document_no, filtered.missed, 0::float8 AS score
    FROM {document} document CROSS JOIN LATERAL (SELECT {misses} AS missed) filtered
    WHERE cardinality(filtered.missed) <= 1
)
"""

_ANSWER = """
SELECT
    (SELECT count(*) FROM ranked WHERE cardinality(missed) = 0),
    (SELECT count(*) FROM ranked),
    (SELECT json_agg(json_build_array(page.uuid, page.score, page.title, page.texts) ORDER BY page.place)
     FROM (SELECT document.uuid, shown.score, document.title, document.texts, shown.place
           FROM (SELECT document_no, score, row_number() OVER (ORDER BY score DESC, document_no DESC) AS place
                 FROM ranked WHERE cardinality(missed) = 0 ORDER BY place OFFSET %(offset)s LIMIT %(limit)s)
                 shown
           JOIN {document} document ON document.id = shown.document_no) page),
    (SELECT json_agg(json_build_array(counted.facet, counted.value, counted.n) ORDER BY counted.facet,
    counted.n DESC, counted.value)
     FROM (SELECT facet.key AS facet, item.value, count(*) AS n
           FROM ranked JOIN {document} document ON document.id = ranked.document_no
           CROSS JOIN LATERAL jsonb_each(document.facets) facet
           CROSS JOIN LATERAL jsonb_array_elements_text(facet.value) item
           WHERE ranked.missed <@ ARRAY[facet.key]
           GROUP BY facet.key, item.value) counted)
"""


@dataclass(frozen=True)
class PostgresEngine:
    """An index in four tables of a room (subclasses of `portal.search.models`); implements
    `engine.Engine`.
    """

    document: type[Model]
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
        asked = read_question(query.text, self)
        if not asked.weights and not asked.is_catalogue:
            return Found((), 0, {}, asked.understood)
        row = self._rows(*self._statement(asked, query))[0]
        return _found(row, asked, query)

    def suggest(self, text: str, limit: int = 8) -> list[str]:
        typed = normalise(text)
        if not has_cyrillic(typed):
            typed = as_russian_keys(typed)
        words = tokens(typed)
        if not words or typed[-1:].isspace() or len(words[-1]) < 2:
            return []
        *before, last = words
        # Tokens are letters and digits only: nothing in them means anything to LIKE.
        rows = self._rows(self._sql(_SUGGEST), {"prefix": last + "%", "word": last, "limit": limit})
        return [" ".join([*before, word]) for (word,) in rows]

    def look_up(self, words: Sequence[str]) -> Mapping[str, list[Neighbour] | None]:
        """`asking.Vocabulary`: one statement for all words of a question."""
        if not words:
            return {}
        params = {
            "words": list(words),
            "lemmas": [lemma(word) for word in words],
            "doubtful": [may_be_corrected(word) for word in words],
        }
        rows = self._rows(self._sql(_LOOK_UP, neighbours=str(_NEIGHBOURS)), params)
        return {
            word: None if known else [Neighbour(*near) for near in _json(found) or ()]
            for word, known, found in rows
        }

    def _statement(self, asked: Asked, query: Query) -> tuple[str, dict[str, Any]]:
        misses, params = _misses(query.filters)
        required = [(term, place) for place, group in enumerate(asked.required) for term in group]
        params |= {
            "terms": list(asked.weights),
            "weights": list(asked.weights.values()),
            "required": [term for term, _ in required],
            "groups": [place for _, place in required],
            "places": len(asked.required),
            "most": _most(query),
            "offset": query.offset,
            "limit": query.limit,
        }
        head = _CATALOGUE if asked.is_catalogue else _RANKED
        return self._sql(
            head + _ANSWER, misses=misses, rare=str(RARE_SHARE), always_rare=str(ALWAYS_RARE)
        ), params

    def _sql(self, statement: str, **parts: str) -> str:
        """Only names of our own tables and fixed expressions get into the statement; every value is a
        parameter.
        """
        return statement.format(**self._tables(), **parts)

    def _tables(self) -> dict[str, str]:
        quote = connections[self.using].ops.quote_name
        models = {"document": self.document, "term": self.term, "posting": self.posting, "word": self.word}
        return {name: quote(model._meta.db_table) for name, model in models.items()}

    def _rows(self, statement: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement, params)
            return list(cursor.fetchall())

    def _writer(self) -> postgres_index.Writer:
        return postgres_index.Writer(connections[self.using], self._tables())


def _most(query: Query) -> int:
    return max(CANDIDATES, query.offset + query.limit)


def _misses(filters: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, Any]]:
    """An expression: which facets of the filters the row `document` does not pass."""
    parts: list[str] = []
    params: dict[str, Any] = {}
    for number, (facet, values) in enumerate(filters.items()):
        if not values:
            continue
        params |= {f"facet{number}": facet, f"values{number}": list(values)}
        parts.append(
            f"CASE WHEN document.facets -> %(facet{number})s::text ?| %(values{number})s::text[] THEN NULL "
            f"ELSE %(facet{number})s::text END"
        )
    return f"array_remove(ARRAY[{', '.join(parts)}]::text[], NULL)", params


def _json(value: Any) -> Any:
    """Django's raw cursors give json as text, psycopg's own as objects."""
    return json.loads(value) if isinstance(value, str) else value


def _found(row: tuple[Any, ...], asked: Asked, query: Query) -> Found:
    total, counted, page, facets = row
    marks = Highlighter(asked.weights)
    hits = [
        Hit(UUID(uuid), float(score or 0), title, marks.best(title, _json(texts)))
        for uuid, score, title, texts in _json(page) or ()
    ]
    counts: dict[str, list[FacetCount]] = {}
    for facet, value, number in _json(facets) or ():
        counts.setdefault(facet, []).append(FacetCount(value, number))
    is_capped = not asked.is_catalogue and counted >= _most(query)
    return Found(hits, total, counts, asked.understood, is_capped)
