"""The embedded PostgreSQL: `python -m deploy.local.postgres start|stop|status|psql [--fast]`.

Two servers may live side by side: the demo's (`.local/pg`, data survive anything) and the tests' (`--fast`,
`.local/pg-test`).
"""

import argparse
import os
import sys

from deploy.local.cluster import Cluster, Server
from deploy.local.common import CannotGoOn, complain, say


def cluster(*, fast: bool = False) -> Cluster:
    """The demo's server, or the tests' one."""
    return Cluster("pg-test" if fast else "pg", fast=fast)


def ensure_running(*, fast: bool = False) -> Server:
    """Make, start or find the embedded server. Raises CannotGoOn with a sentence for the person at the
    terminal.
    """
    return cluster(fast=fast).ensure_running()


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.postgres")
    parser.add_argument("verb", choices=("start", "stop", "status", "psql"))
    parser.add_argument("database", nargs="?", default="estafeta", help="только для psql")
    parser.add_argument("--fast", action="store_true", help="сервер тестов")
    asked = parser.parse_args(arguments)
    try:
        there = cluster(fast=asked.fast)
        if asked.verb == "psql":
            return _psql(there, asked.database)
        return {"start": _start, "stop": _stop, "status": _status}[asked.verb](there)
    except CannotGoOn as error:
        return complain(error)


def _start(asked: Cluster) -> int:
    server = asked.ensure_running()
    asked.kept.touch()
    say(
        f"PostgreSQL {'запущен' if server.started else 'уже работает'}: {server.host}:{server.port}, данные "
        f"в {asked.data}"
    )
    return 0


def _stop(asked: Cluster) -> int:
    asked.kept.unlink(missing_ok=True)
    say("PostgreSQL остановлен." if asked.stop() else "PostgreSQL и так не работал.")
    return 0


def _status(asked: Cluster) -> int:
    running = asked.is_running()
    say(f"PostgreSQL {'работает' if running else 'не работает'}; данные в {asked.data}")
    return 0 if running else 3


def _psql(asked: Cluster, database: str) -> int:
    dsn = asked.ensure_running().superuser_dsn.rsplit("/", 1)[0]
    os.execv(asked.binaries / "psql", ["psql", f"{dsn}/{database}"])


if __name__ == "__main__":
    sys.exit(main())
