"""The published bank where Elasticsearch is installed: pages and API answer by it, the job follows what is
published and taken off, the operator is told.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from best_practices import bank, search
from best_practices.counted import recount
from best_practices.evidence import Grade
from best_practices.following import tell_second_engine
from best_practices.models import BankPractice, Practice, PracticeEvidence
from best_practices.services import add_search_word, change_search_word, use_search_word
from portal.core.actor import Actor
from portal.search.elastic import second
from portal.search.engine import Query
from tenants.tasks import DAILY_IN_CITY
from tests.queued import do_queued
from tests.search.elastic_node import Node
from tests.search.two_engines import Asked, forget
from tests.things import card_in_bank
from tests.workflows.practice_scenes import content

AsPerson = Callable[[str], Client]
FOLLOW = "best_practices.follow_bank"


def published(title: str) -> BankPractice:
    """As the step of the workflow does it: the card, the index, the job."""
    card = card_in_bank({**content(), "title": title}, title=title, code=f"ЛП-2026-{len(title):04d}")
    search.ENGINE.index([search.document_of(card)])
    tell_second_engine(Actor.system())
    return card


@pytest.fixture
def elastic(db: None, node: Node, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """The settings of an installation that has it, and what Elasticsearch was asked."""
    name = f"test-{uuid.uuid4().hex}"
    settings.ELASTICSEARCH = {
        **settings.ELASTICSEARCH,
        "urls": [node.url],
        "prefix": name,
        "slow_ms": 5_000,
    }
    second.client.cache_clear()
    reader = second.reader(search.ENGINE.postgres, search.NAME)
    assert reader
    asked = Asked(reader.postgres, reader.client, reader.alias)
    monkeypatch.setattr(search.ENGINE, "reader", asked)
    yield asked
    forget(node.client(), name)
    second.client.cache_clear()


def test_what_is_published_and_taken_off(elastic: Asked, as_: AsPerson) -> None:
    """A teacher finds it before the job has run and after; taken off, it is gone from its commit."""
    gleb, title = as_("gleb"), "Кинопанорама наставника"
    first = published("Практика первая")
    assert do_queued(FOLLOW) == 1
    card = published(title)
    assert str(card.uuid) in gleb.get("/s/12/bank/", {"q": "кинопанорама"}).content.decode()
    assert not elastic.tried, "Elasticsearch knew of it too early"
    do_queued(FOLLOW)
    page = gleb.get("/s/12/bank/", {"q": "кинопанорама"}).content.decode()
    assert str(card.uuid) in page
    assert "<mark>Кинопанорама</mark>" in page
    assert elastic.answered == ["кинопанорама"]
    bank.take_off(Practice(practice=card.practice))
    page = gleb.get("/s/12/bank/", {"q": "наставник"}).content.decode()
    assert str(card.uuid) not in page
    assert str(first.uuid) in page
    assert elastic.answered[1:] == ["наставник"]
    do_queued(FOLLOW)
    assert str(card.uuid) not in gleb.get("/s/12/bank/", {"q": "кинопанорама"}).content.decode()
    assert not elastic.troubles


@pytest.mark.parametrize("text", ["", "урок"])
def test_the_proved_stand_first_by_elasticsearch_too(
    text: str, elastic: Asked, actor: Callable[..., Actor]
) -> None:
    """«Сначала доказанные»: the rungs in order over two pages, nobody twice and nobody lost, though the first
    was never counted; of the catalogue to the document as by PostgreSQL.
    """
    cards = [published(f"Урок {'и сад ' * number}") for number in range(13)]
    rungs = [grade for grade in Grade for _ in range(3)][: len(cards)]
    for card, grade in list(zip(cards, rungs, strict=True))[1:]:
        recount(card.practice)
        PracticeEvidence.objects.filter(practice=card.practice).update(grade=grade, rank=grade.rank)
    search.ENGINE.index(search.documents_of([card.uuid for card in cards]))
    do_queued(FOLLOW)
    semyon, picked = actor("semyon"), {"evidence": ["described", "repeated"]}

    def told(**filters: list[str]) -> tuple[list[int], list[BankPractice]]:
        pages = [search.search_bank(semyon, text, filters, number, order="proved") for number in (1, 2)]
        return [found.total for found, _ in pages], [one.card for _, page in pages for one in page]

    totals, shown = told()
    ranks = [rungs[cards.index(card)].rank for card in shown]
    assert (totals, len(shown), len(set(shown))) == ([13, 13], 13, 13)
    assert ranks == sorted((grade.rank for grade in rungs), reverse=True)
    narrowed = told(**picked)
    assert (narrowed[0], len(set(narrowed[1]))) == ([6, 6], 6)
    assert (len(elastic.answered) >= 4, elastic.troubles) == (True, []), "all of it by Elasticsearch"
    search.ENGINE.reader = None
    by_postgresql = told()[1], told(**picked)[1]
    if text:
        assert [rungs[cards.index(card)] for card in by_postgresql[0]] == [
            rungs[cards.index(card)] for card in shown
        ]
    else:
        assert by_postgresql == (shown, narrowed[1])


def test_what_the_methodist_teaches_acts_at_once(elastic: Asked, actor: Callable[..., Actor]) -> None:
    """Words stay in PostgreSQL: nothing is sent, nothing is built anew."""

    def found(text: str) -> list[uuid.UUID]:
        return [hit.uuid for hit in search.ENGINE.search(Query(text)).hits]

    card, darya = published("Юные зоологи"), actor("darya")
    do_queued(FOLLOW)
    assert found("юннаты") == []
    word = add_search_word(["юннаты", "юные зоологи"], by=darya)
    assert found("юннаты") == [card.uuid]
    change_search_word(word, ["натуралисты", "юные зоологи"], by=darya)
    assert (found("юннаты"), found("натуралисты")) == ([], [card.uuid])
    use_search_word(word, False, by=darya)
    assert found("натуралисты") == []
    assert [text for text in elastic.answered if text == "натуралисты"] == ["натуралисты"] * 2
    assert (search.OUTBOX.waiting().number, elastic.troubles) == (0, [])


def test_new_numbers_of_postgresql_are_sent(elastic: Asked) -> None:
    """As the rebuild of its index tells of them in the transaction of its swap."""
    card = published("Практика")
    do_queued(FOLLOW)
    bank.Cards().renumbered([card.uuid])
    assert search.OUTBOX.waiting().changed == 1
    assert do_queued(FOLLOW) == 2, "the job has not been asked for"
    assert search.OUTBOX.waiting().number == 0


def test_the_operator_sees_who_answers_and_what_waits(elastic: Asked, client: Client) -> None:
    def said() -> tuple[str, int]:
        answer = client.get("/readyz").json()
        return answer["search"], answer["search_waiting"]

    published("Практика")
    assert said() == ("postgresql", 1)
    do_queued(FOLLOW)
    assert said() == ("elasticsearch", 0)
    for _ in range(search.ENGINE.breaker.failures):
        search.ENGINE.breaker.failed(TimeoutError())
    assert said() == ("postgresql", 0)
    search.ENGINE.breaker.went_well()


def test_the_night_compares_and_the_command_builds_anew(
    elastic: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    card = published("Практика")
    call_command("rebuild_elastic")
    assert capsys.readouterr().out.splitlines() == ["1 из 1", "Готово: практик в указателе 1."]
    elastic.client.delete(index=elastic.alias, id=str(card.uuid), refresh=True)
    [night] = [work for work in DAILY_IN_CITY if work.__module__ == "best_practices.following"]
    night(Actor.system())
    found, shown = search.search_bank(Actor.system(), "практика", {})
    assert (found.total, [one.card for one in shown]) == (1, [card])
    assert elastic.answered == ["практика"]


def test_without_elasticsearch_nothing_is_asked_of_it(db: None, client: Client) -> None:
    card = published("Практика")
    told = client.get("/readyz").json()
    assert (told["search"], told["search_waiting"]) == ("postgresql", 0), "nobody is waited for"
    assert search.OUTBOX.waiting().number == 1, "switched on, it would catch up"
    assert do_queued(FOLLOW) == 0
    assert search.search_bank(Actor.system(), "практика", {})[1][0].card == card
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("rebuild_elastic")
    bank.take_off(Practice(practice=card.practice))
    assert search.search_bank(Actor.system(), "практика", {})[0].total == 0
