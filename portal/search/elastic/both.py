"""One engine for a room, two behind it. PostgreSQL is written always and can always answer; Elasticsearch,
where it is installed, answers while it knows all that PostgreSQL knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from portal.search.alike import Alike
from portal.search.elastic.outbox import Outbox
from portal.search.elastic.standing import Breaker
from portal.search.engine import Document, Found, Query
from portal.search.postgres import PostgresEngine

if TYPE_CHECKING:
    from portal.search.elastic.engine import ElasticReader

MOST_WITHDRAWN = 500
"""So many uuids may stand in a question; with more of them PostgreSQL answers."""


@dataclass
class TwoEngines:
    """Implements `engine.Engine`. `reader` is None where there is no Elasticsearch; the outbox is written all
    the same, so it can be added any day.
    """

    postgres: PostgresEngine
    outbox: Outbox
    reader: ElasticReader | None = None
    breaker: Breaker = field(default_factory=Breaker)

    def index(self, documents: Iterable[Document]) -> None:
        given = list(documents)
        with transaction.atomic(using=self.postgres.using):
            self.postgres.index(given)
            self.outbox.note({document.uuid for document in given}, is_removed=False)

    def remove(self, uuids: Iterable[UUID]) -> None:
        given = set(uuids)
        with transaction.atomic(using=self.postgres.using):
            self.postgres.remove(given)
            self.outbox.note(given, is_removed=True)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """The numbers of all documents change, so all of them are sent again."""
        with transaction.atomic(using=self.postgres.using):
            total = self.postgres.rebuild(documents)
            rows = self.postgres.document._default_manager.using(self.postgres.using)
            self.outbox.renew(set(rows.values_list("uuid", flat=True)))
        return total

    @property
    def name(self) -> str:
        """Who answers the questions of this process now, for the operator."""
        if self.reader is None or self.breaker.is_open or self.outbox.waiting().changed:
            return "postgresql"
        return "elasticsearch"

    @property
    def waiting(self) -> int:
        """How many changes Elasticsearch has not heard of, for the operator; where there is none, none."""
        return self.outbox.waiting().number if self.reader else 0

    def suggest(self, text: str, limit: int = 8) -> list[str]:
        return self.postgres.suggest(text, limit)

    def similar(self, document: Document, limit: int) -> list[Alike]:
        """By PostgreSQL always: it knows at once what was withdrawn."""
        return self.postgres.similar(document, limit)

    def search(self, query: Query) -> Found:
        """By Elasticsearch if it can, else by PostgreSQL, and nobody who asks sees which."""
        if self.reader is None:
            return self.postgres.search(query)
        waiting = self.outbox.waiting()
        if waiting.changed or len(waiting.removed) > MOST_WITHDRAWN or not self.breaker.may_ask():
            return self.postgres.search(query)
        from portal.search.elastic.engine import TROUBLES

        try:
            found = self.reader.search(query, waiting.removed)
        except TROUBLES as trouble:
            self.breaker.failed(trouble)
            return self.postgres.search(query)
        self.breaker.went_well()
        return found
