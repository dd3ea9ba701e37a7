"""A programme that is over becomes the draft of a practice by one press, and names nobody."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden
from portal.documents.names import Case, decline_parts
from portal.pair_work import services
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.nameless import Nameless
from portal.pair_work.relative_days import in_weeks
from portal.school_practices import services as practices
from portal.school_practices.models import SchoolPractice
from portal.school_records.models import JournalLine
from portal.staff.models import FormerName, Person
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts.rows import words_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.mentoring_scenes import person

AsPerson = Callable[[str], Client]
Inside = Callable[[School], Any]
Acting = Callable[..., Actor]

NAMED = (
    "Борис Ильич встречается с Верой Андреевной в школе № 5. Кравцов Б. И. ведёт урок, а Соколова В.\u00a0А. "
    "смотрит. У Бориса Ильича 21 год стажа; Вере Соколовой трудно с темпом. Вчера Боря и Верочка спорили. "
    "КРАВЦОВ подготовил карту, вера андреевна её заполнила. Кравцовым предложен приём. Б. И. Кравцов рад. "
    "Куратор Анна Сергеевна Орлова помогла, её телефон +7 910 123-45-67, почта a.orlova@school5.example. "
    "В МБОУ «СШ № 5», в пятой школе и в 5-й школе это знают. "
    "До 20.11.2026 закончить, к 1 марта подвести итоги."
)


def every_form(*keys: str) -> set[str]:
    """Each part of the names of these people in each case, and how they are called for short."""
    found = {"Боря", "Верочка", "Боре", "Верочку"}
    for key in keys:
        one = person(key)
        for case in Case:
            said = decline_parts(one.last_name, one.first_name, one.middle_name, case)
            found |= {part for part in (said.last, said.first, said.middle) if part}
    return found


@pytest.fixture
def told(school5: School, inside: Inside, actor: Acting) -> SchoolPractice:
    with inside(school5):
        FormerName.objects.create(
            person=person("vera"),
            last_name="Вересова",
            first_name="Вера",
            middle_name="Андреевна",
            ended_on=dt.date(2025, 6, 1),
        )
        row = scene.completed(
            actor,
            result="Борис Ильич и Вера довольны",
            title="Кравцов и Соколова: первый год в школе № 5",
            problem=NAMED,
            goal=f"{NAMED} До замужества Вера была Вересовой.",
            tasks=f"— {NAMED}\nНаучить Веру Андреевну слышать класс",
            expected=NAMED,
        )
        meeting = scene.planned_meeting(actor, row.pair)
        Meeting.objects.filter(pk=meeting.pk).update(
            topic="Урок Веры Андреевны в 6 классе", state="confirmed", planned_at=clock.now()
        )
        return services.draft_from_programme(row, by=actor("boris"))[0]


def test_no_form_of_any_name_stands_in_the_draft(
    told: SchoolPractice, school5: School, inside: Inside
) -> None:
    with inside(school5):
        text = json.dumps(_text(told), ensure_ascii=False).casefold()
        left = [form for form in every_form("boris", "vera", "anna") if _stands(form, text)]
        assert not left, left
        for name in (school5.short_name, "№ 5", "пятой", "5-й", "школе 5", "вересов", "орлов", "910", "@"):
            assert name.casefold() not in text, name
        assert "наставник встречается с наставляемой в школе" in text
        assert "у наставника 21 год стажа; наставляемой трудно с темпом" in text


TEXTS = (
    *("title", "problem", "goal", "tasks", "steps", "results", "timing", "qualitative", "keywords"),
    *("annotation", "resources"),
)


def _text(practice: SchoolPractice) -> dict[str, Any]:
    return {name: getattr(practice, name) for name in TEXTS}


def _stands(form: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(form.casefold())}(?!\w)", text))


def test_goals_steps_weeks_and_figures_go_over(told: SchoolPractice) -> None:
    assert told.state == "draft"
    assert told.tasks[-2:] == ["Научить наставляемую слышать класс", "Станет легче"]
    assert [step["duration"].split()[0] for step in told.steps[:3]] == ["недели"] * 3
    assert told.steps[0]["duration"].startswith("недели 1–")
    assert told.steps[0]["content"] == "Дело 1\nЧто вышло: наставник и наставляемая довольны"
    assert told.steps[-1]["step"] == "Встречи пары"
    assert told.steps[-1]["content"] == "Неделя 1: Урок наставляемой в 6 классе"
    assert told.results[0] | {"period": ""} == {
        "indicator": "карта урока",
        "unit": "баллы от 0 до 3, меньше лучше",
        "before": "3",
        "after": "",
        "period": "",
        "people": "1",
    }
    assert "недел" in told.results[0]["period"]
    assert told.timing.endswith("раз в неделю")
    assert (told.form, told.kinds) == ("teacher_teacher", ["traditional"])
    assert "20.11" not in told.problem
    assert " марта" not in told.problem
    assert told.has_no_pupil_data is False, "подтверждает автор, не портал"


def test_the_author_is_who_pressed_and_a_second_press_opens_the_same(
    told: SchoolPractice, school5: School, inside: Inside, actor: Acting
) -> None:
    with inside(school5):
        row = Programme.objects.get()
        again, is_new = services.draft_from_programme(row, by=actor("boris"))
        assert (again.pk, is_new, SchoolPractice.objects.count()) == (told.pk, False, 1)
        assert [one.person.user for one in told.authorships.all()] == [BY_KEY["boris"].uuid]
        with pytest.raises(Conflict, match=r"уже пишет Кравцов"):
            services.draft_from_programme(row, by=actor("vera"))
        practices.edit_practice(told, authors=[person("boris"), person("vera")], by=actor("boris"))
        assert services.draft_from_programme(row, by=actor("vera"))[0].pk == told.pk
        practices.discard_draft(told, by=actor("boris"))
        anew, is_new = services.draft_from_programme(row, by=actor("vera"))
        assert (is_new, anew.title) == (True, told.title)
        assert JournalLine.objects.filter(verb="drafted", model=SchoolPractice._meta.label).count() == 2


def test_only_its_pair_and_only_when_it_is_over(school5: School, inside: Inside, actor: Acting) -> None:
    with inside(school5):
        row = scene.running(actor)
        with pytest.raises(Conflict, match="когда она завершена"):
            services.draft_from_programme(row, by=actor("boris"))
        with pytest.raises(Forbidden):
            services.draft_from_programme(row, by=actor("anna"))
        assert not SchoolPractice.objects.exists()


def test_by_hand_from_the_page_of_the_programme(
    as_: AsPerson, school5: School, inside: Inside, actor: Acting
) -> None:
    with inside(school5):
        row = scene.completed(actor)
    url = f"/s/5/programmes/{row.uuid}/"
    boris = as_("boris")
    assert "Сделать практику из программы" in words_of(boris.get(url))
    assert "Сделать практику из программы" not in words_of(as_("anna").get(url))
    first = boris.post(f"{url}practice/", {"repeat_key": uuid4().hex})
    assert first.status_code == 302
    assert "Черновик составлен из программы" in words_of(boris.get(first["Location"]))
    assert boris.post(f"{url}practice/", {"repeat_key": uuid4().hex})["Location"] == first["Location"]
    assert as_("vera").post(f"{url}practice/", {"repeat_key": uuid4().hex}).status_code == 409
    assert as_("anna").post(f"{url}practice/", {"repeat_key": uuid4().hex}).status_code == 403
    assert as_("gleb").post(f"{url}practice/", {"repeat_key": uuid4().hex}).status_code == 404


def test_by_the_api(as_: AsPerson, school5: School, inside: Inside, actor: Acting) -> None:
    with inside(school5):
        row = scene.completed(actor)
    url = f"/s/5/api/v1/programmes/{row.uuid}/practice/"
    answers = [as_("boris").post(url, content_type="application/json") for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    assert answers[0].json()["uuid"] == answers[1].json()["uuid"]
    assert answers[0].json()["results"][0]["before"] == "3"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Занятие 20.11.2026 в классе", "Занятие через 11 недель в классе"),
        ("До 20 ноября закончить", "До недели 12 закончить"),
        ("к 1 марта 2027 года", "к неделе 26"),
        ("с 1 сентября по 14.09", "с недели 1 по неделю 2"),
        ("1 сентября начали", "на первой неделе начали"),
        ("звонок в 14.10, к 14.10.2026", "звонок в 14.10, к неделе 7"),
        ("в 6 классе 12 уроков, балл 3.5", "в 6 классе 12 уроков, балл 3.5"),
        ("версия 31.02.2026", "версия 31.02.2026"),
    ],
)
def test_days_become_weeks(text: str, said: str) -> None:
    assert in_weeks(dt.date(2026, 9, 1), dt.date(2027, 5, 31))(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Урок с Борисом Ильичом Кравцовым прошёл", "Урок с наставником прошёл"),
        ("Наставник Борис Ильич Кравцов и Вера", "Наставник и наставляемая"),
        ("Провёл Кравцов Б. И. Затем отдых", "Провёл наставник. Затем отдых"),
        ("Мы верим: вера в себя и надежда важны", "Мы верим: вера в себя и надежда важны"),
        ("Спросили Фёдора Кузьмича", "Спросили коллеги"),
        ("Гимназия № 5 и школа № 50", "Гимназия и школа № 50"),
        ("Соколовы и Кравцовы дружат", "Наставляемая и наставник дружат"),
        ("Лекция Петренко П. П. понравилась", "Лекция коллега понравилась"),
    ],
)
def test_words_in_the_places_of_names(
    text: str, said: str, school5: School, inside: Inside, actor: Acting
) -> None:
    with inside(school5):
        pair = scene.proposed(actor)
        assert Person.objects.count() > 2
        assert Nameless.for_pair(pair, school5)(text) == said
