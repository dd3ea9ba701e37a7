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
DOCUMENTS, LENGTH = "#documents", "#length"
"""Counts of the whole index, kept as terms: BM25 and the catalogue need them with every question."""
FACET_MARK = "="
FIELD_END = " | "
MOST = 32_767
"""Occurrences of one term in one document that are told apart (a smallint)."""


@dataclass(frozen=True)
class Writer:
    """Where an index lives: a connection and the quoted names of its five tables."""

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
    """A document cut into words: weighted occurrences of terms, its length, its surface forms, its lemmas in
    their order.
    """

    tf: dict[str, int]
    length: int
    words: frozenset[str]
    lemmas: str

    @property
    def counted(self) -> list[str]:
        """Terms that the document adds one to."""
        return [*self.tf, DOCUMENTS]


def analyse(document: Document) -> Analysed:
    """Fold field weights into occurrences (BM25F) for both channels."""
    tf: dict[str, int] = {}
    length = 0
    words: set[str] = set()
    fields: list[str] = []
    for text, weight in document.texts.values():
        tokens = content_tokens(text)
        lemmas = [lemma(token) for token in tokens]
        for word in lemmas:
            for term in (word, prefix_key(word)):
                tf[term] = min(tf.get(term, 0) + weight, MOST)
        length += weight * len(tokens)
        words.update(tokens)
        fields.append(" ".join(lemmas))
    return Analysed(tf, length, frozenset(words), f" {FIELD_END.join(fields)} ")


def facet_term(facet: str, value: str) -> str:
    return f"{FACET_MARK}{facet}:{clean(value)}"


def facet_terms(document: Document) -> list[str]:
    """The values of a document's facets as terms, each once."""
    every = (facet_term(facet, value) for facet, values in document.facets.items() for value in values)
    return list(dict.fromkeys(every))


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
    for table in ("posting", "place", "term", "word", "document"):
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
    facets = {document.uuid: facet_terms(document) for document in documents}
    numbers = _write_documents(writer, documents, analysed)
    counted = Counter(term for found in analysed.values() for term in found.counted)
    counted.update(term for terms in facets.values() for term in terms)
    counted[LENGTH] = sum(found.length for found in analysed.values())
    _write_terms(writer, counted)
    _write_postings(writer, analysed, numbers)
    _write_places(writer, documents, facets, numbers)
    _count_words(writer, Counter(word for found in analysed.values() for word in found.words))


def _write_documents(
    writer: Writer, documents: list[Document], analysed: Mapping[UUID, Analysed]
) -> dict[UUID, int]:
    rows = [
        {
            "uuid": str(document.uuid),
            "title": clean(document.title),
            "texts": {name: clean(text.text) for name, text in document.fields.items()},
            "lemmas": analysed[document.uuid].lemmas,
            "length": analysed[document.uuid].length,
        }
        for document in documents
    ]
    written = writer.run(
        "INSERT INTO {document} (uuid, title, texts, lemmas, length) "
        "SELECT uuid, title, texts, lemmas, length FROM jsonb_to_recordset(%(rows)s::jsonb) "
        "AS given(uuid uuid, title text, texts jsonb, lemmas text, length int) "
        "ON CONFLICT (uuid) DO UPDATE SET title = excluded.title, texts = excluded.texts, "
        "lemmas = excluded.lemmas, length = excluded.length RETURNING uuid, id",
        {"rows": json.dumps(rows, ensure_ascii=False)},
    )
    return {UUID(str(uuid)): number for uuid, number in written}


def _write_places(
    writer: Writer,
    documents: list[Document],
    facets: Mapping[UUID, list[str]],
    numbers: Mapping[UUID, int],
) -> None:
    rows = [
        {"no": numbers[document.uuid], "day": document.day.isoformat(), "terms": facets[document.uuid]}
        for document in documents
    ]
    writer.run(
        'INSERT INTO {place} (document_no, dated_on, "values") '
        "SELECT given.no, given.day, "
        "ARRAY(SELECT term.id FROM {term} term WHERE term.term = ANY(given.terms) ORDER BY term.id) "
        "FROM jsonb_to_recordset(%(rows)s::jsonb) AS given(no bigint, day date, terms text[]) "
        'ON CONFLICT (document_no) DO UPDATE SET dated_on = excluded.dated_on, "values" = excluded."values"',
        {"rows": json.dumps(rows, ensure_ascii=False)},
    )


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
        "FROM unnest(%(terms)s::text[], %(documents)s::int[], %(tf)s::smallint[], %(lengths)s::int[]) "
        "AS given(term, document_no, tf, length) JOIN {term} term ON term.term = given.term "
        "ORDER BY given.document_no, term.id",
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
        "SELECT id, title, texts, length FROM {document} WHERE uuid = ANY(%(uuids)s::uuid[])",
        {"uuids": list(map(str, uuids))},
    )
    if not kept:
        return
    numbers = {"numbers": [row[0] for row in kept]}
    writer.run(
        "WITH gone AS (DELETE FROM {posting} WHERE document_no = ANY(%(numbers)s) RETURNING term_no), "
        'valued AS (SELECT unnest("values") AS term_no FROM {place} WHERE document_no = ANY(%(numbers)s)), '
        "counted AS (SELECT term_no, count(*) AS n FROM (TABLE gone UNION ALL TABLE valued) every GROUP BY "
        "term_no) "
        "UPDATE {term} term SET df = term.df - counted.n FROM counted WHERE term.id = counted.term_no",
        numbers,
    )
    _count(writer, "term", "term", Counter({DOCUMENTS: -len(kept), LENGTH: -sum(row[3] for row in kept)}))
    # Unused terms stay at df 0: re-indexing needs them again at once, and a search passes them by.
    _uncount_words(writer, Counter(word for row in kept for word in _words_of(row[1], row[2])))
    if not keep_rows:
        writer.run("DELETE FROM {place} WHERE document_no = ANY(%(numbers)s)", numbers)
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
