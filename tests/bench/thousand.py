"""A city of 10, of 100 and of 1 000 schools with the real schema, and what each number in it stands beside.

    python -m tests.bench.thousand [SIZE …]
    python -m tests.bench.thousand --pages      (pages alone, in the demo city as it is seeded: some minutes)

Has a PostgreSQL of its own, made for this run and thrown away after it. The demo city is seeded in it, and
grows. Of 1 000 schools the run takes about half an hour and 4 GB of the disk. With `--print` the table is put
into docs/numbers.md.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from deploy.bootstrap import Passwords, bootstrap
from deploy.local.cluster import Cluster
from tests.bench.city.figures import Figure, grown, heard, table
from tests.bench.numbers import print_section
from tests.database import ROOT

SIZES = (10, 100, 1000)
DATABASE = "thousand"
GROWS = 1.5
"""So many times the work of the smallest city may the city's page take: it draws fifty schools instead of
ten, and PostgreSQL sums up a thousand."""
PARTS = ("crowd", "post", "pages", "memory")
"""In this order, after the opening, in a city of each size."""

EXPLAINED = """Each number stands beside its peer of the same run; the aims are those for 1 000 schools.
Opening and deploys are seconds of the clock; `migrate_schemas` is reckoned from 20 schools where there are
more. All else is processor time, of Python and of PostgreSQL. «The shell» is `/s/<code>/more/` of the
same person: a page that has nothing but its frame and its menu."""


OF_PAGES = """The part of the table above that is about pages, alone and in the demo city as it is seeded."""


def main() -> None:
    name, body = pages() if "--pages" in sys.argv else whole()
    sys.stdout.write(f"{body}\n")
    if "--print" in sys.argv:
        print_section(name, body)


def pages() -> tuple[str, str]:
    with city() as environment:
        figures = list(heard(part("pages", environment, str(SIZES[0]))))
        server = server_of(environment)
    return "pages", f"{server}. {OF_PAGES}\n\n{table(figures)}"


def whole() -> tuple[str, str]:
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(SIZES)
    figures: list[Figure] = []
    with city() as environment, tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            figures += measured(size, folder, environment)
        figures += grown(figures, "city's page, of the shell", GROWS)
        server = server_of(environment)
    return "bench", f"{server}. {EXPLAINED}\n\n{table(figures)}"


def server_of(environment: dict[str, str]) -> str:
    """«PostgreSQL 18.6»"""
    with psycopg.connect(environment["TEST_SUPERUSER_DSN"]) as server:
        return f"PostgreSQL {server.info.parameter_status('server_version')}"


def measured(size: int, folder: str, environment: dict[str, str]) -> Iterator[Figure]:
    """Each part is a process of its own: what one has in its memory is no number of another."""
    yield from heard(part("opening", environment, str(size), folder, "--owner"))
    for name in PARTS:
        yield from heard(part(name, environment, str(size)))


def part(name: str, environment: dict[str, str], *arguments: str) -> str:
    """What it has said; its complaints go to the terminal. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-W", "ignore", "-m", f"tests.bench.city.{name}", *arguments]
    sys.stderr.write(f"{name} {arguments[0]}\n")
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


@contextmanager
def city() -> Iterator[dict[str, str]]:
    """The demo city on a server that nobody else uses; afterwards nothing is left of either."""
    place = Path(tempfile.mkdtemp(prefix="estafeta-bench-"))
    place.chmod(0o711)
    server = Cluster("bench", fast=True, place=place)
    server.runner.take(place)
    try:
        yield seeded(server.ensure_running().superuser_dsn)
    finally:
        server.stop()
        shutil.rmtree(place, ignore_errors=True)


def seeded(superuser: str) -> dict[str, str]:
    """The environment of the parts."""
    dsns = bootstrap(superuser, DATABASE, Passwords(owner="owner", app="app"), demo=True)
    urls = {"DATABASE_URL": dsns.app, "DATABASE_OWNER_URL": dsns.owner}
    demo = {
        **os.environ,
        **urls,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEMO": "1",
        "STATIC_PLAIN": "1",
        "SECRET_KEY": "a key of the bench which protects nothing at all",
    }
    for command in ("migrate_all", "demo"):
        sys.stderr.write(f"{command}\n")
        line = [sys.executable, "-W", "ignore", "manage.py", command]
        subprocess.run(line, cwd=ROOT, env=demo, check=True, stdout=subprocess.DEVNULL)
    tests = {f"TEST_{name}": url for name, url in urls.items()}
    return {**os.environ, **tests, "TEST_SUPERUSER_DSN": superuser}


if __name__ == "__main__":
    main()
