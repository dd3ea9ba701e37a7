"""Writing the PostgreSQL index. Writers of one index stand in a queue (a lock held to the end of the
transaction), so document counts stay exact and no two writers can wait for each other.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from portal.search.engine import Document
from portal.search.text import clean, content_tokens, lemma, prefix_key

BATCH = 200


@dataclass(frozen=True)
class Writer:
    """Where an index lives: a connection and the quoted names of its four tables."""

    connection: BaseDatabaseWrapper
    tables: Mapping[str, str]

    def run(self, statement: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement.format(**self.tables), params or {})
            return cursor.fetchall() if cursor.description else []

    def queue_up(self) -> None:
        self.run(
            "SELECT pg_advisory_xact_lock(hashtextextended(%(name)s, 0))",
            {"name": "search:" + self.tables["document"]},
        )


class Analysed(NamedTuple):
    """A document cut into words: weighted occurrences of terms, its length, its surface forms."""

    tf: dict[str, float]
    length: float
    words: frozenset[str]


def analyse(document: Document) -> Analysed:
    """Fold field weights into occurrences (BM25F) for both channels."""
    tf: dict[str, float] = {}
    length = 0.0
    words: set[str] = set()
    for text, weight in document.texts.values():
        for token in content_tokens(text):
            word = lemma(token)
            tf[word] = tf.get(word, 0.0) + weight
            prefix = prefix_key(word)
            tf[prefix] = tf.get(prefix, 0.0) + weight
            length += weight
            words.add(token)
    return Analysed(tf, length, frozenset(words))


def put(writer: Writer, documents: Iterable[Document]) -> None:
    writer.queue_up()
    for batch in _batches({document.uuid: document for document in documents}.values()):
        _forget(writer, [document.uuid for document in batch], keep_rows=True)
        _add(writer, batch)


def forget(writer: Writer, uuids: Iterable[UUID]) -> None:
    writer.queue_up()
    _forget(writer, list(uuids), keep_rows=False)


def replace_all(writer: Writer, documents: Iterable[Document]) -> int:
    writer.queue_up()
    for table in ("posting", "term", "word", "document"):
        writer.run(f"DELETE FROM {{{table}}}")
    for batch in _batches(documents):
        _add(writer, list({document.uuid: document for document in batch}.values()))
    return int(writer.run("SELECT count(*) FROM {document}")[0][0])


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _add(writer: Writer, documents: list[Document]) -> None:
    analysed = {document.uuid: analyse(document) for document in documents}
    numbers = _write_documents(writer, documents, analysed)
    _write_terms(writer, Counter(term for found in analysed.values() for term in found.tf))
    _write_postings(writer, analysed, numbers)
    _count_words(writer, Counter(word for found in analysed.values() for word in found.words))


def _write_documents(
    writer: Writer, documents: list[Document], analysed: Mapping[UUID, Analysed]
) -> dict[UUID, int]:
    rows = [
        {
            "uuid": str(document.uuid),
            "title": clean(document.title),
            "texts": {name: clean(text.text) for name, text in document.fields.items()},
            "facets": {name: [clean(value) for value in values] for name, values in document.facets.items()},
            "length": analysed[document.uuid].length,
        }
        for document in documents
    ]
    written = writer.run(
        "INSERT INTO {document} (uuid, title, texts, facets, length) "
        "SELECT uuid, title, texts, facets, length FROM jsonb_to_recordset(%(rows)s::jsonb) "
        "AS given(uuid uuid, title text, texts jsonb, facets jsonb, length float8) "
        "ON CONFLICT (uuid) DO UPDATE SET title = excluded.title, texts = excluded.texts, facets = "
        "excluded.facets, "
        "length = excluded.length RETURNING uuid, id",
        {"rows": json.dumps(rows, ensure_ascii=False)},
    )
    return {UUID(str(uuid)): number for uuid, number in written}


def _write_terms(writer: Writer, counted: Counter[str]) -> None:
    _count(writer, "term", "term", counted)


def _count_words(writer: Writer, counted: Counter[str]) -> None:
    _count(writer, "word", "word", counted)


def _count(writer: Writer, table: str, column: str, counted: Counter[str]) -> None:
    """Add to the document counts of terms or words, new ones included."""
    ordered = sorted(counted.items())
    writer.run(
        f"INSERT INTO {{{table}}} AS kept ({column}, df) SELECT * FROM unnest(%(names)s::text[], "
        "%(counts)s::int[]) "
        f"ON CONFLICT ({column}) DO UPDATE SET df = kept.df + excluded.df",
        {"names": [name for name, _ in ordered], "counts": [number for _, number in ordered]},
    )


def _write_postings(writer: Writer, analysed: Mapping[UUID, Analysed], numbers: Mapping[UUID, int]) -> None:
    rows = [
        (term, numbers[uuid], tf, found.length)
        for uuid, found in analysed.items()
        for term, tf in found.tf.items()
    ]
    writer.run(
        "INSERT INTO {posting} (term_no, document_no, tf, length) SELECT term.id, given.document_no, "
        "given.tf, given.length "
        "FROM unnest(%(terms)s::text[], %(documents)s::bigint[], %(tf)s::float8[], %(lengths)s::float8[]) "
        "AS given(term, document_no, tf, length) JOIN {term} term ON term.term = given.term",
        {
            "terms": [row[0] for row in rows],
            "documents": [row[1] for row in rows],
            "tf": [row[2] for row in rows],
            "lengths": [row[3] for row in rows],
        },
    )


def _forget(writer: Writer, uuids: list[UUID], *, keep_rows: bool) -> None:
    """Take documents out of the counts; their rows stay when new texts follow at once, so their numbers stay
    too.
    """
    kept = writer.run(
        "SELECT id, title, texts FROM {document} WHERE uuid = ANY(%(uuids)s::uuid[])",
        {"uuids": list(map(str, uuids))},
    )
    if not kept:
        return
    numbers = {"numbers": [row[0] for row in kept]}
    writer.run(
        "WITH gone AS (DELETE FROM {posting} WHERE document_no = ANY(%(numbers)s) RETURNING term_no), "
        "counted AS (SELECT term_no, count(*) AS n FROM gone GROUP BY term_no) "
        "UPDATE {term} term SET df = term.df - counted.n FROM counted WHERE term.id = counted.term_no",
        numbers,
    )
    # Unused terms stay at df 0: re-indexing needs them again at once, and a search passes them by.
    _uncount_words(writer, Counter(word for row in kept for word in _words_of(row[1], row[2])))
    if not keep_rows:
        writer.run("DELETE FROM {document} WHERE id = ANY(%(numbers)s)", numbers)


def _words_of(title: str, texts: Any) -> set[str]:
    fields = json.loads(texts) if isinstance(texts, str) else texts
    return {token for text in (title, *fields.values()) for token in content_tokens(text)}


def _uncount_words(writer: Writer, counted: Counter[str]) -> None:
    params = {"names": list(counted), "counts": list(counted.values())}
    writer.run(
        "UPDATE {word} kept SET df = kept.df - given.n FROM unnest(%(names)s::text[], %(counts)s::int[]) AS "
        "given(name, n) WHERE kept.word = given.name",
        params,
    )
    writer.run("DELETE FROM {word} WHERE word = ANY(%(names)s) AND df <= 0", params)
