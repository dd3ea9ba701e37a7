"""Who is young, and of which age people are, on the pages: of the school's order, of any day, of people."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.staff.models import Person, YoungTerm
from portal.staff.services import decide_young
from portal.staff.services.hiring import make_person
from tenants.context import in_city, in_school
from tenants.models import School
from tests.posts.rows import words_of
from tests.workflows.acting import KEYS, NOW, of_school5, who

SignIn = Callable[[str], Client]
SETTINGS, DAY_PAGE, PEOPLE = "/s/5/mentoring/settings/", "/s/5/day/", "/s/5/people/"
ORDER = {
    "programmes_approved_by": "curator",
    "min_stage_years": "5",
    "min_category": "first",
    "max_mentees_warn": "3",
    "max_mentees_block": "5",
    "confirm_days": "7",
    "longest_months": "36",
    "pay_act": "Положение об оплате труда",
    "pay_source": "фонд оплаты труда",
    "young_years": "",
    "young_since": "",
}


@pytest.fixture
def inside5(school5: School, actor: Callable[..., Actor]) -> Iterator[School]:
    of_school5({key: actor(key, school5) for key in KEYS})
    with in_school(school5), clock.at(NOW):
        yield school5


def in_third_year(**more: Any) -> Person:
    known = {"last_name": "Зимина", "first_name": "Алла", "hired_on": dt.date(2020, 9, 1), "rate": 1}
    stated = {"ped_stage_years": Decimal("2.5"), "stage_on": dt.date(2026, 9, 1)}
    return make_person({**known, **stated, **more}, position="teacher")


def press(client: Client, **typed: str) -> str:
    """What the page says when it is sent with this."""
    with in_city():
        shown = client.get(SETTINGS)
        version = re.search(r'name="version" value="(\d+)"', shown.content.decode())
        sent = {**ORDER, **typed, "version": version[1] if version else "0"}
        return plain(client.post(SETTINGS, sent, follow=True))


def see(client: Client, url: str) -> str:
    with in_city():
        return plain(client.get(url))


def plain(answer: Any) -> str:
    main = words_of(answer).split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).replace("\xa0", " ").split())


def test_the_curator_takes_a_shorter_term_from_a_day_on(inside5: School, as_: SignIn) -> None:
    with in_city():
        anna = as_("anna")
    shown = see(anna, SETTINGS)
    assert "как в городе: до 3 лет стажа" in shown
    assert "В форму и в сведения для города число молодых идёт по сроку города." in shown
    assert "Назовите день, с которого срок становится другим." in press(anna, young_years="2")
    assert "Выберите" in press(anna, young_years="4", young_since="01.10.2026")
    assert not YoungTerm.objects.exists()
    said = press(anna, young_years="2", young_since="01.10.2026")
    assert "Срок молодого педагога действует с 01.10.2026." in said
    assert "Решения школы: с 01.10.2026 до 2 лет." in said
    assert YoungTerm.objects.get().years == 2
    assert "Решения школы: с 01.10.2026 до 2 лет." in press(anna, young_years="2")
    assert YoungTerm.objects.get().created_by == who("anna").user


def test_the_page_of_a_day_says_both_numbers_where_they_differ(inside5: School, as_: SignIn) -> None:
    in_third_year()
    with in_city():
        anna = as_("anna")
    before = re.search(r"Молодые педагоги (\d+)", see(anna, DAY_PAGE))
    assert before
    assert "по сроку города" not in see(anna, DAY_PAGE)
    decide_young(2, dt.date(2026, 10, 1), by=who("zhanna"))
    after = see(anna, DAY_PAGE)
    count = int(before[1])
    assert f"Молодые педагоги {count - 1}" in after
    assert f"Молодые по сроку города (до 3 лет) {count}, с наставником" in after
    assert "по сроку города" not in see(anna, f"{DAY_PAGE}?on=30.09.2026")


def test_people_are_counted_and_found_by_age(inside5: School, as_: SignIn) -> None:
    in_third_year(birth_date=dt.date(1990, 11, 1))
    with in_city():
        anna, lev = as_("anna"), as_("lev")
    old = re.search(r"35 лет и моложе (\d+)", see(anna, f"{DAY_PAGE}?on=31.10.2026"))
    young = re.search(r"35 лет и моложе (\d+)", see(anna, f"{DAY_PAGE}?on=01.11.2026"))
    assert old
    assert young
    assert int(old[1]) - int(young[1]) == 1
    assert "От 36 до 54 лет" in see(anna, DAY_PAGE)
    assert "Зимина" in see(anna, f"{PEOPLE}?age=-35&on=31.10.2026").split("Всего")[-1]
    assert "Зимина" not in see(anna, f"{PEOPLE}?age=-35")
    with_age = see(anna, f"{PEOPLE}?age=36-54")
    assert "Зимина" in with_age
    assert "Возраст" in with_age
    assert "Возраст" not in see(lev, PEOPLE)
