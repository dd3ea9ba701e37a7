"""Writing the PostgreSQL index. Writers of one index stand in a queue (a lock held to the end of the
transaction), so document counts stay exact and no two writers can wait for each other.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from portal.search import blocks
from portal.search.engine import Document
from portal.search.stopwords import STOP_WORDS
from portal.search.text import clean, content_tokens, lemma, prefix_key

BATCH = 200
ANALYSIS = 1
"""Raised by whoever changes how texts are cut into terms and `SAMPLE` does not show it: an index made
otherwise is then known as old.
"""
SAMPLE = "Педагоги школы № 9: «Ёлка» и урок-игра в 5Б, кла\u0301сс cтарший (с латинской c), Python-2"
DOCUMENTS, LENGTH = "#documents", "#length"
"""Counts of the whole index, kept as terms: BM25 and the catalogue need them with every question."""
FACET_MARK = "="
FIELD_END = " | "
MADE = "#analysis"
"""By which analysis the index was made (see `analysis_mark`)."""


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
    """A document cut into words: weighted occurrences of terms, its length, its surface forms, its lemmas in
    their order.
    """

    tf: dict[str, int]
    length: int
    words: frozenset[str]
    lemmas: str


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
                tf[term] = min(tf.get(term, 0) + weight, blocks.MOST)
        length += weight * len(tokens)
        words.update(tokens)
        fields.append(" ".join(lemmas))
    return Analysed(tf, length, frozenset(words), f" {FIELD_END.join(fields)} ")


def analysis_mark() -> int:
    """A number that changes with the dictionary, the stop list, what is made of `SAMPLE`, or `ANALYSIS`."""
    found = analyse(Document(UUID(int=0), SAMPLE))
    told = f"{ANALYSIS} {version('pymorphy3-dicts-ru')} {sorted(STOP_WORDS)} {sorted(found.tf.items())}"
    return zlib.crc32(told.encode()) >> 1


def facet_term(facet: str, value: str) -> str:
    return f"{FACET_MARK}{facet}:{clean(value)}"


def facet_terms(document: Document) -> list[str]:
    """The values of a document's facets as terms, each once."""
    every = (facet_term(facet, value) for facet, values in document.facets.items() for value in values)
    return list(dict.fromkeys(every))


def day_number(day: dt.date) -> int:
    """Days are kept as the number of days since 1970."""
    return day.toordinal() - _DAY_NOUGHT


_DAY_NOUGHT = dt.date(1970, 1, 1).toordinal()


@dataclass
class Changes:
    """What becomes otherwise in blocks: (number of a term, block) → place → the new number; 0 is nothing."""

    holders: dict[tuple[int, int], dict[int, int]] = field(default_factory=dict)
    bits: dict[tuple[int, int], dict[int, int]] = field(default_factory=dict)
    columns: dict[tuple[int, int], dict[int, int]] = field(default_factory=dict)

    def hold(self, document: int, often: Mapping[int, int]) -> None:
        block, place = blocks.block_of(document)
        for term, number in often.items():
            self.holders.setdefault((term, block), {})[place] = number

    def mark(self, document: int, terms: Iterable[int], *, bit: int) -> None:
        block, place = blocks.block_of(document)
        for term in terms:
            self.bits.setdefault((term, block), {})[place] = bit

    def note(self, document: int, length: int, day: int) -> None:
        block, place = blocks.block_of(document)
        self.columns.setdefault((blocks.LENGTHS, block), {})[place] = min(length, blocks.MOST)
        self.columns.setdefault((blocks.DAYS, block), {})[place] = day

    def applied(self, kept: Mapping[tuple[int, int], bytes]) -> dict[tuple[int, int], bytes]:
        """The new strings; an empty one is a block with nobody left."""
        return {
            **{key: blocks.changed_holders(kept.get(key, b""), new) for key, new in self.holders.items()},
            **{key: blocks.changed_bits(kept.get(key, b""), new) for key, new in self.bits.items()},
            **{
                key: blocks.changed_column(kept.get(key, b""), new, blocks.COLUMNS[key[0]])
                for key, new in self.columns.items()
            },
        }


def put(writer: Writer, documents: Iterable[Document]) -> None:
    writer.queue_up()
    _mark_when_empty(writer)
    for batch in _batches({document.uuid: document for document in documents}.values()):
        kept = _forget(writer, [document.uuid for document in batch])
        _add(writer, batch, kept)


def forget(writer: Writer, uuids: Iterable[UUID]) -> None:
    writer.queue_up()
    gone = _forget(writer, list(uuids))
    writer.run("DELETE FROM {document} WHERE id = ANY(%(numbers)s)", {"numbers": list(gone.values())})


def replace_all(writer: Writer, documents: Iterable[Document]) -> int:
    writer.queue_up()
    for table in ("block", "term", "word", "document"):
        writer.run(f"DELETE FROM {{{table}}}")
    _mark_when_empty(writer)
    for batch in _batches(documents):
        _add(writer, list({document.uuid: document for document in batch}.values()), {})
    return int(writer.run("SELECT count(*) FROM {document}")[0][0])


def _mark_when_empty(writer: Writer) -> None:
    """An index in which nobody is, is of the present analysis from now on."""
    writer.run(
        "INSERT INTO {term} (term, df) SELECT %(made)s, %(mark)s "
        "WHERE NOT EXISTS (SELECT 1 FROM {term} WHERE term = %(documents)s AND df > 0) "
        "ON CONFLICT (term) DO UPDATE SET df = excluded.df",
        {"made": MADE, "mark": analysis_mark(), "documents": DOCUMENTS},
    )


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _add(writer: Writer, documents: list[Document], kept: Mapping[UUID, int]) -> None:
    """`kept`: numbers of those that were there and lose nothing but their texts."""
    analysed = {document.uuid: analyse(document) for document in documents}
    facets = {document.uuid: facet_terms(document) for document in documents}
    numbers = _write_documents(writer, documents, analysed, kept)
    counted = Counter(term for found in analysed.values() for term in found.tf)
    counted.update(term for terms in facets.values() for term in terms)
    counted[DOCUMENTS] = len(documents)
    counted[LENGTH] = sum(found.length for found in analysed.values())
    terms = _count(writer, "term", "term", counted)
    changes = Changes()
    for document in documents:
        number, found = numbers[document.uuid], analysed[document.uuid]
        changes.hold(number, {terms[term]: often for term, often in found.tf.items()})
        changes.mark(number, [blocks.PRESENT, *(terms[term] for term in facets[document.uuid])], bit=1)
        changes.note(number, found.length, day_number(document.day))
    _write_blocks(writer, changes)
    _count(writer, "word", "word", Counter(word for found in analysed.values() for word in found.words))


def document_row(document: Document, found: Analysed) -> dict[str, Any]:
    """A document as it is kept, by columns."""
    return {
        "uuid": str(document.uuid),
        "title": clean(document.title),
        "texts": {name: clean(text.text) for name, text in document.fields.items()},
        "lemmas": found.lemmas,
        "length": found.length,
        "dated_on": document.day.isoformat(),
    }


def _write_documents(
    writer: Writer, documents: list[Document], analysed: Mapping[UUID, Analysed], kept: Mapping[UUID, int]
) -> dict[UUID, int]:
    rows = [
        {**document_row(document, analysed[document.uuid]), "id": kept.get(document.uuid)}
        for document in documents
    ]
    written = writer.run(
        "INSERT INTO {document} (uuid, title, texts, lemmas, length, dated_on) "
        f"SELECT uuid, title, texts, lemmas, length, dated_on FROM {_GIVEN} WHERE given.id IS NULL "
        "RETURNING uuid, id",
        {"rows": json.dumps([row for row in rows if row["id"] is None], ensure_ascii=False)},
    )
    writer.run(
        "UPDATE {document} kept SET title = given.title, texts = given.texts, lemmas = given.lemmas, "
        f"length = given.length, dated_on = given.dated_on FROM {_GIVEN} WHERE kept.id = given.id",
        {"rows": json.dumps([row for row in rows if row["id"] is not None], ensure_ascii=False)},
    )
    return {**kept, **{UUID(str(uuid)): number for uuid, number in written}}


_GIVEN = (
    "jsonb_to_recordset(%(rows)s::jsonb) AS "
    "given(id bigint, uuid uuid, title text, texts jsonb, lemmas text, length int, dated_on date)"
)


def _count(writer: Writer, table: str, column: str, counted: Counter[str]) -> dict[str, int]:
    """Add to the document counts of terms or words, new ones included; returns their numbers."""
    ordered = sorted(counted.items())
    rows = writer.run(
        f"INSERT INTO {{{table}}} AS kept ({column}, df) SELECT * FROM unnest(%(names)s::text[], "
        "%(counts)s::int[]) "
        f"ON CONFLICT ({column}) DO UPDATE SET df = kept.df + excluded.df RETURNING {column}, id",
        {"names": [name for name, _ in ordered], "counts": [number for _, number in ordered]},
    )
    return dict(rows)


def _write_blocks(writer: Writer, changes: Changes) -> None:
    keys = sorted({**changes.holders, **changes.bits, **changes.columns})
    params: dict[str, Any] = {"terms": [term for term, _ in keys], "blocks": [block for _, block in keys]}
    kept = writer.run(
        "SELECT kept.term_no, kept.block_no, kept.content FROM unnest(%(terms)s::int[], %(blocks)s::int[]) "
        "AS wanted(term_no, block_no) JOIN {block} kept USING (term_no, block_no)",
        params,
    )
    new = changes.applied({(term, block): bytes(content) for term, block, content in kept})
    writer.run(
        "INSERT INTO {block} (term_no, block_no, content) "
        "SELECT * FROM unnest(%(terms)s::int[], %(blocks)s::int[], %(contents)s::bytea[]) "
        "ON CONFLICT (term_no, block_no) DO UPDATE SET content = excluded.content",
        {**params, "contents": [new[key] for key in keys]},
    )
    empty = [key for key in keys if not new[key]]
    writer.run(
        "DELETE FROM {block} USING unnest(%(terms)s::int[], %(blocks)s::int[]) AS gone(term_no, block_no) "
        "WHERE {block}.term_no = gone.term_no AND {block}.block_no = gone.block_no",
        {"terms": [term for term, _ in empty], "blocks": [block for _, block in empty]},
    )


def _forget(writer: Writer, uuids: list[UUID]) -> dict[UUID, int]:
    """Take documents out of the counts and blocks; their rows stay, and their numbers are returned: when new
    texts follow at once, the numbers stay too.
    """
    kept = writer.run(
        "SELECT id, uuid, title, texts, lemmas, length FROM {document} WHERE uuid = ANY(%(uuids)s::uuid[])",
        {"uuids": list(map(str, uuids))},
    )
    if not kept:
        return {}
    held = {row[0]: terms_of_lemmas(row[4]) for row in kept}
    counted = Counter(
        {term: -number for term, number in Counter(term for terms in held.values() for term in terms).items()}
    )
    counted.update({DOCUMENTS: -len(kept), LENGTH: -sum(row[5] for row in kept)})
    # Unused terms stay at df 0: re-indexing needs them again at once, and a search passes them by.
    terms = _count(writer, "term", "term", counted)
    changes = Changes()
    for number, names in held.items():
        changes.hold(number, dict.fromkeys((terms[name] for name in names), 0))
        changes.mark(number, [blocks.PRESENT], bit=0)
        changes.note(number, 0, 0)
    _unmark_values(writer, changes, list(held))
    _write_blocks(writer, changes)
    _uncount_words(writer, Counter(word for row in kept for word in _words_of(row[2], row[3])))
    return {UUID(str(row[1])): row[0] for row in kept}


def terms_of_lemmas(lemmas: str) -> set[str]:
    """Terms of both channels, from the lemmas that a document keeps."""
    words = set(lemmas.split()) - {FIELD_END.strip()}
    return words | {prefix_key(word) for word in words}


def _unmark_values(writer: Writer, changes: Changes, numbers: list[int]) -> None:
    """Take documents out of the values of facets that they have."""
    rows = writer.run(
        "SELECT term.term, term.id, kept.block_no, kept.content FROM {term} term JOIN {block} kept ON "
        "kept.term_no = term.id WHERE term.term >= '=' AND term.term < '>' "
        "AND kept.block_no = ANY(%(blocks)s)",
        {"blocks": sorted({blocks.block_of(number)[0] for number in numbers})},
    )
    counted: Counter[str] = Counter()
    for name, term, block, content in rows:
        for number in numbers:
            at, place = blocks.block_of(number)
            if at == block and bytes(content)[place // 8] >> place % 8 & 1:
                changes.mark(number, [term], bit=0)
                counted[name] -= 1
    if counted:
        _count(writer, "term", "term", counted)


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
