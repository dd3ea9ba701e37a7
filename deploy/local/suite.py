"""`make test`: the suite on a PostgreSQL of its own. `--binaries` takes another PostgreSQL (CI: Debian's one)
in a throwaway folder.

`--covered` measures what of the code is run, for `make coverage` (tests/bench/covered.py).

`python -m deploy.local.suite [--binaries /usr/lib/postgresql/15/bin] [--covered] [pytest's arguments]`
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.cluster import Cluster
from deploy.local.common import ROOT, CannotGoOn, complain, say
from deploy.local.postgres import cluster
from deploy.local.service_user import runner

USUAL = ["-n", os.environ.get("TEST_PROCESSES", "2"), "--dist", "worksteal", "--durations=20"]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.suite")
    parser.add_argument("--binaries", type=Path, help="папка с программами другого PostgreSQL")
    parser.add_argument("--covered", action="store_true", help="измерить, что из кода выполнено")
    asked, rest = parser.parse_known_args(arguments)
    try:
        with _superuser_dsn(asked.binaries) as dsn:
            return _pytest(dsn, rest, covered=asked.covered)
    except CannotGoOn as error:
        return complain(error)


def _pytest(dsn: str, arguments: list[str], *, covered: bool) -> int:
    """Nothing of a working installation reaches the tests: its addresses are taken out of the environment."""
    kept = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    tools = Path(sys.executable).parent
    env = kept | {"TEST_SUPERUSER_DSN": dsn, "PATH": f"{tools}{os.pathsep}{kept.get('PATH', '')}"}
    command = ["pytest", *USUAL, *arguments]
    if covered:
        shutil.rmtree(ROOT / ".local" / "coverage", ignore_errors=True)
        command = ["coverage", "run", "-m", "pytest", "-p", "tests.tracing", *USUAL, *arguments]
    return subprocess.call([sys.executable, "-m", *command], cwd=ROOT, env=env)


@contextmanager
def _superuser_dsn(binaries: Path | None) -> Iterator[str]:
    """A given server, a throwaway one of other programs, or the embedded one: stopped at the end if we have
    started it.
    """
    given = os.environ.get("TEST_DATABASE_SUPERUSER_URL")
    if given and not binaries:
        yield given
    elif binaries:
        with throwaway(binaries) as other, _running(other) as dsn:
            yield dsn
    else:
        with _running(cluster(fast=True)) as dsn:
            yield dsn


@contextmanager
def _running(asked: Cluster) -> Iterator[str]:
    server = asked.ensure_running()
    say(f"PostgreSQL {asked.major()} для тестов: {server.host}:{server.port}")
    try:
        yield server.superuser_dsn
    finally:
        if server.started:
            asked.stop()


@contextmanager
def throwaway(binaries: Path | None = None, *, fast: bool = True) -> Iterator[Cluster]:
    """A server in a temporary folder, gone at the end."""
    place = Path(tempfile.mkdtemp(prefix="estafeta-"))
    place.chmod(0o711 if runner().uid is not None else 0o700)
    asked = Cluster("throwaway", fast=fast, binaries=binaries, place=place)
    try:
        yield asked
    finally:
        asked.stop()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
