"""Roles and database of an installation: made twice to the same end, shut to everybody else, whole again
after cloning.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from deploy.bootstrap import (
    APP,
    DEMO_MARK,
    OWNER,
    Dsns,
    Passwords,
    Unfit,
    bootstrap,
    check,
    dsn_for,
    grant_database_rights,
    script,
)
from deploy.local.cluster import Cluster
from deploy.local.suite import throwaway

PASSWORDS = Passwords("owner's : word/@", "app's % word")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with throwaway() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def superuser(cluster: Cluster) -> str:
    return cluster.ensure_running().superuser_dsn


@pytest.fixture(scope="module")
def made(superuser: str) -> Dsns:
    return bootstrap(superuser, "first", PASSWORDS, demo=True)


def _run(dsn: str, statement: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement.encode())


def _value(dsn: str, question: str) -> object:
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
        assert row is not None
        return row[0]


def test_twice_is_the_same(superuser: str, made: Dsns) -> None:
    assert bootstrap(superuser, "first", PASSWORDS, demo=True) == made


def test_the_login_is_the_city_and_nobody_inherits(made: Dsns) -> None:
    assert (
        _value(
            made.app, "SELECT current_user::text || ' ' || session_user || ' ' || current_setting('TimeZone')"
        )
        == "estafeta_city estafeta_app UTC"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT set_config('role', 'estafeta_post', false)",
        "SELECT * FROM ts_stat('SELECT to_tsvector(set_config(''role'', ''estafeta_post'', false))')",
        "UPDATE pg_settings SET setting = 'estafeta_post' WHERE name = 'role'",
        "CREATE TABLE public.mine (x int)",
        "CREATE TEMPORARY TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "SET ROLE estafeta_owner",
    ],
)
def test_refused_by_the_server_itself(made: Dsns, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        _run(made.app, statement)


def test_the_owner_makes_a_school_and_its_role(made: Dsns) -> None:
    for statement in (
        "CREATE ROLE s_1",
        "GRANT estafeta_school TO s_1",
        "GRANT s_1 TO estafeta_app",
        "CREATE SCHEMA s_1",
        "GRANT USAGE ON SCHEMA s_1 TO s_1",
    ):
        _run(made.owner, statement)
    with psycopg.connect(made.app, autocommit=True) as app:
        app.execute("SET ROLE s_1")
        row = app.execute("SELECT has_schema_privilege('s_1', 'USAGE')").fetchone()
    assert row == (True,)


def test_a_clone_gets_its_own_rights_back(superuser: str, made: Dsns) -> None:
    _run(superuser, f"CREATE DATABASE second TEMPLATE first OWNER {OWNER}")
    clone = Dsns(dsn_for(made.owner, "second"), dsn_for(made.app, "second"))
    stranger = "SELECT has_database_privilege('public', 'second', 'CONNECT')"
    assert _value(superuser, stranger) is True
    grant_database_rights(superuser, "second")
    check(clone)
    assert _value(superuser, stranger) is False


def test_only_a_demo_is_marked(superuser: str, made: Dsns) -> None:
    mark = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    real = bootstrap(superuser, "real", PASSWORDS)
    assert _value(made.app, mark) == DEMO_MARK
    assert _value(real.app, mark) is None


def test_a_database_without_cyrillic_is_refused(superuser: str, made: Dsns) -> None:
    _run(
        superuser,
        "CREATE DATABASE plain TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C' "
        "LC_CTYPE 'C'",
    )
    with pytest.raises(Unfit, match="кириллицу"):
        bootstrap(superuser, "plain", PASSWORDS)


def test_an_opened_door_is_told(superuser: str, made: Dsns) -> None:
    door = "ON FUNCTION pg_catalog.set_config(text, text, boolean)"
    _run(dsn_for(superuser, "first"), f"GRANT EXECUTE {door} TO PUBLIC")
    with pytest.raises(Unfit, match="set_config"):
        check(made)
    bootstrap(superuser, "first", PASSWORDS, demo=True)
    check(made)


def test_the_printed_text_does_the_same(cluster: Cluster, superuser: str) -> None:
    variables = [
        f"-vowner_password={PASSWORDS.owner}",
        f"-vapp_password={PASSWORDS.app}",
        "-vON_ERROR_STOP=1",
    ]
    for _ in range(2):
        done = subprocess.run(
            [str(cluster.binaries / "psql"), "-X", "-q", *variables, superuser],
            input=script("printed"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    check(
        Dsns(
            dsn_for(superuser, "printed", OWNER, PASSWORDS.owner),
            dsn_for(superuser, "printed", APP, PASSWORDS.app),
        )
    )
