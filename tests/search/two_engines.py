"""Both engines over one small bank, for the tests of what happens when they part."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from elasticsearch import Elasticsearch

from portal.search.elastic.both import TwoEngines
from portal.search.elastic.engine import ElasticReader
from portal.search.elastic.following import Follower
from portal.search.elastic.node import Indices
from portal.search.elastic.outbox import Outbox
from portal.search.elastic.standing import Breaker
from portal.search.engine import Document, Found, Query
from portal.search.postgres import PostgresEngine
from tests.search.documents import document
from tests.search.elastic_node import Node
from tests.search.tables import ProbeChange

WORDS = ("хор", "маятник", "робот", "гербарий", "театр", "шахматы", "лыжи", "музей")
WORTH = "наставник"
"""Every document has it."""


@dataclass(frozen=True)
class Asked(ElasticReader):
    """Counts what Elasticsearch was asked and what it answered."""

    tried: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)

    def search(self, query: Query, gone: Sequence[uuid.UUID] = ()) -> Found:
        self.tried.append(query.text)
        try:
            found = super().search(query, gone)
        except Exception as trouble:
            self.troubles.append(trouble)
            raise
        self.answered.append(query.text)
        return found


def forget(client: Elasticsearch, name: str) -> None:
    """Take the indices of a collection off."""
    client = client.options(request_timeout=30)
    for index in client.indices.get(index=f"{name}-*"):
        client.indices.delete(index=index)


@dataclass
class Town:
    """A bank of documents, the engine over it, and what follows."""

    engine: TwoEngines
    follower: Follower
    reader: Asked
    client: Elasticsearch
    standing: dict[uuid.UUID, Document]
    now: float = 0.0

    def __post_init__(self) -> None:
        self.engine.breaker = Breaker(clock=lambda: self.now)

    def put(self, *given: Document) -> None:
        self.standing |= {one.uuid: one for one in given}
        self.engine.index(given)

    def withdraw(self, one: Document) -> None:
        del self.standing[one.uuid]
        self.engine.remove([one.uuid])

    def found(self, text: str = WORTH) -> set[uuid.UUID]:
        """Both engines say the same of it: what is found, how many there are, how many of each value."""
        query = Query(text, limit=200)
        found, here = self.engine.search(query), self.engine.postgres.search(query)
        uuids = {hit.uuid for hit in found.hits}
        assert (found.total, found.whole, found.facets) == (here.total, here.whole, here.facets)
        assert found.total == len(uuids)
        assert uuids == {hit.uuid for hit in here.hits}
        return uuids

    def forget(self) -> None:
        forget(self.client, self.reader.alias)

    def is_asked(self) -> bool:
        """Whether Elasticsearch has answered a question of now."""
        before = len(self.reader.answered)
        self.found()
        return len(self.reader.answered) > before


@dataclass
class Followed(TwoEngines):
    """Elasticsearch learns of each write at once, so it answers every question."""

    follower: Follower | None = None

    def index(self, documents: Iterable[Document]) -> None:
        given = list(documents)
        super().index(given)
        self._standing.update({one.uuid: one for one in given})
        self._follow()

    def remove(self, uuids: Iterable[uuid.UUID]) -> None:
        super().remove(uuids)
        self._follow()

    def rebuild(self, documents: Iterable[Document]) -> int:
        given = list(documents)
        self._standing.update({one.uuid: one for one in given})
        total = super().rebuild(given)
        self._follow()
        return total

    def __post_init__(self) -> None:
        self._standing: dict[uuid.UUID, Document] = {}

    def _follow(self) -> None:
        assert self.follower
        self.follower.follow()

    @property
    def asked(self) -> Asked:
        assert isinstance(self.reader, Asked)
        return self.reader

    def forget(self) -> None:
        assert self.reader
        forget(self.reader.client, self.reader.alias)

    def source(self, uuids: Sequence[uuid.UUID]) -> Iterable[Document]:
        return [self._standing[one] for one in uuids if one in self._standing]


def followed(postgres: PostgresEngine, node: Node) -> Followed:
    """An engine for the tests of any engine."""
    client, name = node.client(10), f"followed-{uuid.uuid4().hex}"
    outbox = Outbox(ProbeChange, "default")
    made = Followed(postgres, outbox, Asked(postgres, client, name))
    made.follower = Follower(Indices(client, name), outbox, postgres.document, made.source)
    return made


def practices(number: int) -> list[Document]:
    return [
        replace(
            document(
                f"{WORTH} ведёт кружок: {WORDS[nth % len(WORDS)]}",
                title=f"Практика {nth}",
                level=[str(nth % 3)],
            ),
            day=dt.date(2026, 1, 1) + dt.timedelta(days=nth),
        )
        for nth in range(number)
    ]


def town(postgres: PostgresEngine, node: Node, number: int = 10, seconds: float = 10) -> Town:
    """With so many practices, and an index of Elasticsearch that knows them. `seconds`: after which a
    question is too slow; a node that was just started takes its time.
    """
    return town_by(postgres, node.client(seconds), f"town-{uuid.uuid4().hex}", number)


def town_by(postgres: PostgresEngine, client: Elasticsearch, name: str, number: int = 10) -> Town:
    """By this client, with the indices of this name."""
    outbox, standing = Outbox(ProbeChange, "default"), dict[uuid.UUID, Document]()

    def source(uuids: Sequence[uuid.UUID]) -> Iterable[Document]:
        return [standing[one] for one in uuids if one in standing]

    reader = Asked(postgres, client, name)
    engine = TwoEngines(postgres, outbox, reader)
    made = Town(
        engine, Follower(Indices(client, name), outbox, postgres.document, source), reader, client, standing
    )
    made.put(*practices(number))
    made.follower.follow()
    return made
