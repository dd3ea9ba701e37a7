"""Every office lands on «Что дальше», and every line of every menu leads to a page."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices.models import Practice, Review
from best_practices.states import ReviewState
from portal.accounts.models import Membership, User
from portal.core import clock
from portal.core.next_steps import NextStep
from portal.staff.services.hiring import make_person
from tenants.models import School
from tests.cast import BY_KEY, CAST
from tests.markup import squeezed
from tests.workflows import mentoring_scenes as scene

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
    pages = [client.get(url).content.decode(), client.get(f"{url}more/").content.decode()]
    links = sorted({link for page in pages for link in re.findall(r'<a [^>]*href="(/[^"]*)"', page)})
    assert len(links) > 8
    assert [(link, client.get(link, follow=True).status_code) for link in links] == [
        (link, 200) for link in links
    ]


@pytest.mark.parametrize(
    ("key", "first", "absent"),
    [
        ("boris", ["Что дальше", "Пары", "Встречи"], "Сотрудники"),
        ("anna", ["Что дальше", "Пары", "Потребности"], "Школы"),
        ("zhanna", ["Что дальше", "Приказы", "Пары"], "Школы"),
        ("semyon", ["Что дальше", "Школы", "Мониторинг"], "Пары"),
        ("zoya", ["Что дальше", "Уведомления"], "Моя экспертиза"),
    ],
)
def test_the_side_menu_has_five_to_nine_own_things_first(
    key: str, first: list[str], absent: str, as_: AsPerson
) -> None:
    home = dict(HOMES)[key]
    page = squeezed(as_(key).get(home).content.decode())
    side = re.search(r'<nav aria-label="Разделы">(.*?)</nav>', page, re.S)[1]  # type: ignore[index]
    own = re.findall(r"</svg>([^<]+)", side.split("side-title")[0])
    assert own[: len(first)] == first
    assert absent not in own
    assert key == "zoya" or 5 <= len(own) <= 10
    tabs = re.findall(r"</svg>([^<]+)", re.search(r'<nav class="tabbar".*?</nav>', page, re.S)[0])  # type: ignore[index]
    assert (tabs[0], tabs[-1]) == ("Дальше", "Ещё")
    assert len(tabs) == (2 if key == "zoya" else 5)


def test_a_page_about_oneself_stands_in_no_contour(as_: AsPerson) -> None:
    """A teacher among their own keys is neither in the school nor in the city: no dark head, and ways
    back.
    """
    mine, citys = as_("boris").get("/keys/").content.decode(), as_("semyon").get("/keys/").content.decode()
    assert "head-city" not in mine
    assert 'href="/s/5/"' in mine
    assert "head-city" in citys


def test_a_teacher_is_led_from_the_citys_address_to_the_school(as_: AsPerson) -> None:
    assert as_("boris").get("/")["Location"] == "/s/5/"
    assert as_("darya").get("/").status_code == 200


def test_a_new_person_is_told_that_the_place_is_being_made_and_only_for_a_while(
    as_: AsPerson, school12: School
) -> None:
    boris = User.objects.get(pk=BY_KEY["boris"].uuid)
    place = Membership.objects.create(
        user=boris, school=school12, office="teacher", basis="совместительство", valid_from=clock.today()
    )
    client = as_("boris")
    assert "Готовим ваше место" in client.get("/s/12/").content.decode()
    assert "Готовим ваше место" not in client.get("/s/5/").content.decode()
    with clock.at(place.created_at + dt.timedelta(minutes=11)):
        late = client.get("/s/12/").content.decode().replace("\xa0", " ")
    assert "Готовим ваше место" not in late
    assert "Эстафета не у вас" in late


def test_an_experts_sheet_waits_at_home_in_the_school(as_: AsPerson, school12: School) -> None:
    handed = Practice.objects.create(
        practice=uuid4(), school=school12, title="Три вопроса после урока", content={}, authors=[]
    )
    sheet = Review.objects.create(
        practice=handed, expert=BY_KEY["boris"].uuid, due_on=clock.today(), state=ReviewState.ACCEPTED
    )
    boris = as_("boris")
    assert boris.get("/")["Location"] == "/s/5/"
    home = boris.get("/s/5/").content.decode().replace("\xa0", " ")
    assert f'href="/expertise/{sheet.uuid}/"' in home
    assert home.index("Оценить практику «Три вопроса после урока»") < home.index("</main>")
    assert "Три вопроса" not in as_("vera").get("/s/5/").content.decode()
    assert 'href="/expertise/"' in boris.get("/s/5/more/").content.decode()
    assert boris.get("/expertise/").status_code == 200
    Review.objects.update(state=ReviewState.SUBMITTED)
    assert "Три вопроса" not in boris.get("/s/5/").content.decode()


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


def test_one_sentence_says_how_much_waits_and_the_menu_repeats_it(
    as_: AsPerson, school5: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    for count, words in ((1, "одно дело"), (2, "два дела"), (5, "пять дел"), (21, "21 дело")):
        steps = [NextStep(f"a{n}", f"Дело {n}", "потому что", "/s/5/pairs/") for n in range(count)]
        monkeypatch.setattr("config.home.steps_for", lambda by, steps=steps: steps)
        page = squeezed(as_("anna").get("/s/5/").content.decode().replace("\xa0", " "))
        assert f"эстафета у вас: {words}." in page
        assert f'Что дальше<span class="count">{count}</span>' in page
        assert page.count("btn-primary") == 1


def test_the_home_asks_the_same_number_of_questions_for_few_and_many_steps(
    as_: AsPerson, school5: School, inside: Callable[[School], Any]
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert as_("anna").get("/s/5/").status_code == 200
        return len(caught)

    as_("anna").get("/s/5/")
    few = count()
    with inside(school5):
        for n in range(30):
            make_person(
                {
                    "last_name": f"Новый{n}",
                    "first_name": "Иван",
                    "birth_date": dt.date(1990, 1, 1),
                    "hired_on": dt.date(2026, 8, 20),
                    "ped_stage_years": 1,
                }
            )
    assert count() == few


BUDGET = {"anna": 17, "boris": 17, "vera": 17, "zhanna": 19}
"""Questions of the home page of a school whose pair is at work, everything included: who is asking, the menu,
the line of the read journal. Twenty are the bound (docs/numbers.md): lower these, never raise them."""


@pytest.mark.parametrize("key", BUDGET)
def test_the_home_of_each_office_keeps_to_its_budget_of_questions(
    as_: AsPerson, school5: School, inside: Callable[[School], Any], actor: Any, key: str
) -> None:
    with inside(school5):
        scene.running(actor)
    client = as_(key)
    client.get("/s/5/")
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/s/5/").status_code == 200
    assert len(caught) <= BUDGET[key], [query["sql"][:100] for query in caught]
