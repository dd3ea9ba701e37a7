"""How an index of Elasticsearch follows the database: changes in their order, each confirmed when it is
shown; a new index built aside; and every night both sides compared.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections, models, transaction
from elasticsearch.helpers import scan

from portal.search.elastic.mapping import body_of
from portal.search.elastic.node import Indices
from portal.search.elastic.outbox import Change, Outbox
from portal.search.engine import Document

log = logging.getLogger("estafeta.search")
BATCH = 500
LEAP = 1_000
"""What was deleted by hand is remembered with a version that nobody can ask for: what mends it leaps over."""
Source = Callable[[Sequence[UUID]], Iterable[Document]]
"""The documents of these uuids as they stand in the database."""
Told = Callable[[int, int], None]
"""Hears how many documents of how many are done."""


class Mended(NamedTuple):
    """What a comparison has found: how many documents stand, and how many of them the index lacked, had in
    another version, or had though they are withdrawn.
    """

    standing: int
    absent: int
    other: int
    withdrawn: int


@dataclass(frozen=True)
class Follower:
    """One index, the outbox of its changes, and where documents come from. `numbers`: the table of
    PostgreSQL's index, whose ids order equals.
    """

    indices: Indices
    outbox: Outbox
    numbers: type[models.Model]
    source: Source

    def follow(self) -> int:
        """Send what waits; builds the index when there is none. Returns how many changes were sent. Raises
        NotTaken and what the client raises: then everything goes on waiting.
        """
        if not self.indices.behind(self.indices.name):
            self.rebuild()
        sent = 0
        while some := self._send_some():
            sent += some
        return sent

    def _send_some(self) -> int:
        with transaction.atomic(using=self.outbox.using):
            self._alone()
            changes = self.outbox.first(BATCH)
            if changes:
                bodies = self._bodies(changes)
                for index in self.indices.targets:
                    self.indices.write(index, bodies)
                    self.indices.show(index)
                self.outbox.confirm(changes)
        return len(changes)

    def rebuild(self, told: Told = lambda done, of: None) -> int:
        """Make the index anew aside, then ask it instead of the old one. Killed, it goes on where it was.
        Meanwhile changes are sent to both. Returns how many documents were sent in all.
        """
        self._adopt()
        with transaction.atomic(using=self.outbox.using):
            self._alone()
            made, kept = self.indices.begin()
            standing = len(self.outbox.standing())
        after, done = kept.get("after"), int(kept.get("done", 0))
        while changes := self.outbox.kept_after(UUID(after) if after else None, BATCH):
            self.indices.write(made, self._bodies(changes))
            after, done = str(changes[-1].uuid), done + len(changes)
            self.indices.note_progress(made, changes[-1].uuid, done)
            told(done, standing)
        with transaction.atomic(using=self.outbox.using):
            self._alone()
            self.indices.show(made)
            self.indices.swap(made)
        return done

    def reconcile(self) -> Mended:
        """Compare every document of both sides and mend what differs."""
        if not self.indices.behind(self.indices.name):
            self.rebuild()
        self._adopt()
        with transaction.atomic(using=self.outbox.using):
            self._alone()
            found = {
                UUID(hit["_id"]): int(hit["_version"])
                for hit in scan(
                    self.indices.client.options(request_timeout=60),
                    index=self.indices.name,
                    query={"query": {"match_all": {}}, "version": True},
                    size=5_000,
                )
            }
            mended = self._mend(found)
        self.follow()
        self.indices.tidy()
        if any(mended[1:]):
            log.warning("the index of Elasticsearch was mended", extra=mended._asdict())
        return mended

    def _mend(self, found: dict[UUID, int]) -> Mended:
        """Rows that wait are sent anyway, whatever the index has."""
        self.outbox.lock()
        settled = {row.uuid: row for row in self.outbox.confirmed()}
        gone = {uuid for uuid, row in settled.items() if row.is_removed}
        absent = settled.keys() - gone - found.keys()
        withdrawn = (found.keys() & gone) | (found.keys() - self.outbox.known())
        other = {
            uuid
            for uuid, row in settled.items()
            if uuid in found.keys() - withdrawn and found[uuid] != row.version
        }
        highest = max([*found.values(), *(row.version for row in settled.values())], default=0) + LEAP
        self.outbox.note(absent | other, is_removed=False, above=highest)
        self.outbox.note(withdrawn, is_removed=True, above=highest)
        return Mended(len(self.outbox.standing()), len(absent), len(other), len(withdrawn))

    def _adopt(self) -> None:
        """Documents that stand in PostgreSQL's index and of which the outbox knows nothing, and the other way
        round. Nobody publishes between the two looks.
        """
        with transaction.atomic(using=self.outbox.using):
            self.outbox.lock()
            standing = self.outbox.standing()
            rows = self.numbers._default_manager.using(self.outbox.using)
            indexed = set(rows.values_list("uuid", flat=True))
            self.outbox.note(indexed - standing, is_removed=False)
            self.outbox.note(standing - indexed, is_removed=True)

    def _bodies(self, changes: Sequence[Change]) -> list[tuple[Change, Mapping[str, Any] | None]]:
        """Texts are read after their versions: never an old text under a new version."""
        standing = [change.uuid for change in changes if not change.is_removed]
        documents = {document.uuid: document for document in self.source(standing)}
        rows = self.numbers._default_manager.using(self.outbox.using).filter(uuid__in=standing)
        numbers = dict(rows.values_list("uuid", "id"))
        return [
            (
                change,
                body_of(documents[change.uuid], numbers[change.uuid])
                if change.uuid in documents and change.uuid in numbers
                else None,
            )
            for change in changes
        ]

    def _alone(self) -> None:
        """One at a time sends changes, begins an index or swaps it: aliases do not move under a batch."""
        with connections[self.outbox.using].cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"follow:{self.indices.name}"]
            )
