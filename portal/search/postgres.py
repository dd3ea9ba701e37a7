"""The engine over PostgreSQL: two-channel BM25 over packed postings, four short statements a search, no
writes.

PostgreSQL keeps, finds and hands over what a question needs (`blocks`), `reckoning` reckons it: totals,
counts, order and pages are exact over all documents. The statements of one search see one index, also while
it is swapped for another (`postgres_rebuild`): they take its tables in one order, within one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model

from portal.search import postgres_index
from portal.search import postgres_sql as sql
from portal.search.alike import Alike
from portal.search.answering import Answers, Kept, Values, by_facet, value_of
from portal.search.blocks import Read
from portal.search.corrections import READ, Beside, Neighbour, Pair
from portal.search.covering import Covered, covering
from portal.search.engine import Document, Found, Hit, Query
from portal.search.highlight import Highlighter
from portal.search.matching import Known, Term
from portal.search.postgres_index import DOCUMENTS, LENGTH, MADE, analysis_mark
from portal.search.question import NEIGHBOURS, RARE, Asked, Seen, may_be_corrected
from portal.search.text import lemma


@dataclass(frozen=True)
class PostgresEngine(Answers):
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
            return self.answer(query)

    def similar(self, document: Document, limit: int) -> list[Alike]:
        with transaction.atomic(using=self.using, savepoint=False):
            return self.alike(document, limit)

    def covering(self, needs: Sequence[str], most: int) -> list[Covered]:
        """Which documents speak of which of the needs (`covering`); reads only."""
        with transaction.atomic(using=self.using, savepoint=False):
            return covering(self, needs, most)

    @property
    def is_old(self) -> bool:
        """Whether the index was made by another analysis than the present one, so that words may not meet."""
        marks = self._rows(sql.TERMS, {"terms": [MADE, DOCUMENTS]})
        kept = {term: df for term, _, df in marks}
        return DOCUMENTS in kept and kept.get(MADE) != analysis_mark()

    def continued(self, start: str, limit: int) -> list[str]:
        # Tokens are letters and digits only: nothing in them means anything to LIKE.
        params = {"prefix": start + "%", "word": start, "limit": limit}
        return [word for (word,) in self._rows(sql.SUGGEST, params)]

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
        rows = self._rows(sql.LOOK_UP, params, neighbours=str(NEIGHBOURS))
        return {
            word: Seen(known, df, [Neighbour(*near) for near in _json(found) or ()])
            for word, known, df, found in rows
        }

    def beside(self, pairs: Sequence[Pair]) -> Beside:
        """`question.Vocabulary`. Where many hold both, each so-manieth is read and stands for the others."""
        terms = self.known([one for pair in pairs for one in pair]).terms
        numbered = {pair: [terms[one].number for one in pair] for pair in pairs if terms.keys() >= set(pair)}
        if not numbered:
            return {}
        read, _ = self.read([one for both in numbered.values() for one in both], with_facets=False)
        held = {pair: read.together(*both) for pair, both in numbered.items()}
        step = max(1, -(-sum(map(len, held.values())) // READ))
        looked = {pair: (places[::step] + read.start).tolist() for pair, places in held.items()}
        counted = self._side_by_side(looked) if any(looked.values()) else {}
        return {pair: many * step for pair, many in counted.items()}

    def _side_by_side(self, looked: Mapping[Pair, Sequence[int]]) -> Beside:
        """`looked`: documents of each pair in which to look."""
        pairs = list(looked)
        params = {
            "pairs": [place for place, pair in enumerate(pairs, 1) for _ in looked[pair]],
            "numbers": [number for numbers in looked.values() for number in numbers],
            "phrases": [_like(" ".join(pair)) for pair in pairs],
            "turned": [_like(" ".join(reversed(pair))) for pair in pairs],
        }
        return {pairs[place - 1]: many for place, many in self._rows(sql.BESIDE, params)}

    def writer(self) -> postgres_index.Writer:
        """For whoever writes the index."""
        return postgres_index.Writer(connections[self.using], self.tables)

    @property
    def tables(self) -> dict[str, str]:
        """Quoted names of the four tables."""
        quote = connections[self.using].ops.quote_name
        models = {"document": self.document, "term": self.term, "block": self.block, "word": self.word}
        return {name: quote(model._meta.db_table) for name, model in models.items()}

    def known(self, terms: Sequence[str]) -> Known:
        rows = self._rows(sql.TERMS, {"terms": [*terms, DOCUMENTS, LENGTH]})
        found = {term: Term(number, df) for term, number, df in rows}
        total = found.pop(DOCUMENTS, Term(0, 0)).df
        return Known(found, total, found.pop(LENGTH, Term(0, 0)).df / max(total, 1))

    def read(self, numbers: Sequence[int], *, with_facets: bool) -> tuple[Read, Values]:
        rows = self._binary_rows(sql.BLOCKS, {"numbers": list(numbers), "with_facets": with_facets})
        values = {value_of(term): number for term, number, *_ in rows if term}
        return Read(row[1:] for row in rows), values

    def holding(self, numbers: Sequence[int], wanted: Sequence[str], unwanted: Sequence[str]) -> set[int]:
        params = {
            "numbers": list(numbers),
            "phrases": list(map(_like, wanted)),
            "unwanted": list(map(_like, unwanted)),
        }
        return {number for (number,) in self._rows(sql.PHRASES, params)}

    def numbers(self, uuids: Iterable[UUID]) -> list[int]:
        rows = self.document._default_manager.using(self.using).filter(uuid__in=list(uuids))
        return list(rows.values_list("pk", flat=True))

    def page(self, numbers: Sequence[int]) -> list[Kept]:
        rows = self._rows(sql.PAGE, {"numbers": list(numbers)})
        return [Kept(number, _uuid(uuid), title, _json(texts)) for number, uuid, title, texts in rows]

    def uuids(self, numbers: Sequence[int]) -> dict[int, UUID]:
        return {number: _uuid(uuid) for number, uuid in self._rows(sql.UUIDS, {"numbers": list(numbers)})}

    def shown(self, hits: Sequence[Hit], asked: Asked) -> list[Hit]:
        """Bare hits with their titles and marks; what is not there any more is left out."""
        marks = Highlighter(asked)
        rows = self._rows(sql.BY_UUID, {"uuids": [hit.uuid for hit in hits]})
        kept = {_uuid(uuid): (title, _json(texts) if asked.words else {}) for uuid, title, texts in rows}
        return [
            replace(hit, title=kept[hit.uuid][0], highlights=marks.best(*kept[hit.uuid]))
            for hit in hits
            if hit.uuid in kept
        ]

    def whole_catalogue(self, asked: Asked, total: int, query: Query) -> Found:
        params = {"offset": query.offset, "limit": query.limit}
        marks = Highlighter(asked)
        hits = [
            Hit(_uuid(uuid), 0.0, title, marks.best(title, {}))
            for _, uuid, title, _ in self._rows(sql.NEWEST, params)
        ]
        rows = self._rows(sql.COUNTED, {}) if query.counts_facets else []
        counts = {value_of(term): df for term, df in rows}
        return Found(hits, total, by_facet(counts), asked.understood, total)

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


def _like(phrase: str) -> str:
    """Lemmas are letters and digits: nothing in them means anything to LIKE."""
    return f"% {phrase} %"


def _json(value: Any) -> Any:
    """Django's raw cursors give json as text, psycopg's own as objects."""
    return json.loads(value) if isinstance(value, str) else value


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
