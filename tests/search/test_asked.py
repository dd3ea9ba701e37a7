"""What is asked of the bank is counted without persons, leaves a school as a letter, and the methodist sees
what to teach.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from best_practices.asked import report
from best_practices.models import BankPractice
from best_practices.search import ENGINE
from best_practices.services import send_questions
from portal.city_records.models import AskedQuestion, Inbox
from portal.core import clock
from portal.core.actor import Actor
from portal.school_records.models import AskedQuestion as SchoolQuestion
from portal.school_records.models import DisclosureLine, Outbox
from portal.search.nameless import LONGEST, without_people
from tenants import post
from tenants.models import School
from tests.search import demo_bank

As = Callable[[str], Client]
Inside = Callable[[School], Any]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("Урок математики в 5 классе", "урок математики в 5 классе"),
        ("Кравцов Борис Ильич", ""),
        ("практика Кравцова Б. И. по физике", "практика по физике"),
        ("наставник анна петровна", "наставник"),
        ("Борису Ильичу трудно на уроке", "трудно на уроке"),
        ("наставник Вера Соловей", "наставник"),
        ("конфликт с Рабиндранатхуновым", "конфликт с"),
        ("вера в себя", "вера в себя"),
        ("роман в 10 классе", "роман в 10 классе"),
        ("ФГОС и ШМО", "фгос и шмо"),
        ("vera@school5.example план", "план"),
        ("телефон 89101234567", "телефон"),
        ("ЛП-2026-0001", "лп 2026 0001"),
        ("Quizizz на уроке", "quizizz на уроке"),
        ("Школа № 12", "школа 12"),
        ("😀 %", ""),
    ],
)
def test_people_are_left_out_of_the_words(asked: str, kept: str) -> None:
    assert without_people(asked) == kept


def test_long_questions_are_cut_at_a_word() -> None:
    assert len(without_people("слово " * 40).split()) == 12
    assert len(without_people(("щ" * 60 + " ") * 40)) <= LONGEST


def test_nothing_tells_who_and_when() -> None:
    for model in (AskedQuestion, SchoolQuestion):
        columns = {field.name: field.get_internal_type() for field in model._meta.concrete_fields}
        assert set(columns) == {
            "id",
            "asked_on",
            "text",
            "found",
            "asked",
            "opened",
            "places",
            "unknown",
        }
        assert "DateTimeField" not in columns.values()


@pytest.fixture
def bank(db: None) -> list[BankPractice]:
    cards = [demo_bank.card(stem) for stem in ("p07_no_bench", "p06_first_acid")]
    for card in cards:
        card.save()
    ENGINE.rebuild(demo_bank.document_of(card) for card in cards)
    return cards


def row(model: Any, text: str) -> tuple[int, int, int, int, list[str]]:
    found = model.objects.get(text=text)
    assert found.asked_on == clock.today()
    return found.found, found.asked, found.opened, found.places, found.unknown


def test_questions_of_a_school_leave_once_a_day_without_person_and_hour(
    bank: list[BankPractice], school5: School, inside: Inside, as_: As
) -> None:
    boris = as_("boris")
    page = boris.get("/s/5/bank/?q=Скамейка+и+зебры").content.decode()
    boris.get("/s/5/bank/?q=скамейка+и+ЗЕБРЫ")
    boris.get("/s/5/bank/?q=скамейка+и+зебры&page=2")
    boris.get("/s/5/bank/?q=скамейка+и+зебры&nomination=N1")
    boris.get("/s/5/bank/?q=Кравцов+Борис")
    boris.get("/s/5/bank/")
    opening = f"/s/5/bank/{bank[0].uuid}/?q=%D0%A1%D0%BA%D0%B0%D0%BC%D0%B5%D0%B9%D0%BA%D0%B0+%D0%B8+"
    address = next(part.split('"')[0] for part in page.split('href="') if part.startswith(opening))
    boris.get(address.replace("&amp;", "&"))
    boris.get(f"/s/5/bank/{bank[0].uuid}/?q=скамейка+и+зебры&place=abc")
    boris.get(f"/s/5/bank/{bank[0].uuid}/?q=никто+не+спрашивал&place=3")
    assert not AskedQuestion.objects.exists(), "a school writes nothing in the city"
    with inside(school5):
        assert SchoolQuestion.objects.count() == 1
        assert row(SchoolQuestion, "скамейка и зебры") == (1, 2, 1, 1, ["зебры"])
        system = Actor.system(school=school5.uuid)
        send_questions(system)
        assert not Outbox.objects.filter(kind="best_practices.search_asked").exists(), "a day must pass"
        SchoolQuestion.objects.update(asked_on=clock.today() - dt.timedelta(days=1))
        send_questions(system)
        send_questions(system)
        letter = Outbox.objects.get(kind="best_practices.search_asked")
        assert letter.created_by is None
        assert letter.payload["questions"] == [
            {
                "text": "скамейка и зебры",
                "found": 1,
                "asked": 2,
                "opened": 1,
                "places": 1,
                "unknown": ["зебры"],
            }
        ]
        assert not SchoolQuestion.objects.exists()
        assert not DisclosureLine.objects.filter(kind="best_practices.search_asked").exists()
    as_("darya").get("/bank/?q=скамейка+и+зебры")
    post.deliver_everything()
    assert row(AskedQuestion, "скамейка и зебры") == (1, 3, 1, 1, ["зебры"])
    assert Inbox.objects.get(kind="best_practices.search_asked").payload["questions"] == []


def test_a_school_that_is_only_read_is_searched_and_writes_nothing(
    bank: list[BankPractice], school5: School, inside: Inside, as_: As
) -> None:
    School.objects.filter(pk=school5.pk).update(state="suspended")
    assert as_("boris").get("/s/5/bank/?q=скамейка").status_code == 200
    with inside(school5):
        assert not SchoolQuestion.objects.exists()


def test_the_api_counts_as_the_page_does(bank: list[BankPractice], as_: As) -> None:
    as_("darya").get("/api/v1/bank/?q=скамейка")
    as_("darya").get("/api/v1/bank/?q=скамейка&page=2")
    assert row(AskedQuestion, "скамейка") == (1, 1, 0, 0, [])


def test_the_methodist_sees_what_to_teach(db: None, as_: As) -> None:
    today = clock.today()

    def asked(text: str, days: int = 0, **values: Any) -> None:
        AskedQuestion.objects.create(asked_on=today - dt.timedelta(days=days), text=text, **values)

    asked("юннаты", asked=4, unknown=["юннаты"])
    asked("юннаты и лес", days=3, asked=2, found=3, unknown=["юннаты"])
    asked("пусто потом нашлось", asked=1)
    asked("пусто потом нашлось", days=1, asked=1, found=2)
    asked("далеко", asked=3, found=40, opened=2, places=24)
    asked("близко", asked=3, found=40, opened=2, places=3)
    asked("давно", days=91, asked=9, unknown=["давно"])
    found = report()
    assert (found.asked, found.fruitless, found.opened) == (14, 5, 4)
    monday = today - dt.timedelta(days=today.weekday())
    of_this_week = 11 + (1 if today.weekday() >= 1 else 0) + (2 if today.weekday() >= 3 else 0)
    assert len(found.weeks) == 12
    assert found.weeks[-1] == (monday, of_this_week, 5)
    assert sum(asked_then for _, asked_then, _ in found.weeks) == found.asked
    assert sum(nothing for _, _, nothing in found.weeks) == found.fruitless
    assert [(one["text"], one["times"]) for one in found.empty] == [("юннаты", 4)]
    assert [(one["text"], one["place"]) for one in found.deep] == [("далеко", 12)]
    assert found.words == [("юннаты", 6)]
    page = as_("darya").get("/practices/asked/").content.decode()
    assert "/practices/words/new/?word=%D1%8E%D0%BD%D0%BD%D0%B0%D1%82%D1%8B" in page
    assert "юннаты</textarea>" in as_("darya").get("/practices/words/new/?word=юннаты").content.decode()
    assert as_("semyon").get("/practices/asked/").status_code == 403
    AskedQuestion.objects.all().delete()
    assert "Вопросов пока нет" in as_("darya").get("/practices/asked/").content.decode()
