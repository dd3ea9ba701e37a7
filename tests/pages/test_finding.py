"""The box in the head of a page: what it hints at, what it finds, and whose reading it notes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core.actor import Actor
from portal.local_acts.services import load_municipal_act
from portal.school_records.models import ReadLine
from portal.staff.models import Person
from tenants.models import School
from tests.workflows.mentoring_scenes import active

As = Callable[[str], Client]
Who = Callable[[str], Actor]


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode().replace("\xa0", " ")


def test_the_box_hints_at_what_each_may_find(as_: As) -> None:
    assert "Практика, человек, приказ, Положение" in text_of(as_("anna"), "/s/5/more/")
    assert "Практика, школа" in text_of(as_("semyon"), "/more/")
    assert "Поиск по порталу" in text_of(as_("anna"), "/s/5/more/")
    assert "Поиск по порталу" not in text_of(as_("zoya"), "/more/")
    assert 'id="q-head"' not in text_of(as_("anna"), "/s/5/find/"), "the page has its own box"


def test_a_person_is_found_by_a_part_of_the_name_and_the_reading_is_noted(
    school5: School, as_: As, inside: Any
) -> None:
    shown = text_of(as_("anna"), "/s/5/find/?q=соколова")
    assert "Люди школы" in shown
    assert "Соколова Вера Андреевна" in shown
    assert "учитель математики" in shown
    with inside(school5):
        vera = Person.objects.get(last_name="Соколова")
        line = ReadLine.objects.get(page="/s/5/find/")
        assert line.subjects == [vera.uuid]
    assert f"/s/5/people/{vera.uuid}/" in shown


def test_an_order_is_found_by_its_number_by_those_whom_it_concerns(
    who: Who, school5: School, as_: As, inside: Any
) -> None:
    with inside(school5):
        order = active(who).order
        assert order is not None
        number, title = order.number, order.title
    for asked in (number, f"№ {number}", number.upper(), number[:2]):
        shown = text_of(as_("anna"), f"/s/5/find/?q={asked}")
        assert f"№ {number} от" in shown, asked
        assert title in shown
    assert f"№ {number} от" in text_of(as_("vera"), f"/s/5/find/?q={number}"), "named in it"
    assert f"№ {number} от" not in text_of(as_("lev"), f"/s/5/find/?q={number}"), "not named in it"


def test_a_school_is_found_by_its_number_and_a_teacher_finds_nothing_in_the_city(
    school5: School, as_: As
) -> None:
    shown = text_of(as_("semyon"), "/find/?q=школа № 5")
    assert str(school5.uuid) in shown
    refused = as_("nina").get("/find/?q=школа")
    assert refused.status_code == 403
    assert "Поиск открыт" in refused.content.decode()


@pytest.mark.parametrize(
    "asked", ["%", "_", "😀", "а" * 10_000, "'\"<b>", "№", " ", "1 2 3", "%E2%80%AE"], ids=range(9)
)
def test_no_question_breaks_the_page(as_: As, asked: str) -> None:
    shown = text_of(as_("anna"), f"/s/5/find/?q={asked}")
    assert any(words in shown for words in ("Ничего не нашлось", "Ищем здесь", "Искали ещё"))


def test_the_rest_of_a_kind_stands_in_its_list(school5: School, as_: As, inside: Any) -> None:
    with inside(school5):
        total = Person.objects.not_left().named("а").count()
    assert total > 5
    anna = as_("anna")
    shown = text_of(anna, "/s/5/find/?q=а")
    assert f'<a href="/s/5/people/?q=%D0%B0">Все найденные: {total}</a>' in shown
    assert anna.get("/s/5/people/?q=%D0%B0").status_code == 200
    assert anna.get("/s/5/orders/?q=%D0%B0").status_code == 200


def test_the_act_of_the_school_is_found_by_a_word_of_its_name(
    who: Who, school5: School, as_: As, inside: Any
) -> None:
    with inside(school5):
        act = load_municipal_act(by=who("zhanna"))
    assert f"/s/5/acts/{act.uuid}/" in text_of(as_("zhanna"), "/s/5/find/?q=положение наставничеств")
    assert f"/s/5/acts/{act.uuid}/" in text_of(as_("zhanna"), "/s/5/find/?q=наставничество"), "another form"
    assert f"/s/5/acts/{act.uuid}/" not in text_of(as_("zhanna"), "/s/5/find/?q=положение о питании")


def test_what_was_not_found_is_said(as_: As) -> None:
    shown = text_of(as_("anna"), "/s/5/find/?q=ыыыы")
    assert "Ничего не нашлось" in shown
    in_the_bank = '<a href="/s/5/bank/?q=%D1%8B%D1%8B%D1%8B%D1%8B">банк практик</a>'
    assert in_the_bank in shown, "there it can be ordered"
    assert '<a href="/s/5/people/?q=%D1%8B%D1%8B%D1%8B%D1%8B">люди школы</a>' in shown
