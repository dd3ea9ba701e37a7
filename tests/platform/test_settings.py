"""Settings refuse nonsense at start, each variable with a sentence that names it; every variable is in
docs/deploy.md.
"""

import os
import re
import subprocess
import sys

import certifi
import pytest

from tests.database import ROOT

SOUND = {
    "SECRET_KEY": "x" * 40,
    "DATABASE_URL": "postgresql://estafeta_app:secret@127.0.0.1:5432/estafeta",
    "DATABASE_OWNER_URL": "postgresql://estafeta_owner:secret@127.0.0.1:5432/estafeta",
    "PATH": os.environ["PATH"],
    "DJANGO_SETTINGS_MODULE": "config.settings",
}
FLAGS = [
    "DEBUG",
    "DEMO",
    "HTTPS",
    "DATABASE_AS_OWNER",
    "MFA_REQUIRED",
    "SMTP_TLS",
    "LOG_JSON",
    "STATIC_PLAIN",
]
NUMBERS = [
    "DATABASE_POOL",
    "DATABASE_WAIT",
    "REQUEST_MAX_BYTES",
    "UPLOAD_MAX_BYTES",
    "INVITATION_DAYS",
    "API_RATE_PER_MINUTE",
    "SMTP_PORT",
    "BEHIND_PROXY",
    "EXPERT_ANSWER_WORKDAYS",
    "EXPERT_SHEET_WORKDAYS",
    "PRACTICE_CHECK_WORKDAYS",
    "PRACTICE_DECISION_WORKDAYS",
    "PRACTICE_MEND_WORKDAYS",
    "WEB_THREADS",
    "SERVER_THREADS",
    "ELASTICSEARCH_REPLICAS",
    "ELASTICSEARCH_SLOW_MS",
]
NONSENSE = [
    ("SECRET_KEY", None),
    ("SECRET_KEY", "short"),
    ("DATABASE_URL", None),
    ("DATABASE_URL", "mysql://a:b@host/base"),
    ("DATABASE_URL", "postgresql://host/base"),
    ("DATABASE_URL", "postgresql://a:b@host:port/base"),
    ("DATABASE_URL", "postgresql://a:b@host"),
    ("LOG_LEVEL", "LOUD"),
    ("ALLOWED_HOSTS", ""),
    ("ALLOWED_HOSTS", "*"),
    ("CITY_TIME_ZONE", "Europe/Smolensk"),
    ("PORTAL_URL", "estafeta.example.ru"),
    ("CSRF_TRUSTED_ORIGINS", "estafeta.example.ru"),
    ("MAIL_FROM", "portal"),
    ("FILE_SCAN_HOOK", "no.such.scanner"),
    ("REDIS_URL", "127.0.0.1"),
    ("BEHIND_PROXY", "yes"),
    ("SERVER_THREADS", "16"),
    ("BEHIND_PROXY", "10"),
    ("FILES_S3_BUCKET", "files"),
    ("ELASTICSEARCH_URL", "search-1:9200"),
    ("ELASTICSEARCH_URL", "https://search-1"),
    ("ELASTICSEARCH_URL", "https://search-1:9200,https://search-2"),
    ("ELASTICSEARCH_USER", "estafeta"),
    ("ELASTICSEARCH_PASSWORD", "secret"),
    ("ELASTICSEARCH_CA", "/no/such/ca.crt"),
    ("ELASTICSEARCH_CA", __file__),
    *((name, "maybe") for name in FLAGS),
    *((name, value) for name in NUMBERS for value in ("many", "-1")),
]
NAMED = {"FILES_S3_BUCKET": "FILES_S3_ENDPOINT"}
"""A bucket alone is no store: the address is asked for."""
PROGRAM = """
import os, sys
base, cases = eval(sys.stdin.read())
for name, value in cases:
    if os.fork() == 0:
        os.environ.clear(); os.environ.update(base); os.environ.pop(name, None)
        if value is not None: os.environ[name] = value
        try:
            from django.conf import settings; settings.DEBUG
            print(repr((name, value, "accepted")), flush=True)
        except Exception as error:
            print(repr((name, value, f"{type(error).__name__}: {error}")), flush=True)
        os._exit(0)
    os.wait()
"""


def started(cases: list[tuple[str, str | None]], **more: str) -> dict[tuple[str, str | None], str]:
    """What a start says with each variable in turn; one interpreter, a fork for each. `more`: what stands in
    the environment besides.
    """
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=repr((SOUND | more, cases)),
        env=SOUND,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {(name, value): said for name, value, said in (eval(line) for line in done.stdout.splitlines())}


@pytest.mark.covers("house: floor")
def test_nonsense_is_refused_at_start_with_the_name_of_the_variable() -> None:
    said = started(NONSENSE)
    named = {case: NAMED.get(case[0], case[0]) for case in said}
    wrong = {
        case: text
        for case, text in said.items()
        if not (
            text.startswith("ImproperlyConfigured: ") and named[case] in text and re.search("[а-я]{4}", text)
        )
    }
    assert not wrong
    assert len(said) == len(NONSENSE)


def test_elasticsearch_is_given_whole_or_not_at_all() -> None:
    """A certificate is no use at an address without TLS; the same is sound at one with it."""
    authority = certifi.where()
    nodes = [
        ("ELASTICSEARCH_URL", "http://search-1:9200"),
        ("ELASTICSEARCH_URL", "https://search-1:9200,http://search-2:9200"),
        ("ELASTICSEARCH_URL", "https://search-1:9200,https://search-2:9200"),
        ("ELASTICSEARCH_URL", None),
    ]
    plain, mixed, whole, none = started(nodes, ELASTICSEARCH_CA=authority).values()
    assert "ELASTICSEARCH_CA" in plain
    assert "ELASTICSEARCH_CA" in mixed
    assert [whole, none] == ["accepted", "accepted"]
    user = started([("ELASTICSEARCH_PASSWORD", "secret")], ELASTICSEARCH_USER="estafeta")
    assert list(user.values()) == ["accepted"]


def test_an_open_address_is_not_debugged() -> None:
    assert started([("DEBUG", "1")]) == {("DEBUG", "1"): "accepted"}
    base = {**SOUND, "ALLOWED_HOSTS": "estafeta.example.ru", "DEBUG": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=base,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "DEBUG включён на открытом адресе" in done.stderr


def test_sound_settings_are_accepted_and_every_variable_is_written_down() -> None:
    assert set(
        started(
            [
                ("CITY_NAME", "Тверь"),
                ("HTTPS", "0"),
                ("DATABASE_POOL", "8"),
                ("ALLOWED_HOSTS", "a.example.ru,b.example.ru"),
            ]
        ).values()
    ) == {"accepted"}
    sources = (ROOT / "config/settings.py").read_text()
    asked = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', sources)) | {"DATABASE_URL", "DATABASE_OWNER_URL"}
    written = set(re.findall(r"`([A-Z0-9_]+)`", (ROOT / "docs/deploy.md").read_text()))
    assert asked - written - {"DATABASE_AS_OWNER"} == set()
