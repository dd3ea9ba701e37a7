"""Databases of the tests: one template per state of the migrations, one cheap clone per worker or per test
that commits.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlparse
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
NAME = f"estafeta_test_{os.environ.get('PYTEST_XDIST_TESTRUNUID', str(os.getpid()))[:8]}_{WORKER}"
APP, OWNER = ("estafeta_app", "app"), ("estafeta_owner", "owner")  # a server of tests guards nothing


def scratch(name: str) -> str:
    """A folder of this run that nobody else uses."""
    return str(Path(tempfile.gettempdir()) / f"{NAME}_{name}")


def superuser_dsn() -> str:
    """The server of the tests: the one given, else the embedded one (started when needed)."""
    given = os.environ.get("TEST_SUPERUSER_DSN")
    if given is None:
        from deploy.local.postgres import ensure_running

        given = os.environ["TEST_SUPERUSER_DSN"] = ensure_running(fast=True).superuser_dsn
    return given


def _url(login: tuple[str, str], database: str) -> str:
    where = urlparse(superuser_dsn())
    return f"postgresql://{login[0]}:{login[1]}@{where.hostname}:{where.port or 5432}/{database}"


def app_url(database: str) -> str:
    return _url(APP, database)


def owner_url(database: str) -> str:
    return _url(OWNER, database)


def run_as_superuser(*statements: str, database: str = "postgres") -> None:
    where = urlparse(superuser_dsn())._replace(path=f"/{database}").geturl()
    with psycopg.connect(where, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def asked_as_superuser(question: str, *values: str) -> int:
    with psycopg.connect(superuser_dsn(), autocommit=True) as connection:
        row = connection.execute(question.encode(), values).fetchone()
    return int(row[0]) if row else 0


ROOMS = ("portal", "tenants", "registry", "best_practices")
SHAPING = (
    "tenants/**/*.py",
    *(f"{room}/**/migrations/*.py" for room in ROOMS),
    "portal/demo/cast.py",
    "portal/*/models*.py",
    "portal/*/models/*.py",
    "best_practices/models*.py",
    "deploy/bootstrap*.py",
    "tests/template_city.py",
    "uv.lock",
    "config/settings.py",
)


@cache
def fingerprint() -> str:
    """Changes when anything that shapes the template changes. Looks into rooms only: beside them lies the
    data folder of a server at work.
    """
    digest = hashlib.sha256()
    for path in sorted(found for pattern in SHAPING for found in ROOT.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone() -> Iterator[None]:
    """Workers build the template one after another."""
    with (Path(tempfile.gettempdir()) / f"estafeta_template_{urlparse(superuser_dsn()).port}.lock").open(
        "w"
    ) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def template() -> str:
    """The name of the ready template, built when missing. A half-built one is never used: it is renamed when
    whole.
    """
    name = f"estafeta_tpl_{fingerprint()}"
    with _alone():
        if not _exists(name):
            _drop_old_templates()
            _build(f"{name}_new")
            run_as_superuser(f"ALTER DATABASE {name}_new RENAME TO {name}")
    return name


def _exists(name: str) -> bool:
    with psycopg.connect(superuser_dsn()) as connection:
        return (
            connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None
        )


def _drop_old_templates() -> None:
    with psycopg.connect(superuser_dsn(), autocommit=True) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'estafeta\\_tpl\\_%'"
        ).fetchall()
        for (name,) in rows:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def _build(name: str) -> None:
    from deploy.bootstrap import Passwords, bootstrap

    run_as_superuser(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    bootstrap(superuser_dsn(), name, Passwords(owner=OWNER[1], app=APP[1]))
    urls = {"DATABASE_URL": app_url(name), "DATABASE_OWNER_URL": owner_url(name)}
    environment = {**os.environ, **urls, **{f"TEST_{key}": value for key, value in urls.items()}}
    for command in (
        ["manage.py", "migrate_all"],
        ["-m", "tests.template_city", "--owner"],
        ["-m", "tests.template_city"],
    ):
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )


def clone(name: str) -> None:
    """A database of its own from the template: about a tenth of a second."""
    source = template()
    run_as_superuser(
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name} TEMPLATE {source} OWNER {OWNER[0]} STRATEGY WAL_LOG",
    )


def drop(name: str) -> None:
    run_as_superuser(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def run_module(module: str, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A program of the tests in a process of its own, against the named database."""
    urls = {"TEST_DATABASE_URL": app_url(name), "TEST_DATABASE_OWNER_URL": owner_url(name)}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, **urls},
        capture_output=True,
        text=True,
        check=False,
    )


def new_name() -> str:
    return f"{NAME}_{uuid4().hex[:6]}"
