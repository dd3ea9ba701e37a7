"""What a second engine has to learn: written in the transaction of the change itself, taken in order by
`following`. The table is `portal.search.models.IndexedChange`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections, models

from portal.core import clock


class Waiting(NamedTuple):
    """What the second engine does not know yet: how many are new or changed, and which are withdrawn."""

    changed: int
    removed: tuple[UUID, ...]

    @property
    def number(self) -> int:
        """How many documents the engine does not know as they are."""
        return self.changed + len(self.removed)


class Change(NamedTuple):
    """A row of the outbox."""

    uuid: UUID
    version: int
    is_removed: bool


@dataclass(frozen=True)
class Outbox:
    """The changes of one index. `note` belongs into the transaction of the change."""

    table: type[models.Model]
    using: str

    def note(self, uuids: Iterable[UUID], *, is_removed: bool, above: int = 0) -> None:
        """Each of them has changed. `above`: a version that an engine holds and that ours must outgrow.

        Versions are not below the present microsecond: a database that was restored gives none that an engine
        has seen with another text.
        """
        named = sorted(map(str, uuids))
        if not named:
            return
        self.lock()
        self._run(
            "INSERT INTO {change} AS kept (uuid, version, is_waiting, is_removed) "
            "SELECT given.uuid, greatest(%(above)s, (SELECT coalesce(max(version), 0) FROM {change})) "
            "+ given.place, true, %(is_removed)s "
            "FROM unnest(%(uuids)s::uuid[]) WITH ORDINALITY AS given(uuid, place) "
            "ON CONFLICT (uuid) DO UPDATE SET version = excluded.version, is_waiting = true, "
            "is_removed = excluded.is_removed",
            {"uuids": named, "is_removed": is_removed, "above": max(above, _microseconds())},
        )

    def renew(self, uuids: Collection[UUID]) -> None:
        """All of these are sent again, and nothing else stands. Called while nobody writes the index."""
        self.note(uuids, is_removed=False)
        self.note(self.standing().difference(uuids), is_removed=True)

    def lock(self) -> None:
        """Versions are given one transaction after another."""
        self._run(
            "SELECT pg_advisory_xact_lock(hashtextextended(%(name)s, 0))",
            {"name": "outbox:" + self.table._meta.db_table},
        )

    def waiting(self) -> Waiting:
        """Asked with every question: an index of what waits answers it."""
        [(changed, removed)] = self._run(
            "SELECT count(*) FILTER (WHERE NOT is_removed), array_agg(uuid) FILTER (WHERE is_removed) "
            "FROM {change} WHERE is_waiting"
        )
        return Waiting(changed, tuple(UUID(str(uuid)) for uuid in removed or ()))

    def first(self, most: int) -> list[Change]:
        """What waits longest."""
        rows = self._rows.filter(is_waiting=True).order_by("version")[:most]
        return [Change(*row) for row in rows.values_list("uuid", "version", "is_removed")]

    def kept_after(self, uuid: UUID | None, most: int) -> list[Change]:
        """All documents that stand, by uuid."""
        rows = self._rows.filter(is_removed=False).order_by("uuid")
        rows = rows.filter(uuid__gt=uuid) if uuid else rows
        return [Change(*row) for row in rows.values_list("uuid", "version", "is_removed")[:most]]

    def known(self) -> set[UUID]:
        """Every document that ever stood."""
        return set(self._rows.values_list("uuid", flat=True))

    def confirmed(self) -> list[Change]:
        """All rows that do not wait."""
        rows = self._rows.filter(is_waiting=False)
        return [Change(*row) for row in rows.values_list("uuid", "version", "is_removed")]

    def standing(self) -> set[UUID]:
        """All documents that are not withdrawn."""
        return set(self._rows.filter(is_removed=False).values_list("uuid", flat=True))

    def confirm(self, changes: Sequence[Change]) -> None:
        """The engine shows these. What has changed since then goes on waiting."""
        self._run(
            "UPDATE {change} kept SET is_waiting = false "
            "FROM unnest(%(uuids)s::uuid[], %(versions)s::bigint[]) AS given(uuid, version) "
            "WHERE kept.uuid = given.uuid AND kept.version = given.version",
            {
                "uuids": [str(one.uuid) for one in changes],
                "versions": [one.version for one in changes],
            },
        )

    @property
    def _rows(self) -> models.QuerySet[Any]:
        return self.table._default_manager.using(self.using)

    def _run(self, statement: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        table = connections[self.using].ops.quote_name(self.table._meta.db_table)
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement.format(change=table), params or {})
            return list(cursor.fetchall()) if cursor.description else []


def _microseconds() -> int:
    return int(clock.now().timestamp() * 1_000_000)
