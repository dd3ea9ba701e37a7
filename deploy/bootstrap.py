"""Roles and database of an installation, made once by a superuser; safe to run again. `python -m
deploy.bootstrap --help`.

The application's login is neither owner nor superuser and by itself has no rights: it becomes the city, the
post or one school. What an injected statement would need to become somebody else (`set_config`) is taken from
everybody.
"""

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

OWNER, APP = "estafeta_owner", "estafeta_app"
CITY, POST, SCHOOL = "estafeta_city", "estafeta_post", "estafeta_school"
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
DEMO_MARK = "estafeta: demo"
"""The comment of a database that may be filled with the demo city; a clone does not inherit it."""
VERSIONS = range(15, 19)


class Unfit(Exception):
    """This server or database cannot carry the portal; the text says why and what helps."""


@dataclass(frozen=True)
class Passwords:
    """Passwords of the two logins."""

    owner: str
    app: str


@dataclass(frozen=True)
class Dsns:
    """Addresses for DATABASE_OWNER_URL and DATABASE_URL."""

    owner: str
    app: str


def bootstrap(superuser_dsn: str, database: str, passwords: Passwords, *, demo: bool = False) -> Dsns:
    """Make roles and database, or bring them to what they should be. Raises Unfit."""
    with closing(psycopg.connect(superuser_dsn, autocommit=True)) as server:
        _refuse_version(server)
        server.execute("SELECT pg_advisory_lock(hashtext('estafeta.bootstrap'))")
        _execute(server, role_statements(server, passwords))
        if not _exists(server, "SELECT 1 FROM pg_database WHERE datname = %s", database):
            server.execute(
                sql.SQL(database_statement(server)).format(sql.Identifier(database), sql.Identifier(OWNER))
            )
        grant_database_rights(superuser_dsn, database, demo=demo)
    dsns = Dsns(
        dsn_for(superuser_dsn, database, OWNER, passwords.owner),
        dsn_for(superuser_dsn, database, APP, passwords.app),
    )
    check(dsns)
    return dsns


def grant_database_rights(superuser_dsn: str, database: str, *, demo: bool = False) -> None:
    """Everything that is kept per database. For a fresh one, and for a clone: `CREATE DATABASE … TEMPLATE`
    loses rights on itself.
    """
    with closing(psycopg.connect(dsn_for(superuser_dsn, database), autocommit=True)) as inside:
        _execute(inside, database_statements(database, demo=demo))


# ── What is said to the server ──────────────────────────────────────────────────────────────────────
def role_statements(
    server: "psycopg.Connection[object]", passwords: Passwords
) -> list[sql.SQL | sql.Composed]:
    """The two logins and the three roles. Belong to the whole server, not to one database."""
    lines = [
        _create(name)
        for name in ROLES
        if not _exists(server, "SELECT 1 FROM pg_roles WHERE rolname = %s", name)
    ]
    lines += [_role(OWNERS_LOGIN, passwords.owner), _role(APPS_LOGIN, passwords.app)]
    return lines + [sql.SQL(text) for text in MEMBERSHIPS]


def _create(name: str) -> sql.SQL | sql.Composed:
    return sql.SQL("CREATE ROLE {} NOLOGIN NOINHERIT").format(sql.Identifier(name))


def _role(text: str, password: str) -> sql.SQL | sql.Composed:
    return sql.SQL(text).format(sql.Literal(password))


ROLES = (OWNER, APP, CITY, POST, SCHOOL)
OWNERS_LOGIN = (
    f"ALTER ROLE {OWNER} LOGIN NOSUPERUSER CREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS INHERIT PASSWORD "
    f"{{}}"
)
APPS_LOGIN = (
    f"ALTER ROLE {APP} LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS NOINHERIT "
    f"PASSWORD {{}}"
)
MEMBERSHIPS = (
    *(f"ALTER ROLE {role} NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB" for role in (CITY, POST, SCHOOL)),
    f"GRANT {CITY}, {POST} TO {APP}",
    # The owner makes a role for each school and puts it into the group: from 16 on that wants ADMIN, on 15
    # CREATEROLE was enough.
    f"GRANT {CITY}, {POST}, {SCHOOL} TO {OWNER} WITH ADMIN OPTION",
    f"ALTER ROLE {APP} SET role = '{CITY}'",
    # Django calls set_config for the time zone when it differs, and set_config is shut.
    *(f"ALTER ROLE {login} SET timezone = 'UTC'" for login in (OWNER, APP)),
)


DATABASE_OF_15 = (
    "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE "
    "'C.UTF-8' LC_CTYPE 'C.UTF-8'"
)
"""Cyrillic needs a character type that knows it; the locale of the server does not matter then."""


def database_statement(server: "psycopg.Connection[object]") -> str:
    """From 17 on the server has its own C.UTF-8, the same on every machine."""
    builtin = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
    return (
        DATABASE_OF_15.replace("LOCALE_PROVIDER libc", builtin)
        if server.info.server_version >= 170000
        else DATABASE_OF_15
    )


def database_statements(database: str, *, demo: bool) -> list[sql.SQL | sql.Composed]:
    """Rights on the database, on the two doors to a changed role, and the extensions."""
    name = sql.Identifier(database)
    lines: list[sql.SQL | sql.Composed] = [
        sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, sql.Identifier(OWNER)),
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(APP)),
        *(sql.SQL(text) for text in INSIDE),
        *(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {} WITH SCHEMA public").format(sql.Identifier(e))
            for e in EXTENSIONS
        ),
    ]
    if demo:
        lines.append(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(DEMO_MARK)))
    return lines


INSIDE = (
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC",
    # pg_dump, and restoring what it has written, call set_config; they run as the owner.
    f"GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO {OWNER}",
    # An UPDATE of this view is set_config by another name.
    "REVOKE UPDATE ON TABLE pg_catalog.pg_settings FROM PUBLIC",
    # A DO block could say SET ROLE. The owner writes functions (the queue's); running them needs no right on
    # the language.
    "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC",
    f"GRANT USAGE ON LANGUAGE plpgsql TO {OWNER}",
    # Large objects live beside schemas and their rights; nothing here is kept in them.
    *(
        f"REVOKE EXECUTE ON FUNCTION pg_catalog.{name} FROM PUBLIC"
        for name in ("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)")
    ),
)


def script(database: str, *, demo: bool = False) -> str:
    """The same for psql, for a place where only its administrator touches the server. Passwords are variables
    of psql.
    """
    head = [
        rf"SELECT 'CREATE ROLE {name} NOLOGIN NOINHERIT' WHERE to_regrole('{name}') IS NULL \gexec"
        for name in ROLES
    ]
    roles = [
        OWNERS_LOGIN.format(":'owner_password'") + ";",
        APPS_LOGIN.format(":'app_password'") + ";",
        *(f"{line};" for line in MEMBERSHIPS),
    ]
    name = sql.Identifier(database)
    create = sql.SQL(DATABASE_OF_15.replace("'", "''")).format(name, sql.Identifier(OWNER)).as_string(None)
    made = (
        rf"SELECT '{create}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = "
        rf"{sql.Literal(database).as_string(None)}) \gexec"
    )
    inside = [f"{line.as_string(None)};" for line in database_statements(database, demo=demo)]
    return "\n".join(
        [
            r"-- psql -v ON_ERROR_STOP=1 -v owner_password=… -v app_password=… -f -",
            *head,
            *roles,
            made,
            rf"\connect {name.as_string(None)}",
            *inside,
        ]
    )


# ── What is checked ─────────────────────────────────────────────────────────────────────────────────
CHECKS = (
    (
        "SELECT NOT rolsuper AND NOT rolcreaterole AND NOT rolinherit FROM pg_roles WHERE rolname = "
        "session_user",
        "Логин приложения имеет лишние права: он не должен быть суперпользователем, создавать роли и "
        "наследовать чужие права.",
    ),
    (
        f"SELECT current_user = '{CITY}'",
        f"Логин приложения входит не как {CITY}. Выполните python -m deploy.bootstrap ещё раз.",
    ),
    ("SELECT current_setting('TimeZone') = 'UTC'", "У логина приложения часовой пояс не UTC."),
    (
        "SELECT NOT has_function_privilege('pg_catalog.set_config(text,text,boolean)', 'EXECUTE') AND NOT "
        "has_table_privilege('pg_catalog.pg_settings', 'UPDATE')",
        "Функция set_config доступна всем: внедрённый запрос мог бы сменить роль. Выполните python -m "
        "deploy.bootstrap для этой базы.",
    ),
    (
        "SELECT NOT has_language_privilege('plpgsql', 'USAGE') AND NOT "
        "has_function_privilege('pg_catalog.lo_create(oid)', 'EXECUTE')",
        "Логин приложения может выполнять блоки DO или заводить большие объекты. Выполните python -m "
        "deploy.bootstrap для этой базы.",
    ),
    (
        "SELECT NOT has_database_privilege(current_database(), 'CREATE') AND NOT "
        "has_schema_privilege('public', 'CREATE')",
        "Логин приложения может создавать таблицы, а должен только писать в готовые.",
    ),
    (
        "SELECT public.similarity('наставник', 'настовник') > 0.5 AND to_tsvector('simple', 'ШКОЛА')::text = "
        "'''школа'':1'",
        "База не понимает кириллицу (LC_CTYPE). Её нужно создать заново с LC_CTYPE "
        "'C.UTF-8' или 'ru_RU.UTF-8'.",
    ),
)
OWNERS_CHECK = (
    "SELECT rolcreaterole AND NOT rolsuper AND has_database_privilege(current_database(), 'CREATE') FROM "
    "pg_roles WHERE rolname = current_user"
)


def check(dsns: Dsns) -> None:
    """Ask the server itself, as the application, whether everything is as it must be. Raises Unfit with all
    complaints.
    """
    with closing(psycopg.connect(dsns.app, autocommit=True)) as app:
        _refuse_version(app)
        complaints = [sentence for question, sentence in CHECKS if not _holds(app, question)]
    with closing(psycopg.connect(dsns.owner, autocommit=True)) as owner:
        if not _holds(owner, OWNERS_CHECK):
            complaints.append("Владелец базы должен создавать роли и схемы и не быть суперпользователем.")
    if complaints:
        raise Unfit("\n".join(complaints))


def _holds(connection: "psycopg.Connection[object]", question: str) -> bool:
    row = connection.execute(question.encode()).fetchone()
    return isinstance(row, tuple) and bool(row[0])


def _refuse_version(connection: "psycopg.Connection[object]") -> None:
    major = connection.info.server_version // 10000
    if major not in VERSIONS:
        raise Unfit(f"PostgreSQL {major} не поддерживается: нужен {VERSIONS[0]}–{VERSIONS[-1]}.")


def _exists(connection: "psycopg.Connection[object]", question: str, name: str) -> bool:
    return connection.execute(question.encode(), [name]).fetchone() is not None


def _execute(connection: "psycopg.Connection[object]", statements: Iterable[sql.SQL | sql.Composed]) -> None:
    for statement in statements:
        connection.execute(statement)


def dsn_for(dsn: str, database: str, user: str = "", password: str = "") -> str:
    """The same server, another database; with `user`, another login too."""
    parts = urlsplit(dsn)
    place = parts.netloc.rpartition("@")
    netloc = f"{quote(user)}:{quote(password, safe='')}@{place[2]}" if user else parts.netloc
    return urlunsplit((parts.scheme, netloc, f"/{database}", parts.query, ""))


def main() -> int:
    """Make the roles and the database of an installation from the environment; see docs/deploy.md."""
    parser = argparse.ArgumentParser(prog="python -m deploy.bootstrap", description=main.__doc__)
    parser.add_argument("--database", default="estafeta")
    parser.add_argument(
        "--demo",
        action="store_true",
        help="пометить базу демонстрационной: в неё можно будет засеять демо-город",
    )
    parser.add_argument("--print", action="store_true", help="не выполнять, а напечатать то же для psql")
    asked = parser.parse_args()
    if asked.print:
        print(script(asked.database, demo=asked.demo))
        return 0
    names = ("BOOTSTRAP_SUPERUSER_URL", "BOOTSTRAP_OWNER_PASSWORD", "BOOTSTRAP_APP_PASSWORD")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        print(f"Не заданы переменные: {', '.join(missing)}. Как их задать: docs/deploy.md", file=sys.stderr)
        return 2
    superuser, owner, app = (os.environ[name] for name in names)
    try:
        bootstrap(superuser, asked.database, Passwords(owner, app), demo=asked.demo)
    except (Unfit, psycopg.Error) as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1
    print(f"База {asked.database} готова: логины {OWNER} и {APP}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
