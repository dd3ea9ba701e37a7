"""The feed of the bank: an own address that a program reads without signing in."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from best_practices import bank as bank_of_city
from best_practices import search
from best_practices.models import BankPractice, Practice
from portal.accounts import closing
from portal.accounts.models import Membership, User
from portal.city_records.models import ReadLine
from portal.core import clock
from portal.core.actor import Actor
from portal.demo.cast import uuid_of
from tests.cast import BY_KEY
from tests.things import card_in_bank

AsPerson = Callable[[str], Client]
NAMES = {"a": "http://www.w3.org/2005/Atom"}
PROGRAM = Client()
"""Whoever reads feeds has no session."""


@pytest.fixture
def cards(content: dict[str, Any], db: None) -> list[BankPractice]:
    made = [
        card_in_bank(
            {**content, "title": title},
            practice=uuid_of("fed practice", title),
            code=f"ЛП-2026-{number:04d}",
            title=title,
            published_on=clock.today() - dt.timedelta(days=9 - number),
        )
        for number, title in enumerate(("Зебры у доски", "Скамейка примирения", "Зебры & жирафы"), start=1)
    ]
    search.ENGINE.index([search.document_of(card) for card in made])
    return made


def address_of(client: Client, query: str = "") -> str:
    """As the person reads it on the own page."""
    had = re.search(r'name="instead" value="([^"]+)"', client.get("/me/feed/").content.decode())
    client.post(f"/me/feed/?{query}", {"act": "new", "instead": had[1] if had else ""})
    found = re.search(r"http://testserver(/feed/[^<\s]+)", client.get(f"/me/feed/?{query}").content.decode())
    assert found
    return found[1].replace("&amp;", "&")


def titles(answer: Any) -> list[str | None]:
    assert answer.status_code == 200, answer.status_code
    feed = ElementTree.fromstring(answer.content)
    return [entry.findtext("a:title", namespaces=NAMES) for entry in feed.findall("a:entry", NAMES)]


def test_a_program_reads_what_is_new_without_names_of_people(
    as_: AsPerson, cards: list[BankPractice]
) -> None:
    answer = PROGRAM.get(address_of(as_("boris")))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert titles(answer) == ["Зебры & жирафы", "Скамейка примирения", "Зебры у доски"], "the newest first"
    text = answer.content.decode()
    assert f"http://testserver/bank/{cards[0].uuid}/" in text
    assert cards[0].school_name in text
    for author in cards[0].authors:
        assert author["full_name"].split()[0] not in text
    ids = [
        entry.findtext("a:id", namespaces=NAMES)
        for entry in ElementTree.fromstring(text).findall("a:entry", NAMES)
    ]
    assert ids == [card.uuid.urn for card in reversed(cards)], (
        "the address of a practice may change, it does not"
    )


def test_it_is_narrowed_as_the_page_is(as_: AsPerson, cards: list[BankPractice]) -> None:
    gleb = as_("gleb")
    read = PROGRAM.get(address_of(gleb, "q=зебры"))
    assert titles(read) == ["Зебры & жирафы", "Зебры у доски"]
    assert "Банк лучших практик: «зебры»" in read.content.decode()
    whole = address_of(gleb)
    assert len(titles(PROGRAM.get(f"{whole}?nomination={cards[0].nomination}"))) == 3
    assert titles(PROGRAM.get(f"{whole}?nomination=nothing")) == []
    assert titles(PROGRAM.get(f"{whole}?q=%01%EF%BF%BFзебры")) == ["Зебры & жирафы", "Зебры у доски"]


def test_what_is_withdrawn_is_gone_at_once_whatever_the_program_has_kept(
    as_: AsPerson, cards: list[BankPractice]
) -> None:
    """By its ETag, and by Last-Modified alone: no card is younger after a withdrawal."""
    address = address_of(as_("boris"))
    long_ago = clock.now() - dt.timedelta(days=1)
    BankPractice.objects.update(updated_at=long_ago)
    read = PROGRAM.get(address)
    kept = {"etag": read["ETag"], "moment": read["Last-Modified"]}
    assert PROGRAM.get(address, headers={"If-None-Match": kept["etag"]}).status_code == 304
    assert PROGRAM.get(address, headers={"If-Modified-Since": kept["moment"]}).status_code == 304
    card = cards[1]
    practice = Practice(
        practice=card.practice, code=card.code, school=_school(), title=card.title, content=card.content
    )
    practice.authors = []
    practice.save()
    bank_of_city.take_off(practice)
    taken_off = BankPractice.every.get(pk=card.pk)
    for headers in ({"If-None-Match": kept["etag"]}, {"If-Modified-Since": kept["moment"]}):
        again = PROGRAM.get(address, headers=headers)
        assert "Скамейка примирения" not in titles(again)
    assert not again.has_header("Last-Modified"), "a moment that is not over may be told of two feeds"
    with clock.at(clock.now() + dt.timedelta(minutes=1)):
        assert PROGRAM.get(address)["Last-Modified"] == http_date(int(taken_off.updated_at.timestamp()))


def _school() -> Any:
    membership = Membership.objects.select_related("school").get(user=BY_KEY["boris"].uuid, office="teacher")
    return membership.school


def test_an_address_ends_by_another_one_by_revoking_and_with_the_right(
    as_: AsPerson, cards: list[BankPractice]
) -> None:
    boris = as_("boris")
    first = address_of(boris)
    second = address_of(boris)
    assert first != second
    assert (PROGRAM.get(first).status_code, PROGRAM.get(second).status_code) == (404, 200)
    assert second in boris.get("/s/5/bank/").content.decode(), "a browser finds it by itself"
    boris.post("/me/feed/", {"act": "stop"})
    assert PROGRAM.get(second).status_code == 404
    assert "application/atom+xml" not in boris.get("/s/5/bank/").content.decode()
    late = boris.post(
        "/me/feed/", {"act": "new", "instead": str(uuid_of("a mark of", "before"))}, follow=True
    )
    assert "Адрес уже отозван" in late.content.decode(), "a window of before says what is so"
    assert "Адрес новый" not in late.content.decode()
    third = address_of(boris)
    assert PROGRAM.get(third).status_code == 200
    yesterday = clock.today() - dt.timedelta(days=1)
    Membership.objects.filter(user=BY_KEY["boris"].uuid).update(valid_to=yesterday)
    assert PROGRAM.get(third).status_code == 404
    Membership.objects.filter(user=BY_KEY["boris"].uuid).update(valid_to=None)
    assert PROGRAM.get(third).status_code == 200
    User.objects.filter(pk=BY_KEY["boris"].uuid).update(is_active=False)
    assert PROGRAM.get(third).status_code == 404


def test_a_closed_account_has_no_address_when_it_is_opened_again(as_: AsPerson, db: None) -> None:
    address_of(as_("boris"))
    long_ago = clock.today() - dt.timedelta(days=400)
    Membership.objects.filter(user=BY_KEY["boris"].uuid).update(valid_from=long_ago, valid_to=long_ago)
    closing.close_left_accounts(Actor.system())
    assert User.objects.get(pk=BY_KEY["boris"].uuid).feed_mark is None


def test_a_key_that_is_not_ours_costs_no_question(as_: AsPerson, cards: list[BankPractice]) -> None:
    """What the database keeps opens nothing without the signature."""
    address = address_of(as_("boris"))
    mark = User.objects.get(pk=BY_KEY["boris"].uuid).feed_mark
    assert mark
    assert mark.hex in address
    for wrong in (mark.hex, f"{mark.hex}.", f"{mark.hex}.{'a' * 43}", f"{address[6:-2]}", "a" * 300):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert PROGRAM.get(f"/feed/{wrong}/").status_code == 404
        assert not [query for query in asked if "accounts_user" in query["sql"]]


def test_reading_it_is_no_reading_of_people(as_: AsPerson, cards: list[BankPractice]) -> None:
    address, before = address_of(as_("boris")), ReadLine.objects.count()
    PROGRAM.get(address)
    assert ReadLine.objects.count() == before


def test_who_may_not_read_the_bank_gets_no_address(as_: AsPerson) -> None:
    assert as_("zoya").get("/me/feed/").status_code == 403
    assert as_("zoya").post("/me/feed/", {"act": "new"}).status_code == 403
    assert User.objects.get(pk=BY_KEY["zoya"].uuid).feed_mark is None
    assert PROGRAM.get(address_of(as_("darya"))).status_code == 200
