"""Fixtures of all tests: the city of four schools, its cast, and ways to act as one of them. See
tests/README.md.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import User
from portal.core.actor import Actor
from portal.documents import word_pdf
from portal.papers.freezing import without_pdf
from tenants import middleware
from tenants.context import in_city, in_school
from tenants.models import School
from tests import database, journal_words, notices_said, reading, rewind
from tests.cast import BY_KEY

WITHOUT_DATABASE = ("tests/unit/", "tests/ui/", "tests/documents/", "tests/platform/", "tests/search/unit/")

COMMITTING = {"own_database", "common_database"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the portal run in a transaction of the worker's own database, unless they clone one
    (`own_database`).
    """
    for item in items:
        path = str(item.path)
        bare = any(part in path for part in WITHOUT_DATABASE) or COMMITTING & set(
            getattr(item, "fixturenames", ())
        )
        if not bare and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db)
    items[:] = shared_out(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def shared_out(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Each process is given an equal run of tests at first, and whoever is done takes from the others
    (`--dist worksteal`): the browser's, which are the longest, begin each of the runs, so that no process
    ends alone with them. Tests of a file stay together, as their fixtures want.
    """
    browser = [item for item in items if item.get_closest_marker("browser")]
    others = [item for item in items if not item.get_closest_marker("browser")]
    cuts = [len(others) * number // workers for number in range(workers + 1)]
    return [
        item
        for number in range(workers)
        for item in (*browser[number::workers], *others[cuts[number] : cuts[number + 1]])
    ]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    from django.db import connections

    with django_db_blocker.unblock():
        database.clone(database.NAME)
        yield
        connections.close_all()
        for alias in connections:
            connections[alias].close_pool()  # type: ignore[attr-defined]
        database.drop(database.NAME)


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A transaction around a file: what a module's fixture makes in it is found by every test after it, and
    each test undoes only its own.

    For a scene that many tests of a file begin with and that costs more than they do. Tests close their
    connection, and this one has to stay.
    """
    from django.db import connection, transaction

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, without_pdf():
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  # as those of the tests: contours may be changed inside
        around.__enter__()
        patch.setattr(connection, "close", lambda: None)
        yield
        patch.undo()
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
        connection.close()


@contextmanager
def _in_a_clone(blocker: Any) -> Iterator[str]:
    from django.db import connections

    name, default = database.new_name(), connections["default"]
    database.clone(name)
    with blocker.unblock():
        default.close()
        default.close_pool()  # type: ignore[attr-defined]
        before, default.settings_dict["NAME"] = default.settings_dict["NAME"], name
        try:
            yield name
        finally:
            default.close()
            default.close_pool()  # type: ignore[attr-defined]
            default.settings_dict["NAME"] = before
            database.drop(name)


@pytest.fixture
def own_database(django_db_blocker: Any) -> Iterator[str]:
    """A database of this test alone, for what must really commit: workers, kills, browsers."""
    with _in_a_clone(django_db_blocker) as name:
        yield name


@pytest.fixture(scope="module")
def common_database(django_db_blocker: Any) -> Iterator[str]:
    """One for all tests of a module that commit much and often; each puts it back (`tests/rewind.py`)."""
    with _in_a_clone(django_db_blocker) as name:
        rewind.keep(name)
        yield name


@pytest.fixture(scope="session", autouse=True)
def _letters_leave_in_jobs(django_test_environment: None) -> None:
    """A letter that any test sends inside a request is a failure of that request, as in life
    (config.mail).
    """
    from django.conf import settings

    settings.EMAIL_BACKEND = "tests.mailbox.Mailbox"


@pytest.fixture(autouse=True)
def _known_words_of_the_journal_and_of_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    journal_words.listen(monkeypatch)
    notices_said.listen(monkeypatch)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Process-wide memory of schools would survive a rolled-back test."""
    from tenants.lookup import forget

    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def _without_office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a signed paper leaves in tables must not hang on the machine: LibreOffice is there for those who
    ask for it (`word_pdf.NAMES`).
    """
    stored = request.node.get_closest_marker("django_db") is not None or COMMITTING & set(
        request.fixturenames
    )
    if stored and request.node.get_closest_marker("libreoffice") is None:
        monkeypatch.setattr(word_pdf, "NAMES", ("no-office-in-this-test",))


def _school(number: int) -> School:
    return School.objects.get(number=number)


@pytest.fixture
def school5(db: None) -> School:
    return _school(5)


@pytest.fixture
def school12(db: None) -> School:
    return _school(12)


@pytest.fixture
def inside() -> Callable[[School], Any]:
    """`with inside(school5): …`"""
    return in_school


def acting(key: str, school: School | None = None) -> Actor:
    """The actor of a person; for fixtures of a whole file, which cannot ask for `actor`."""
    person = BY_KEY[key]
    with in_city():  # who is asking is always settled as the city
        place = school or (_school(person.school) if person.school else None)
        user = User.objects.get(pk=person.uuid)
        return actor_in(user, memberships_of(user), place)


@pytest.fixture
def actor(db: None) -> Callable[..., Actor]:
    """`actor("anna")` in her own contour, or `actor("gleb", school5)` in another's."""
    return acting


@pytest.fixture
def as_(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Client]:
    """`as_("anna").get("/s/5/")`: a signed-in client that compares each answer with the read journal.
    `as_("")` is a visitor.
    """
    monkeypatch.setattr(middleware, "note_reading", reading.note)

    def sign_in(key: str) -> Client:
        client = reading.Reader()
        client.key = key
        if key:
            client.force_login(User.objects.get(pk=BY_KEY[key].uuid))
        return client

    return sign_in
