"""The bank's index is built anew while people publish and search; killed, it goes on where it stopped."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import transaction
from django.test import Client

from best_practices import search
from best_practices.models import BankBlock, BankDocument, BankPractice, BankTerm, BankWord
from portal.demo.cast import uuid_of
from portal.search.engine import Query
from portal.search.postgres_index import MADE
from tenants.context import in_school
from tenants.models import School
from tests import database
from tests.things import card_in_bank

CARDS = 40
Publish = Callable[[int, str], BankPractice]


@pytest.fixture
def publish(content: dict[str, Any], own_database: str) -> Publish:
    """Put a card into the bank and its index, in one transaction."""

    def put(number: int, title: str) -> BankPractice:
        with transaction.atomic():
            card = card_in_bank(
                content,
                practice=uuid_of("rebuilt", str(number)),
                code=f"ЛП-2026-{number:04d}",
                title=title,
            )
            search.ENGINE.index([search.document_of(card)])
        return card

    return put


@pytest.fixture
def bank(publish: Publish) -> list[BankPractice]:
    return [publish(number, f"Практика номер {number}") for number in range(1, CARDS + 1)]


def rebuilding(name: str, *arguments: str) -> subprocess.Popen[str]:
    urls = {"DATABASE_URL": database.app_url(name), "DATABASE_OWNER_URL": database.owner_url(name)}
    return subprocess.Popen(
        [sys.executable, "manage.py", "rebuild_index", *arguments],
        cwd=database.ROOT,
        env={**os.environ, **urls},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(process: subprocess.Popen[str], words: str, times: int = 1) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        times -= words in line
        if not times:
            return
    raise AssertionError(process.stderr and process.stderr.read())


def found(text: str) -> list[str]:
    return [hit.title for hit in search.ENGINE.search(Query(text, limit=100)).hits]


def kept() -> dict[str, Any]:
    """What an index says, whatever its numbers are."""
    names = dict(BankTerm.objects.values_list("id", "term"))
    return {
        "terms": sorted(BankTerm.objects.filter(df__gt=0).values_list("term", "df")),
        "words": sorted(BankWord.objects.values_list("word", "df")),
        "documents": sorted(
            BankDocument.objects.values_list("uuid", "title", "lemmas", "length", "dated_on")
        ),
        "held": sorted({names[no] for no in BankBlock.objects.values_list("term_no", flat=True) if no > 0}),
    }


@pytest.mark.covers("house: jobs")
def test_killed_in_the_middle_it_goes_on_and_has_what_was_published_meanwhile(
    bank: list[BankPractice], publish: Publish, own_database: str
) -> None:
    killed = rebuilding(own_database, "--at-once", "2", "--processes", "2")
    with transaction.atomic():
        bank[0].title = "Гироскоп вместо первой"  # whose transaction holds the swap up
        bank[0].save()
        search.ENGINE.index([search.document_of(bank[0])])
        until(killed, "Разобрано", times=3)
        killed.kill()
        killed.communicate(timeout=120)
    search.ENGINE.remove([bank[1].uuid])
    bank[1].delete()
    publish(90, "Кинопанорама")
    assert (found("гироскоп"), found("кинопанорама")) == (["Гироскоп вместо первой"], ["Кинопанорама"])

    with transaction.atomic():
        publish(91, "Одуванчик")
        again = rebuilding(own_database, "--at-once", "2", "--processes", "1")
        until(again, "Продолжено")
        until(again, "Учтены изменения")
        assert "уже строит другой процесс" in rebuilding(own_database).communicate(timeout=120)[1]
    publish(92, "Метроном")
    output, errors = again.communicate(timeout=120)
    assert (again.returncode, errors) == (0, ""), output
    assert "Готово, поиск идёт по новому указателю" in output

    for title in ("Гироскоп вместо первой", "Кинопанорама", "Одуванчик", "Метроном"):
        assert found(title.split()[0]) == [title]
    assert search.ENGINE.search(Query("")).total == BankPractice.objects.count() == CARDS + 2
    with in_school(School.objects.get(number=5)):
        assert found("одуванчик") == ["Одуванчик"]
    publish(93, "Секстант")
    rebuilt = kept()
    with transaction.atomic():
        search.ENGINE.rebuild(search.document_of(card) for card in BankPractice.objects.order_by("pk"))
        assert rebuilt == kept()


def test_an_index_of_another_analysis_is_told_and_made_anew(
    bank: list[BankPractice], own_database: str
) -> None:
    assert not search.ENGINE.postgres.is_old
    with psycopg.connect(database.owner_url(own_database), autocommit=True) as owner:
        owner.execute("UPDATE best_practices_bankterm SET df = df - 1 WHERE term = %s", [MADE])
    assert Client().get("/readyz").json()["search_index_old"] is True
    first, second = (rebuilding(own_database, "--if-old").communicate(timeout=120) for _ in range(2))
    assert "Готово" in first[0], first
    assert (second[0].strip(), second[1]) == ("Указатель построен нынешним разбором.", "")
    assert Client().get("/readyz").json()["search_index_old"] is False
    assert len(found("практика номер")) == CARDS
    with psycopg.connect(database.owner_url(own_database)) as owner:
        schemas = owner.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'aside%'").fetchone()
        named = ["bankdocument_newest", "bankword_trgm", "best_practices_bankblock_pkey"]
        indexes = owner.execute(
            "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public' AND indexname = ANY(%s)", [named]
        ).fetchone()
    assert (schemas, indexes) == ((0,), (3,))
