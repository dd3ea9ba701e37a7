"""A page with deliberate SQL injections, asked over HTTP: PostgreSQL itself refuses each, and the next
statement is still the same school's.

`find/` glues what was typed into the middle of a query, as careless code would; `run/` gives the whole
statement away.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import path

from config import urls_city, urls_school
from portal.accounts.models import Membership, User
from portal.staff.models import Person
from tenants.context import in_school
from tenants.models import School, SchoolState
from tests.cast import BY_KEY

SECRET = "Сокровенная"
REFUSED, SYNTAX, UNKNOWN = "42501", "42601", "42883"
GLUED = {
    "sub-select": ("' OR EXISTS (SELECT 1 FROM {other}.staff_person) --", REFUSED),
    "union": ("' UNION SELECT last_name FROM {other}.staff_person --", REFUSED),
    "the people of the city": ("' UNION SELECT email FROM public.accounts_user --", REFUSED),
    "sessions": ("' UNION SELECT session_key FROM public.django_session --", REFUSED),
    "set_config": ("' OR set_config('role', '{other}', false) = '' --", REFUSED),
    "ts_stat and set_config": (
        "' OR EXISTS (SELECT 1 FROM ts_stat('SELECT set_config(''role'', ''{other}'', false)::tsvector')) --",
        REFUSED,
    ),
    "ts_stat over a table": (
        "' UNION SELECT word FROM ts_stat('SELECT to_tsvector(last_name) FROM {other}.staff_person') --",
        REFUSED,
    ),
    "ts_rewrite": (
        "' UNION SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, set_config(''role'', ''{other}'', "
        "false)::tsquery')::text --",
        REFUSED,
    ),
    "query_to_xml": (
        "' UNION SELECT query_to_xml('SELECT * FROM {other}.staff_person', true, true, '')::text --",
        REFUSED,
    ),
    "stacked": ("'; SET ROLE {other}; --", SYNTAX),
    "stacked reset": ("'; RESET ROLE; SELECT last_name FROM {other}.staff_person --", SYNTAX),
    "stacked block": ("'; DO $$ BEGIN EXECUTE 'SET ROLE {other}'; END $$; --", SYNTAX),
    "stacked write": ("'; UPDATE {other}.staff_person SET last_name = '' --", SYNTAX),
    "pg_read_file": ("' UNION SELECT pg_read_file('/etc/passwd') --", REFUSED),
    "pg_ls_dir": ("' UNION SELECT pg_ls_dir('/') --", REFUSED),
    "lo_import": ("' UNION SELECT lo_import('/etc/passwd')::text --", REFUSED),
    "lo_from_bytea": ("' UNION SELECT lo_from_bytea(0, 'a')::text --", REFUSED),
    "dblink": ("' UNION SELECT a FROM dblink('dbname=postgres', 'SELECT 1') AS t(a text) --", UNKNOWN),
    "another's connection": ("' OR pg_terminate_backend(pg_backend_pid()) --", REFUSED),
}
WHOLE = {
    "pg_settings": "UPDATE pg_settings SET setting = '{other}' WHERE name = 'role'",
    "block": "DO $$ BEGIN EXECUTE 'SET ROLE {other}'; END $$",
    "copy to a program": "COPY staff_person TO PROGRAM 'cat'",
    "copy from a file": "COPY staff_person FROM '/etc/passwd'",
    "copy of another's table": "COPY (SELECT * FROM {other}.staff_person) TO STDOUT",
    "another's table": "UPDATE {other}.staff_person SET last_name = ''",
    "the city's table": "DELETE FROM public.accounts_user",
    "the list of schools": "UPDATE public.tenants_school SET state = 'archived'",
    "journal rewritten": "UPDATE school_records_journalline SET verb = ''",
    "journal erased": "DELETE FROM school_records_journalline",
    "journal emptied": "TRUNCATE school_records_journalline",
    "table": "CREATE TABLE stolen (a int)",
    "function": "CREATE FUNCTION stolen() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "extension": "CREATE EXTENSION dblink",
    "role": "CREATE ROLE stolen",
    "grant": "GRANT {other} TO {own}",
    "more rights": "ALTER ROLE estafeta_app SUPERUSER",
    "the owner": "SET ROLE estafeta_owner",
    "another login": "SET SESSION AUTHORIZATION estafeta_owner",
}
FROM_THE_CITY = {
    "a school's table": "SELECT last_name FROM {own}.staff_person",
    "ts_stat": "SELECT word FROM ts_stat('SELECT to_tsvector(last_name) FROM {own}.staff_person')",
    "set_config": "SELECT set_config('role', '{own}', false)",
    "block": "DO $$ BEGIN EXECUTE 'SET ROLE {own}'; END $$",
    "journal erased": "DELETE FROM public.city_records_journalline",
    "what is replayed": "UPDATE public.tenants_recordedmigration SET statements = '{{}}'",
    "the owner": "SET ROLE estafeta_owner",
}


def find(request: HttpRequest) -> JsonResponse:
    return _answer("SELECT last_name FROM staff_person WHERE last_name = '" + request.GET["q"] + "'")


def run(request: HttpRequest) -> JsonResponse:
    return _answer(request.GET["q"])


def _answer(statement: str) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return JsonResponse({"rows": cursor.fetchall() if cursor.description else []})


def with_holes(urls: Any) -> SimpleNamespace:
    class Urls(SimpleNamespace):
        __hash__ = object.__hash__  # type: ignore[assignment]

    return Urls(
        urlpatterns=[path("find/", find), path("run/", run), *urls.urlpatterns],
        handler500="config.errors.server_error",
    )


@pytest.fixture
def schools(own_database: str, settings: Any) -> Iterator[dict[str, School]]:
    """Both contours with the two pages of holes; the other school has something to be stolen."""
    settings.SCHOOL_URLCONF, settings.ROOT_URLCONF = with_holes(urls_school), with_holes(urls_city)
    own, other = School.objects.get(number=5), School.objects.get(number=12)
    with in_school(other):
        Person.objects.create(last_name=SECRET, first_name="Анна")
    yield {"own": own, "other": other}
    with in_school(other):
        assert Person.objects.filter(last_name=SECRET).count() == 1


def signed_in(key: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=BY_KEY[key].uuid))
    return client


def refusals(
    client: Client, base: str, table: dict[str, tuple[str, str]], page: str, schemas: dict[str, str], who: str
) -> dict[str, Any]:
    """Of each injection what PostgreSQL said, when it is not what was expected."""
    seen: list[BaseException | None] = []

    def note(sender: object, **kwargs: object) -> None:
        import sys

        seen.append(sys.exc_info()[1])

    got_request_exception.connect(note)
    wrong: dict[str, Any] = {}
    try:
        for name, (statement, expected) in table.items():
            seen.clear()
            answer = client.get(f"{base}/{page}/", {"q": statement.format(**schemas)})
            error = seen[0] if seen else None
            said = (
                getattr(error.__cause__, "sqlstate", error)
                if isinstance(error, DatabaseError)
                else answer.content.decode()[:200]
            )
            if (said, SECRET in answer.content.decode()) != (expected, False):
                wrong[name] = said
            after = client.get(f"{base}/run/", {"q": "SELECT current_user"})
            if after.status_code != 200 or after.json() != {"rows": [[who]]}:
                wrong[f"after {name}"] = after.content.decode()[:200]
    finally:
        got_request_exception.disconnect(note)
    return wrong


@pytest.mark.covers("house: two contours")
def test_a_school_with_holes_is_refused_by_the_database(schools: dict[str, School]) -> None:
    boris, names = signed_in("boris"), {key: school.schema_name for key, school in schools.items()}
    assert boris.get("/s/5/find/", {"q": BY_KEY["boris"].last_name}).json() == {
        "rows": [[BY_KEY["boris"].last_name]]
    }, "the page works as meant"
    assert refusals(boris, "/s/5", GLUED, "find", names, names["own"]) == {}
    assert (
        refusals(
            boris,
            "/s/5",
            {name: (statement, REFUSED) for name, statement in WHOLE.items()},
            "run",
            names,
            names["own"],
        )
        == {}
    )


@pytest.mark.covers("house: two contours")
def test_the_city_with_holes_is_refused_by_the_database(schools: dict[str, School]) -> None:
    semyon, names = signed_in("semyon"), {key: school.schema_name for key, school in schools.items()}
    table = {name: (statement, REFUSED) for name, statement in FROM_THE_CITY.items()}
    assert refusals(semyon, "", table, "run", names, "estafeta_city") == {}


@pytest.mark.covers("house: two contours")
def test_a_school_whose_role_is_missing_is_an_error_and_never_the_previous_school(
    schools: dict[str, School],
) -> None:
    """One connection, lent from request to request: school 5, the school without a role, school 5 again."""
    ghost = School.objects.create(
        code="77",
        number=77,
        short_name="Школа № 77",
        full_name="Школа № 77",
        inn="7707083893",
        state=SchoolState.ACTIVE,
    )
    user = User.objects.get(pk=BY_KEY["zhanna"].uuid)
    Membership.objects.create(
        user=user, school=ghost, office="principal", basis="приказ № 1", valid_from="2026-08-20"
    )
    zhanna, ask = signed_in("zhanna"), {"q": "SELECT current_user"}
    assert zhanna.get("/s/5/run/", ask).json() == {"rows": [[schools["own"].schema_name]]}
    for url in ("/s/77/run/", "/s/77/", "/s/77/people/"):
        answer = zhanna.get(url, ask)
        assert answer.status_code == 500
        assert BY_KEY["boris"].last_name not in answer.content.decode()
        assert schools["own"].schema_name not in answer.content.decode()
    assert zhanna.get("/s/5/run/", ask).json() == {"rows": [[schools["own"].schema_name]]}
