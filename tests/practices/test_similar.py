"""What is like a practice of the bank: told in the same rare words, of what the reader may see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices import bank, search
from best_practices.models import BankPractice, Practice
from portal.core import clock
from portal.core.actor import Actor
from tests.search.documents import document
from tests.things import card_in_bank

AsPerson = Callable[[str], Client]


def told(content: dict[str, Any], number: int, title: str, **more: Any) -> BankPractice:
    """A card in which nothing but its title and keywords is told."""
    empty = {name: "" for name, value in content.items() if isinstance(value, str)}
    own = {
        **content,
        **empty,
        "keywords": [],
        "subjects": [],
        "tasks": [],
        "steps": [],
        "results": [],
        "title": title,
    }
    card = card_in_bank(
        {**own, "nomination": "N1", "form": "teacher_teacher"}, code=f"ЛП-2026-{number:04}", **more
    )
    search.ENGINE.index([search.document_of(card)])
    return card


@pytest.fixture
def cards(content: dict[str, Any], db: None) -> list[BankPractice]:
    titles = [
        "Маятник и вулкан на уроке",
        "Вулкан и маятник дома",
        "Вулканы, маятники и песок на уроке",
        "Хор на уроке",
        "Маятник",
        *(f"Урок и хор, номер {number}" for number in range(9)),
    ]
    return [told(content, number, title) for number, title in enumerate(titles, 1)]


def test_similar_are_those_that_share_rare_words_and_it_is_said_which(
    cards: list[BankPractice], actor: Callable[..., Actor], as_: AsPerson
) -> None:
    first, home, sand, *_ = cards
    found = search.similar_to(actor("gleb"), first)
    assert {one.card.pk for one in found[:2]} == {home.pk, sand.pk}
    assert set(found[0].words) >= {"маятник", "вулкан"}
    assert first not in [one.card for one in found]
    assert cards[4] not in [one.card for one in found], "one word in common is no likeness"
    api = as_("gleb").get(f"/s/12/api/v1/bank/{first.uuid}/").json()["similar"]
    assert [(one["uuid"], tuple(one["words"])) for one in api] == [
        (str(one.card.uuid), one.words) for one in found
    ]


@pytest.mark.parametrize(
    ("key", "base"), [("gleb", "/s/12"), ("boris", "/s/5"), ("vera", "/s/5"), ("darya", "")]
)
def test_readers_of_every_role_see_them(
    key: str, base: str, cards: list[BankPractice], as_: AsPerson
) -> None:
    page = as_(key).get(f"{base}/bank/{cards[0].uuid}/").content.decode().replace("\xa0", " ")
    part = page.split('id="h-similar"')[1]
    assert f'href="{base}/bank/{cards[1].uuid}/"' in part
    assert "«маятник»" in part
    lone = as_(key).get(f"{base}/bank/{cards[4].uuid}/").content.decode().replace("\xa0", " ")
    assert "Похожих в банке пока нет" in lone


def test_a_withdrawn_practice_is_similar_to_nothing_at_once(
    cards: list[BankPractice], actor: Callable[..., Actor]
) -> None:
    """Also before the index has heard of it: the answer is read through the door."""
    first, home, sand, *_ = cards
    BankPractice.objects.filter(pk=home.pk).update(archived_on=clock.today())
    assert home not in [one.card for one in search.similar_to(actor("gleb"), first)]
    bank.take_off(Practice(practice=sand.practice))
    asked = document("", title="Маятник и вулкан")
    assert sand.uuid not in {one.uuid for one in search.ENGINE.similar(asked, 5)}
    assert sand not in [one.card for one in search.similar_to(actor("gleb"), first)]


def test_whose_practice_it_is_makes_nothing_similar(
    content: dict[str, Any], actor: Callable[..., Actor]
) -> None:
    """Of the same school and the same author, of another thing."""
    same = {"authors": [{"full_name": "Зимородкова Эльвира Ромуальдовна", "position": "", "role": ""}]}
    first = told(content, 1, "Маятник", **same)
    for number in range(2, 5):
        told(content, number, f"Хор {number}", **same)
    assert search.similar_to(actor("gleb"), first) == []


def test_a_handful_for_the_same_price(
    content: dict[str, Any], cards: list[BankPractice], actor: Callable[..., Actor]
) -> None:
    """Blocks are read past Django, so they are the fourth question."""
    gleb, prices = actor("gleb"), []
    for hundred in (1, 2):
        with CaptureQueriesContext(connection) as queries:
            found = search.similar_to(gleb, cards[0])
        prices.append(len(queries))
        for more in range(30):
            told(content, 100 * hundred + more, "Вулкан, маятник и песок" if more % 3 else "Хор и урок")
            told(content, 500 * hundred + more, "Сад и хор")
    assert len(found) == search.SIMILAR
    assert prices == [3, 3]
