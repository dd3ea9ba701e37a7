"""Collections of cards: one's own that nobody else sees, those of the city on the bank's first page."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from best_practices import news
from best_practices.models import BankPractice, Collection, Practice, ShownCollection
from best_practices.services import collections as gathering
from best_practices.workflow import PRACTICE
from portal.accounts.models import User
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible, Stale
from tests.cast import BY_KEY
from tests.practices.readers import methodist, published, who
from tests.practices.test_comments import on_card, read
from tests.things import card_in_bank

As = Callable[[str], Client]
NOTE = "Взять таблицу наблюдений"


@pytest.fixture
def cards(content: dict[str, Any], db: None) -> list[BankPractice]:
    others = [
        card_in_bank({**content, "title": f"Практика {number}"}, code=f"ЛП-2026-010{number}")
        for number in (1, 2)
    ]
    return [published(content), *others]


def titles(found: Collection) -> list[str]:
    found.refresh_from_db()
    return [one.title for one in found.items]


def test_a_card_is_put_into_a_new_collection_from_its_page(cards: list[BankPractice], as_: As) -> None:
    vera, card = as_("vera"), cards[0]
    assert f'href="/me/collections/about/{card.uuid}/"' in on_card(card, vera)
    form = f"/me/collections/about/{card.uuid}/"
    nameless = vera.post(form, {"into": "new", "note": NOTE})
    assert nameless.status_code == 422
    assert NOTE in read(nameless)
    assert vera.post(form, {"into": "new", "title": "На осень", "note": NOTE}).status_code == 302
    found = Collection.objects.get()
    assert (found.user_id, titles(found), found.items[0].note) == (BY_KEY["vera"].uuid, [card.title], NOTE)
    again = vera.post(f"/me/collections/about/{cards[1].uuid}/", {"into": str(found.uuid)})
    assert again["Location"] == f"/me/collections/{found.uuid}/"
    assert vera.post(form, {"into": str(found.uuid)}).status_code == 302
    assert titles(found) == [card.title, "Практика 1"], "put in once more, it keeps its place"
    assert found.items[0].note == NOTE
    assert "На осень" in read(vera.get("/me/collections/"))
    assert NOTE in read(vera.get(f"/me/collections/{found.uuid}/"))
    gleb = as_("gleb")
    assert "На осень" not in read(gleb.get("/me/collections/"))
    assert gleb.get(f"/me/collections/{found.uuid}/").status_code == 404
    assert gleb.post(f"/me/collections/{found.uuid}/delete/").status_code == 404
    assert vera.post(f"/me/collections/{found.uuid}/delete/").status_code == 302
    assert not Collection.objects.exists()


def test_its_order_and_notes_are_its_owners(cards: list[BankPractice]) -> None:
    vera = who("vera")
    found = gathering.make_collection(title="На осень", by=vera)
    assert gathering.make_collection(title=" На  осень ", by=vera) == found
    for card in cards:
        gathering.put_card(found, card, by=vera)
    first, second, third = (str(card.practice) for card in cards)
    gathering.arrange_card(found, third, "up", by=vera)
    assert titles(found) == [cards[0].title, "Практика 2", "Практика 1"]
    gathering.arrange_card(found, first, "up", by=vera)
    gathering.arrange_card(found, first, "down", by=vera)
    gathering.arrange_card(found, second, "note", note=NOTE, by=vera)
    gathering.arrange_card(found, third, "away", by=vera)
    assert titles(found) == [cards[0].title, "Практика 1"]
    assert found.items[1].note == NOTE
    for practice, act in ((third, "up"), (first, "sideways"), ("", "up")):
        with pytest.raises(Conflict):
            gathering.arrange_card(found, practice, act, by=vera)
    with pytest.raises(Stale):
        gathering.arrange_card(found, first, "down", by=vera, version=1)
    with pytest.raises(NotVisible):
        gathering.arrange_card(found, first, "away", by=who("gleb"))
    with pytest.raises(Invalid):
        gathering.arrange_card(found, first, "note", note="щ" * 301, by=vera)


def test_there_are_bounds(cards: list[BankPractice], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_COLLECTIONS", 1)
    monkeypatch.setattr(gathering, "MOST_CARDS", 1)
    found = gathering.make_collection(title="Первая", by=who("vera"))
    with pytest.raises(Invalid):
        gathering.make_collection(title="Вторая", by=who("vera"))
    gathering.put_card(found, cards[0], by=who("vera"))
    with pytest.raises(Conflict):
        gathering.put_card(found, cards[1], by=who("vera"))
    with pytest.raises(Forbidden):
        gathering.make_collection(title="Чужая", by=who("zoya"))


def test_the_methodist_shows_one_to_all_and_a_card_taken_off_leaves_it_at_once(
    cards: list[BankPractice], as_: As, actor: Callable[..., Actor]
) -> None:
    darya, vera = as_("darya"), as_("vera")
    with pytest.raises(Forbidden):
        gathering.make_collection(title="Городская", of_city=True, by=who("vera"))
    typed = {"title": "С чего начать", "text": "Три практики для первых недель", "of_city": "on"}
    assert darya.post("/me/collections/new/", typed).status_code == 302
    found = Collection.objects.get()
    with pytest.raises(Conflict):
        gathering.show_collection(found, show=True, by=methodist())
    for card in cards:
        gathering.put_card(found, card, note=NOTE, by=methodist())
    assert "С чего начать" not in read(vera.get("/s/5/bank/"))
    assert "С чего начать" not in read(vera.get("/me/collections/"))
    assert vera.get(f"/s/5/bank/collections/{found.uuid}/").status_code == 404
    with pytest.raises(Forbidden):
        gathering.show_collection(found, show=True, by=who("vera"))
    found.refresh_from_db()
    shown = darya.post(f"/me/collections/{found.uuid}/show/", {"show": "yes", "version": found.version})
    assert shown.status_code == 302
    front = read(vera.get("/s/5/bank/"))
    assert "С чего начать" in front
    assert "3 практики" in front
    assert f'href="/s/5/bank/collections/{found.uuid}/"' in front
    opened = f"/s/5/bank/collections/{found.uuid}/"
    assert NOTE in read(vera.get(opened))
    own = gathering.make_collection(title="Своё", by=who("vera"))
    gathering.put_card(own, cards[0], by=who("vera"))
    practice = Practice.objects.get(practice=cards[0].practice)
    PRACTICE.move(practice, "archive", by=actor("semyon"), comment="Устарела: стандарт сменился.")
    assert cards[0].title not in read(vera.get(opened))
    assert "2 практики" in read(vera.get("/s/5/bank/"))
    kept = read(vera.get(f"/me/collections/{own.uuid}/"))
    assert cards[0].title in kept
    assert "снята с публикации" in kept
    gathering.show_collection(found, show=False, by=methodist())
    assert vera.get(opened).status_code == 404
    assert not ShownCollection.objects.exists()


def test_with_the_account_they_are_gone(cards: list[BankPractice]) -> None:
    gathering.make_collection(title="На осень", by=who("vera"))
    gathering.make_collection(title="Города", of_city=True, by=methodist())
    User.objects.filter(pk=BY_KEY["vera"].uuid).update(is_active=False)
    news.gather_news(Actor.system())
    assert [one.title for one in Collection.objects.all()] == ["Города"]


def test_by_the_api(cards: list[BankPractice], as_: As) -> None:
    vera = as_("vera")
    json: dict[str, Any] = {"content_type": "application/json"}
    made = vera.post("/api/v1/me/collections/", {"title": "На осень"}, **json)
    assert made.status_code == 201, made.content
    own = f"/api/v1/me/collections/{made.json()['uuid']}/"
    items = [{"practice": str(cards[1].practice), "note": NOTE}, {"practice": str(cards[0].practice)}]
    body = {"title": "На зиму", "items": items}
    put = vera.put(own, body, headers={"If-Match": made["ETag"]}, **json)
    assert put.status_code == 200, put.content
    assert [one["title"] for one in put.json()["items"]] == ["Практика 1", cards[0].title]
    assert as_("gleb").get(own).status_code == 404
    wrong = {**body, "items": [{"practice": str(uuid4())}]}
    assert vera.put(own, wrong, headers={"If-Match": put["ETag"]}, **json).status_code == 422
    refused = vera.post(f"{own}show/", {"show": True}, headers={"If-Match": put["ETag"]}, **json)
    assert refused.status_code == 403
    assert vera.post(f"{own}delete/", headers={"If-Match": put["ETag"]}, **json).status_code == 200
    assert vera.get("/api/v1/me/collections/").json() == []
    city = gathering.make_collection(title="Города", of_city=True, by=methodist())
    gathering.show_collection(gathering.put_card(city, cards[0], by=methodist()), show=True, by=methodist())
    (read_by_all,) = vera.get("/s/5/api/v1/bank/collections/").json()
    assert [one["uuid"] for one in read_by_all["cards"]] == [str(cards[0].uuid)]
    assert vera.get(f"/s/5/api/v1/bank/collections/{city.uuid}/").json() == read_by_all
