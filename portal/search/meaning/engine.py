"""Search with meaning over any engine, and whatever lies nearest where words say nothing.

Where it is not installed, or does not answer in time, the engine's own answer is given and nobody is told.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from secrets import token_bytes
from threading import Lock
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db.models import Model, QuerySet

from portal.search.engine import BY_FIT, Document, Found, Query
from portal.search.meaning import mixing, vectors
from portal.search.meaning.installed import is_wanted
from portal.search.meaning.maker import MAKER, Maker
from portal.search.meaning.mixing import FIRST
from portal.search.meaning.vectors import Vector
from portal.search.postgres import PostgresEngine
from portal.search.text import content_tokens

LOOKED_AT = 5_000
"""So many vectors, the last made first, are looked through where no words lead to a document."""
NEAR_ENOUGH = 0.84
"""What is farther has nothing to do with a question: nine of ten good answers are nearer, nineteen of twenty
of the nearest strange texts are not (docs/adr/0048).
"""


class Asks(Protocol):
    """An engine whose texts are in PostgreSQL."""

    @property
    def postgres(self) -> PostgresEngine: ...

    def search(self, query: Query) -> Found: ...


class Learnt(NamedTuple):
    """What is kept of a document."""

    mark: str
    vectors: bytes


@dataclass(eq=False)
class Kept:
    """Vectors of the last questions of this process, so that the next page of an answer is of the same order
    and costs nothing. Questions themselves are not kept: only their hashes by a key that dies with the
    process.
    """

    most: int = 256
    _key: bytes = field(default_factory=lambda: token_bytes(32))
    _vectors: OrderedDict[bytes, Vector] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, text: str, maker: Maker) -> Vector | None:
        name = blake2b(text.encode(errors="replace"), key=self._key).digest()
        with self._lock:
            if name in self._vectors:
                self._vectors.move_to_end(name)
                return self._vectors[name]
        vector = maker.of_question(text)
        if vector is not None:
            with self._lock:
                self._vectors[name] = vector
                while len(self._vectors) > self.most:
                    self._vectors.popitem(last=False)
        return vector


@dataclass(eq=False)
class Seen:
    """Vectors of documents that this process has looked through are read from the database once: under the
    mark of their text, which makes them what they are. Which documents stand is asked each time, and what
    does not stand any more leaves the memory with the next question. Of published documents only.
    """

    _vectors: Mapping[str, bytes] = field(default_factory=dict)

    def standing(self, rows: QuerySet[Any]) -> dict[UUID, bytes]:
        """The vectors of the first documents of `rows`, in their order."""
        marks = dict(rows.values_list("uuid", "mark")[:LOOKED_AT])
        before = self._vectors
        unread = [uuid for uuid, mark in marks.items() if mark not in before]
        read = rows.filter(uuid__in=unread).values_list("mark", "vectors") if unread else ()
        known = {**before, **{mark: bytes(kept) for mark, kept in read}}
        found = {uuid: known[mark] for uuid, mark in marks.items() if mark in known}
        self._vectors = {marks[uuid]: kept for uuid, kept in found.items()}
        return found


@dataclass(eq=False)
class Meaning:
    """The engine of a room, and its table of vectors (a subclass of `IndexedMeaning`)."""

    engine: Asks
    table: type[Model]
    maker: Maker = MAKER
    kept: Kept = field(default_factory=Kept)
    seen: Seen = field(default_factory=Seen)
    share: float = mixing.MEANING

    def search(self, query: Query) -> Found:
        """As the engine's own; of the first answers the order is the common one."""
        if not is_wanted() or query.order != BY_FIT or query.by_words:
            return self.engine.search(query)
        if not query.text.strip():
            self.maker.begin()
            return self.engine.search(query)
        if query.offset >= FIRST:
            return self.engine.search(query)
        head = self.engine.search(replace(query, offset=0, limit=FIRST, is_bare=True))
        if head.understood.is_empty:  # no words, or only excluded ones: the catalogue has its own order
            return self.engine.search(query)
        question = self.kept.of(meant(head, query.text), self.maker) if len(head.hits) > 1 else None
        if question is None:
            hits = list(head.hits)
        else:
            near = self._near(question, [hit.uuid for hit in head.hits])
            hits = mixing.mixed(head.hits, head.whole, near, self.share)
        page = hits[query.offset : query.offset + query.limit]
        shown = self.engine.postgres.shown(page, head.asked) if head.asked else []
        if (left := query.offset + query.limit - FIRST) > 0 and head.total > FIRST:
            tail = replace(query, offset=FIRST, limit=left, counts_facets=False)
            shown += self.engine.search(tail).hits
        return replace(head, hits=shown, without_meaning=question is None and len(head.hits) > 1)

    def nearest(self, text: str, most: int, *, is_kept: bool = False) -> list[UUID]:
        """The documents nearest to a text, if they are near enough; none where there is no meaning here, or
        not in time. `is_kept`: the vector may stay in memory for a while; never of what is said of a person.
        """
        if not is_wanted() or not content_tokens(text):
            return []
        question = self.kept.of(text, self.maker) if is_kept else self.maker.of_question(text)
        if question is None:
            return []
        standing = self.seen.standing(self._rows().order_by("-id"))
        near = vectors.nearness(list(standing.values()), question)
        found = sorted(
            ((one, uuid) for one, uuid in zip(near, standing, strict=True) if one >= NEAR_ENOUGH),
            reverse=True,
        )
        return [uuid for _, uuid in found[:most]]

    def unlearned(self, documents: Iterable[Document]) -> list[Document]:
        """Documents whose present text has no vectors by the present model."""
        given = list(documents)
        marks = {one.uuid: vectors.mark_of(vectors.parts_of(one)) for one in given}
        rows = self._rows().filter(uuid__in=list(marks)).values_list("uuid", "mark")
        known = {uuid for uuid, mark in rows if marks[uuid] == mark}
        return [one for one in given if one.uuid not in known]

    def made(self, document: Document) -> Learnt:
        """The vectors of a document, newly made. Raises NoVectorError."""
        parts = vectors.parts_of(document)
        return Learnt(vectors.mark_of(parts), vectors.packed([self.maker.of_part(part) for part in parts]))

    def keep(self, uuid: UUID, made: Learnt) -> None:
        self._rows().update_or_create(uuid=uuid, defaults=made._asdict())

    def forget(self, uuids: Iterable[UUID]) -> None:
        """In the transaction that withdraws or changes a document."""
        self._rows().filter(uuid__in=list(uuids)).delete()

    def _rows(self) -> QuerySet[Any]:
        return self.table._default_manager.using(self.engine.postgres.using)

    def _near(self, question: Vector, uuids: Sequence[UUID]) -> Mapping[UUID, float]:
        rows = list(self._rows().filter(uuid__in=uuids).values_list("uuid", "vectors"))
        near = vectors.nearness([bytes(kept) for _, kept in rows], question)
        return dict(zip((uuid for uuid, _ in rows), map(float, near), strict=True))


def meant(found: Found, text: str) -> str:
    """The question as it was understood: in its letters, with its words mended."""
    text = found.understood.layout_fixed or text
    for typed, words in found.understood.corrected.items():
        if words and words[0] != typed:
            text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", words[0], text, flags=re.IGNORECASE)
    return text
