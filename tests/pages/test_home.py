"""Every office lands on «Что дальше», and every line of every menu leads to a page."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import CAST

AsPerson = Callable[[str], Client]
HOMES = [(p.key, f"/s/{p.school}/" if p.school else "/") for p in CAST]


@pytest.mark.parametrize(("key", "url"), HOMES, ids=[k for k, _ in HOMES])
def test_every_office_lands_on_what_is_next(key: str, url: str, as_: AsPerson) -> None:
    answer = as_(key).get(url)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1
    assert "Что дальше" in answer.content.decode()


@pytest.mark.parametrize(("key", "url"), HOMES, ids=[k for k, _ in HOMES])
def test_every_line_of_the_menu_leads_to_a_page(key: str, url: str, as_: AsPerson) -> None:
    client = as_(key)
    page = client.get(url).content.decode()
    side = re.search(r'<nav aria-label="Разделы">(.*?)</nav>', page, re.S)
    links = re.findall(r'<a href="([^"]+)"', side[1]) if side else []
    assert links or key == "zoya"
    assert [(link, client.get(link).status_code) for link in links] == [(link, 200) for link in links]


def test_a_teacher_is_led_from_the_citys_address_to_the_school(as_: AsPerson) -> None:
    assert as_("boris").get("/")["Location"] == "/s/5/"
    assert as_("darya").get("/").status_code == 200


def test_whoever_has_no_office_is_told_whom_to_ask(as_: AsPerson) -> None:
    assert "Попросите куратора" in as_("zoya").get("/").content.decode().replace("\xa0", " ")


def test_a_visitor_is_asked_to_sign_in_and_returns(as_: AsPerson) -> None:
    answer = as_("").get("/s/5/practices/?state=draft")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/s/5/practices/%3Fstate%3Ddraft"


def test_a_stranger_is_not_told_that_the_school_exists(as_: AsPerson) -> None:
    there, nowhere = as_("gleb").get("/s/5/"), as_("gleb").get("/s/no-such-school/")
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_the_switch_shows_all_places(as_: AsPerson) -> None:
    assert as_("anna").get("/places/").content.decode().count("<tr>") == 3
