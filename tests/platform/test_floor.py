"""The floor under every room: a database or a mail server that is not there, logs without people, headers,
uploads.
"""

import datetime as dt
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from config import logs
from portal.accounts.models import User
from portal.core.actor import Actor
from portal.core.errors import Invalid, Unavailable
from portal.files import storing
from portal.school_practices.models import SchoolPractice
from portal.staff.models import Person
from tenants.context import in_school
from tenants.models import School
from tests import database
from tests.cast import BY_KEY
from tests.queued import do_queued

NEW = "/s/5/practices/new/"


def signed_in(key: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=BY_KEY[key].uuid))
    return client


@pytest.fixture
def impatient(own_database: str) -> Iterator[str]:
    """A database of this test whose pool waits a second, not five."""
    pool = connections["default"].settings_dict["OPTIONS"]["pool"]
    before, pool["timeout"] = pool["timeout"], 1
    yield own_database
    pool["timeout"] = before


def fall(name: str) -> None:
    """As a crash would: every connection is cut and none is accepted."""
    database.run_as_superuser(
        f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false',
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )


def rise(name: str) -> None:
    """The pool looks again after a second or two; requests then wait as long as in life."""
    database.run_as_superuser(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
    connections["default"].pool.timeout = 10  # type: ignore[attr-defined]


@pytest.mark.covers("house: floor")
def test_a_database_that_falls_in_the_middle_loses_nothing(impatient: str) -> None:
    """A kind 503 without a question to the database; the form waits on that page and is sent again once, not
    twice.
    """
    boris = signed_in("boris")
    typed = {"title": "Урок вдвоём", "authors": str(BY_KEY["boris"].person), "repeat_key": uuid4().hex}
    assert boris.get(NEW).status_code == 200
    fall(impatient)
    answers = [
        boris.get(NEW),
        boris.get("/s/5/api/v1/practices/"),
        Client().get("/readyz"),
        boris.post(NEW, typed),
    ]
    assert [answer.status_code for answer in answers] == [503] * 4
    assert answers[1].json()["error"]["code"] == "unavailable"
    assert answers[2].json() == {"status": "unavailable", "database": False}
    page = answers[3].content.decode()
    assert "Портал сейчас не отвечает" in page
    assert answers[3]["Retry-After"] == "30"
    assert Client().get("/healthz").status_code == 200, "the process itself lives"
    rise(impatient)
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert {name: kept[name] for name in typed} == typed
    assert [boris.post(NEW, kept).status_code for _ in range(2)] == [302, 302]
    with in_school(School.objects.get(number=5)):
        assert SchoolPractice.objects.filter(title="Урок вдвоём").count() == 1


@pytest.mark.covers("house: floor")
def test_a_database_that_falls_inside_a_transaction_leaves_nothing_of_it(
    impatient: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    boris, create = signed_in("boris"), SchoolPractice.save

    def save_and_fall(practice: SchoolPractice, *args: object, **kwargs: object) -> None:
        create(practice, *args, **kwargs)
        fall(impatient)

    monkeypatch.setattr(SchoolPractice, "save", save_and_fall)
    typed = {"title": "Урок вдвоём", "authors": str(BY_KEY["boris"].person), "repeat_key": uuid4().hex}
    assert boris.post(NEW, typed).status_code == 503
    monkeypatch.undo()
    rise(impatient)
    with in_school(School.objects.get(number=5)):
        assert not SchoolPractice.objects.exists()
    assert boris.post(NEW, typed).status_code == 302


def test_a_restarted_database_is_not_noticed(impatient: str) -> None:
    """Connections that died with it are not lent to a request."""
    boris = signed_in("boris")
    assert boris.get(NEW).status_code == 200
    connections["default"].close()  # as after every request: back into the pool
    fall(impatient)
    rise(impatient)
    assert boris.get(NEW).status_code == 200


@pytest.mark.covers("house: floor")
def test_a_dead_mail_server_holds_up_nobody_and_the_letter_leaves_later(
    own_database: str, settings: object
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT, settings.EMAIL_HOST = "config.mail.Smtp", 1, "127.0.0.1"  # type: ignore[attr-defined]
    User.objects.filter(pk=BY_KEY["boris"].uuid).update(password="pbkdf2_sha256$1$a$b")
    assert Client().post("/accounts/password/reset/", {"email": BY_KEY["boris"].email}).status_code == 302
    with pytest.raises(Unavailable):
        do_queued("accounts.new_password_letter")
    settings.EMAIL_BACKEND = "tests.mailbox.Mailbox"  # type: ignore[attr-defined]
    assert do_queued("accounts.new_password_letter") == 1
    assert [letter.to for letter in mail.outbox] == [[BY_KEY["boris"].email]]


# ── Logs ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def log_lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What goes to standard error of a real installation, as JSON."""
    import structlog

    structlog.reset_defaults()
    logs.configure(json=True, level="INFO", words=False)
    stream = io.StringIO()
    handler = logging.getLogger().handlers[-1]
    handler.setStream(stream)  # type: ignore[attr-defined]
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    logs.configure(json=False, level="ERROR", words=False)


SECRETS = ("Ковалёва", "kovaleva@", "Наталья", "sekret-pisma")


@pytest.mark.covers("house: floor")
def test_logs_name_the_school_and_the_actor_and_no_person(
    own_database: str, log_lines: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page, a refusal, the link of a letter, and a failure whose words quote a person and a row of the
    database.
    """
    anna = signed_in("anna")

    def fail(*args: object, **kwargs: object) -> None:
        try:
            for _ in range(2):
                Person.objects.create(
                    last_name="Ковалёва",
                    first_name="Наталья",
                    email="kovaleva@mail.example",
                    birth_date=dt.date(1990, 2, 1),
                )
        except Exception as error:
            raise ValueError("не вышло: Ковалёва Наталья") from error

    anna.get("/s/5/people/?q=Ковалёва")
    anna.post(
        "/s/5/people/new/",
        {"last_name": "Ковалёва", "first_name": "Наталья", "email": "kovaleva@mail.example"},
    )
    anna.get("/invitation/sekret-pisma/")
    monkeypatch.setattr("portal.ui.shortcuts.render", fail)
    failed = anna.get("/s/5/people/?q=Ковалёва")
    assert failed.status_code == 500
    lines = log_lines()
    text = json.dumps(lines, ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in text]
    told = [line for line in lines if line.get("path") == "/people/"]
    assert told
    assert {(line["school"], line["actor"]) for line in told} == {("5", str(BY_KEY["anna"].uuid))}
    trouble = next(line for line in lines if line.get("error"))
    assert (
        trouble["error"]
        == "ValueError < IntegrityError 23505 staff_person person_name_and_birth_once < UniqueViolation "
        "23505 staff_person person_name_and_birth_once"
    )
    assert (trouble["school"], trouble["actor"], trouble["request"]) == (
        "5",
        str(BY_KEY["anna"].uuid),
        failed["X-Request-ID"],
    )


# ── Headers and files ───────────────────────────────────────────────────────────────────────────────
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
    "data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src "
    "'self'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PAGES = ["/accounts/login/", "/help/", "/s/5/", "/s/5/people/", "/no/such/page/", "/s/5/api/v1/practices/"]


@pytest.mark.covers("house: floor")
def test_every_answer_carries_the_headers(own_database: str) -> None:
    anna = signed_in("anna")
    for url in PAGES:
        answer = anna.get(url, follow=True)
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        assert policy == dict(
            part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";")
        ), url
        assert {name: answer[name] for name in HEADERS if name != "Content-Security-Policy"} == {
            k: v for k, v in HEADERS.items() if k != "Content-Security-Policy"
        }
        assert "unsafe" not in answer["Content-Security-Policy"]
    assert "no-cache" in anna.get("/s/5/people/")["Cache-Control"]


PDF = b"%PDF-1.7 \n"
UPLOADS = [
    ("приказ.exe", PDF, "не принимаем"),
    ("приказ", PDF, "не принимаем"),
    ("приказ.pdf.exe", PDF, "не принимаем"),
    ("приказ.pdf", b"MZ\x90\x00 a program", "не то, что обещает его имя"),
    ("приказ.png", PDF, "не то, что обещает его имя"),
    ("приказ.pdf", b"", "пустой"),
    ("приказ.pdf", PDF + b"0" * 2**21, "больше 2 МБ"),
]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    UPLOADS,
    ids=["kind", "no ending", "two endings", "content", "another kind", "empty", "size"],
)
@pytest.mark.covers("house: files")
def test_an_upload_is_checked_by_name_type_and_size(
    name: str, content: bytes, words: str, settings: object
) -> None:
    settings.UPLOAD_MAX_BYTES = 2**21  # type: ignore[attr-defined]
    with pytest.raises(Invalid) as refusal:
        storing.store(SimpleUploadedFile(name, content), by=Actor.system())
    assert words in refusal.value.sentence
    assert refusal.value.field == "file"


SCANNED: list[bytes] = []


def scan(content: bytes) -> str:
    """What an installation puts into FILE_SCAN_HOOK."""
    SCANNED.append(content)
    return "infected" if b"EICAR" in content else "clean"


@pytest.mark.covers("house: files")
def test_the_scan_hook_is_asked_and_obeyed(own_database: str, settings: object) -> None:
    with in_school(School.objects.get(number=5)):
        assert storing.store(SimpleUploadedFile("приказ.pdf", PDF), by=Actor.system()).scan == "unchecked"
        settings.FILE_SCAN_HOOK = "tests.platform.test_floor.scan"  # type: ignore[attr-defined]
        stored = storing.store(SimpleUploadedFile("../../etc/приказ.pdf", PDF), by=Actor.system())
        assert (stored.scan, stored.name) == ("clean", "приказ.pdf")
        with pytest.raises(Invalid, match="file_infected"):
            storing.store(SimpleUploadedFile("приказ.pdf", PDF + b"EICAR"), by=Actor.system())
        answer = storing.download(stored)
    assert SCANNED
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "attachment" in answer["Content-Disposition"]
    answer.close()
