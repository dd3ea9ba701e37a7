"""Where Elasticsearch is, and the indices of one collection there: the one that is asked stands behind
`<name>`, the one that is being written behind `<name>-write`; they differ while a new one is built aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from portal.search.elastic import mapping
from portal.search.elastic.outbox import Change

SECONDS_TO_WRITE = 30
CONFLICT, ABSENT = 409, 404


class NotTaken(Exception):
    """The node has refused to write: read-only, a full disk, red."""


@dataclass(frozen=True)
class Indices:
    """The indices of one collection."""

    client: Elasticsearch
    name: str
    replicas: int = 0

    @property
    def writer(self) -> str:
        return f"{self.name}-write"

    def behind(self, alias: str) -> str | None:
        """The index behind an alias."""
        if not self._patient.indices.exists_alias(name=alias):
            return None
        return str(next(iter(self._patient.indices.get_alias(name=alias))))

    @property
    def targets(self) -> list[str]:
        """Every index that has to learn of a change."""
        found = (self.behind(alias) for alias in (self.name, self.writer))
        return sorted({index for index in found if index})

    def begin(self) -> tuple[str, Mapping[str, Any]]:
        """The index being built aside and how far it is: the one that was begun, or a new one."""
        here, aside = self.behind(self.name), self.behind(self.writer)
        if aside and aside != here:
            kept = self._patient.indices.get_mapping(index=aside)[aside]["mappings"]
            if kept.get("_meta", {}).get("form") == mapping.FORM:
                return aside, kept["_meta"]
        made = self._next_name((here, aside))
        self._patient.indices.create(
            index=made, settings=mapping.settings(self.replicas), mappings=mapping.mappings()
        )
        moves: list[Mapping[str, Any]] = [{"add": {"index": made, "alias": self.writer}}]
        if aside:
            moves.insert(0, {"remove": {"index": aside, "alias": self.writer}})
        self._patient.indices.update_aliases(actions=moves)
        if aside and aside != here:
            self._patient.indices.delete(index=aside)
        return made, {}

    def _next_name(self, taken: Iterable[str | None]) -> str:
        """An index whose name was left by somebody who was killed before its alias was made is dropped."""
        numbers = [int(name.rsplit("-", 1)[1]) for name in taken if name]
        made = f"{self.name}-{max(numbers, default=0) + 1:06d}"
        self._patient.indices.delete(index=made, ignore_unavailable=True)
        return made

    def note_progress(self, index: str, after: UUID, done: int) -> None:
        """Kept in the index itself: whoever goes on with it finds it there, and it is gone with it."""
        self._patient.indices.put_mapping(
            index=index, meta={"form": mapping.FORM, "after": str(after), "done": done}
        )

    def swap(self, made: str) -> None:
        """From one question to the next all ask the new index; the old one is dropped. Nothing is done when
        somebody who built the same one beside us has swapped it already, or has begun another.
        """
        here = self.behind(self.name)
        if here == made or self.behind(self.writer) != made:
            return
        moves: list[Mapping[str, Any]] = [{"add": {"index": made, "alias": self.name}}]
        if here:
            moves.insert(0, {"remove": {"index": here, "alias": self.name}})
        self._patient.indices.update_aliases(actions=moves)
        if here:
            self._patient.indices.delete(index=here)

    def write(self, index: str, sent: Iterable[tuple[Change, Mapping[str, Any] | None]]) -> None:
        """Documents with their versions; None takes one away. What is there already, newer or equal, stays.
        Raises NotTaken.
        """
        actions = [
            {
                "_op_type": "index" if body else "delete",
                "_index": index,
                "_id": str(change.uuid),
                "version": change.version,
                "version_type": "external",
                **({"_source": body} if body else {}),
            }
            for change, body in sent
        ]
        for is_done, said in streaming_bulk(self._patient, actions, raise_on_error=False):
            [answer] = said.values()
            if not is_done and answer["status"] not in (CONFLICT, ABSENT):
                raise NotTaken(str(answer)[:500])
            if answer["status"] == ABSENT and "error" in answer:
                raise NotTaken(str(answer)[:500])

    def show(self, index: str) -> None:
        """From now on what was written is found and what was taken away is not."""
        self._patient.indices.refresh(index=index)

    def tidy(self) -> None:
        """What was taken away counts among the frequencies of words until its segment is written anew."""
        self._patient.indices.forcemerge(
            index=self.name, only_expunge_deletes=True, wait_for_completion=False
        )

    @property
    def _patient(self) -> Elasticsearch:
        """Nobody waits for a writer: it tries the other nodes too. What is written twice is written once."""
        return self.client.options(request_timeout=SECONDS_TO_WRITE, max_retries=3)
