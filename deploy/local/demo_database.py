"""The demo city's database on the embedded server: what was done to it already, so that nothing is done twice
or left half done.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from deploy.bootstrap import Dsns, Passwords, bootstrap
from deploy.local import front
from deploy.local.cluster import Cluster
from deploy.local.common import ROOT, say

DATABASE = "estafeta"
CODE = ("config", "portal", "tenants", "registry", "best_practices")


@dataclass
class Done:
    """What was done to the database with this oid (a database dropped by hand has another one)."""

    oid: int
    migrated: str = ""
    seeding: bool = False
    seeded: bool = False
    people: str = ""


class DemoDatabase:
    """Made, migrated and populated once; a population that was interrupted is begun anew."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.note: Path = cluster.data / "estafeta-demo.json"

    def prepare(self, passwords: Passwords) -> Dsns:
        """Start the server, make roles and database. Raises CannotGoOn, Unfit."""
        self.superuser = self.cluster.ensure_running().superuser_dsn
        self._drop_half_populated()
        dsns = bootstrap(self.superuser, DATABASE, passwords, demo=True)
        self.done = self._noted()
        return dsns

    def update(self, manage: Callable[..., str]) -> str:
        """Migrate when the code has changed since, and read the bank anew when it is analysed otherwise now;
        populate when that was not done yet; gives the list of people. Each costs seconds.
        """
        wanted = fingerprint_of_code()
        fresh = self.done.migrated == wanted
        if not fresh:
            say("Обновляю таблицы…")
            manage("migrate_all")
            if self.done.seeded:
                manage("rebuild_index", "--if-old")
        if not self.done.seeded:
            say("Заселяю город…")
            self._write(seeding=True)
            manage("demo")
            self._write(seeding=False, seeded=True)
        if not fresh:
            self._write(people=manage("demo", "--people"), migrated=wanted)
        return self.done.people

    def _drop_half_populated(self) -> None:
        if not self._noted().seeding:
            return
        say("В прошлый раз заселение города прервали на середине; начинаю с пустой базы.")
        with psycopg.connect(self.superuser, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        self.note.unlink()

    def _noted(self) -> Done:
        oid = self._oid()
        try:
            noted = Done(**json.loads(self.note.read_text()))
        except (OSError, ValueError, TypeError):
            return Done(oid)
        return noted if noted.oid == oid else Done(oid)

    def _oid(self) -> int:
        with psycopg.connect(self.superuser, autocommit=True) as server:
            row = server.execute(
                "SELECT oid::bigint FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
        return int(row[0]) if row else 0

    def _write(self, **changed: object) -> None:
        self.done = Done(**(asdict(self.done) | changed))
        self.note.write_text(json.dumps(asdict(self.done)))


def fingerprint_of_code() -> str:
    """Changes whenever tables or rights on them might."""
    found = (path for room in CODE for path in (ROOT / room).rglob("*.py"))
    return front.fingerprint([ROOT / "uv.lock", *sorted(found)])
