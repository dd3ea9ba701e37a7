"""The check for personal data: what it finds, what it asks, and that nothing leaves with an unanswered
place.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices.content import PracticeContent, Result, Step
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Stale
from portal.documents.personal_data import Kind, OwnPeople, Someone, finds
from portal.school_practices import access, answering, places, services
from portal.school_practices.checking import Asked, asked_about, waiting_in
from portal.school_practices.models import FindAnswer, SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import JournalLine
from portal.staff.models import Person
from tenants.models import School
from tests.home import tasks
from tests.practices import personal_data
from tests.practices.conftest import consent_to_publish
from tests.practices.test_journey_of_a_practice import in_school_bank

As = Callable[[str], Client]
Acting = Callable[..., Actor]
GOAL = (
    "Научить ученика Петю отвечать вслух. Посмотреть, что изменится за четверть в классе, где дети "
    "привыкли молчать и ждать подсказки."
)


# ── What is found ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("half", personal_data.HALVES)
def test_nearly_all_of_what_was_labelled_is_found(half: str) -> None:
    told = personal_data.score(half)
    assert told.recall >= 0.95, told.missed
    assert told.precision >= 0.9, told.wrong
    for kind in Kind:
        assert told.found[kind] / told.labels[kind] >= 0.9, (kind, told.missed)


def test_the_labelled_set_is_large_enough() -> None:
    sentences = [one for half in personal_data.HALVES for one in personal_data.read(half)]
    with_something = [one for one in sentences if one.labels]
    assert len(with_something) >= 200
    assert len(sentences) - len(with_something) >= 40
    assert len({one.text for one in sentences}) == len(sentences), "twice the same"


OWN = OwnPeople(
    [Someone("Мороз", "Анна", "Львовна", "f"), Someone("Кравцов", "Борис", "Ильич", "m", is_author=True)]
)


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("Мы спросили у Мороз, как быть.", "Мороз"),
        ("Вместе с Кравцовым разобрали запись.", "Кравцовым"),
        ("Отзыв написала А. Л. Мороз.", "А. Л. Мороз"),
        ("Методика Кравцова понравилась детям.", "Кравцова"),
        ("Роман Кравцова мы не читали, он пишет стихи.", "Роман Кравцова"),
    ],
)
def test_people_of_the_school_are_found_by_surname(text: str, fragment: str) -> None:
    assert [find.fragment for find in finds(text, OWN)] == [fragment]


def test_an_ordinary_word_is_no_surname_because_somebody_is_called_so() -> None:
    assert not finds("Мороз ударил в ноябре, и уроки перенесли.", OWN)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Ученик Петя поднял руку.", "Ученик поднял руку."),
        ("Мы показали план Ольге Петровне.", "Мы показали план коллеге."),
        ("Петя поднял руку.", "Ученик поднял руку."),
        ("У Маши получилось.", "У ученицы получилось."),
        ("В 7Б приём прижился.", "В 7 классе приём прижился."),
        ("Дети 7-б класса рисовали.", "Дети 7 класса рисовали."),
        ("Приезжали из школы № 5.", "Приезжали из школы."),
        ("Звоните: 8 912 345-67-89.", "Звоните: номер телефона."),
        ("Она единственный психолог в районе.", "Она психолог в районе."),
        ("Слепая ученица ведёт хор.", "Ученица ведёт хор."),
        ("В группе есть мальчик-инвалид.", "В группе есть мальчик."),
        ("Учитель 7Б ведёт хор.", "Учитель 7 класса ведёт хор."),
        ("Мама Вани и мама Оля.", "Мама ученика и мама Оля."),
        ("В классе есть мальчик с аутизмом.", "В классе есть мальчик с особенностями здоровья."),
    ],
)
def test_a_neutral_word_stands_in_the_case_of_what_it_replaces(text: str, without: str) -> None:
    assert "".join(finds(text)[0].instead) == without


def test_the_key_is_of_the_fragment_in_its_sentence() -> None:
    one = finds("Утром шёл дождь. Петя поднял руку.")[0]
    moved = finds("Петя поднял руку. Потом урок закончился.")[0]
    changed = finds("Петя не поднял руку.")[0]
    assert one.key == moved.key != changed.key


def test_every_text_that_leaves_is_looked_through() -> None:
    chosen_from_lists = {"nomination", "form", "kinds", "subjects", "licence"}
    assert {*places.IN_ORDER} == {*PracticeContent.model_fields} - chosen_from_lists
    assert {*places.ROWS["steps"]} == {*Step.model_fields}
    assert {*places.ROWS["results"]} == {*Result.model_fields}


# ── What is asked ───────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def named(
    drafted: SchoolPractice, school5: School, inside: Any, actor: Acting, content: dict[str, Any]
) -> SchoolPractice:
    """A whole practice of Борис in which a pupil is named once."""
    with inside(school5):
        return services.edit_practice(drafted, by=actor("boris"), **{**content, "goal": GOAL})


@pytest.fixture
def one_find(named: SchoolPractice, school5: School, inside: Any) -> Asked:
    with inside(school5):
        (found,) = waiting_in(named)
        return found


def _url(practice: SchoolPractice) -> str:
    return f"/s/5/practices/{practice.uuid}/check/"


def _fresh(practice: SchoolPractice, by: Actor) -> SchoolPractice:
    return access.practice_for(by, practice.uuid)


def test_the_page_shows_the_find_in_its_sentence_and_what_it_would_become(
    named: SchoolPractice, as_: As, one_find: Asked
) -> None:
    shown = as_("boris").get(_url(named)).content.decode()
    assert "Научить ученика <mark>Петю</mark> отвечать вслух." in shown
    assert re.search(r"Научить ученика\s+отвечать вслух\.", shown)
    assert one_find.find.key in shown
    assert "Это не имя" in shown
    assert "Убрать" in shown
    listed = as_("boris").get(f"/s/5/practices/{named.uuid}/").content.decode()
    assert _url(named) in listed
    assert "1\xa0место в тексте" in re.sub(r"\s*\n\s*", " ", listed)


def test_what_is_removed_is_replaced_in_the_text_and_the_search_forgets_it(
    named: SchoolPractice, school5: School, inside: Any, actor: Acting, as_: As, one_find: Asked
) -> None:
    typed = {"find": one_find.find.key, "answer": "remove", "version": str(named.version)}
    answer = as_("boris").post(_url(named), typed)
    assert (answer.status_code, answer["Location"]) == (302, _url(named))
    with inside(school5):
        after = _fresh(named, actor("boris"))
        assert after.goal.startswith("Научить ученика отвечать вслух.")
        assert after.version == named.version + 1
        assert not waiting_in(after)
        assert not FindAnswer.objects.exists()
        line = JournalLine.objects.filter(verb="find_removed").get()
        assert "Пет" not in str(line.changes)
    again = as_("boris").post(_url(named), typed)
    assert again.status_code == 409
    assert "изменил" in again.content.decode()


def test_what_stays_is_not_asked_again_until_its_sentence_changes(
    named: SchoolPractice,
    school5: School,
    inside: Any,
    actor: Acting,
    one_find: Asked,
    content: dict[str, Any],
) -> None:
    boris = actor("boris")
    with inside(school5):
        answering.keep_find(named, answering.Which(one_find.find.key), by=boris, version=named.version)
        answering.keep_find(named, answering.Which(one_find.find.key), by=boris)
        assert FindAnswer.objects.count() == 1
        other = services.edit_practice(_fresh(named, boris), by=boris, novelty=content["novelty"] + " Проще.")
        assert not waiting_in(other)
        assert [one.answer is not None for one in asked_about(other)] == [True]
        changed = GOAL.replace("отвечать вслух", "молчать")
        other = services.edit_practice(other, by=boris, goal=changed)
        assert [one.find.fragment for one in waiting_in(other)] == ["Петю"]


def test_an_answer_is_taken_back(
    named: SchoolPractice, school5: School, inside: Any, actor: Acting, as_: As, one_find: Asked
) -> None:
    with inside(school5):
        answering.keep_find(named, answering.Which(one_find.find.key), by=actor("boris"))
    assert "Решили оставить" in as_("boris").get(_url(named)).content.decode()
    as_("boris").post(
        _url(named), {"find": one_find.find.key, "answer": "ask", "version": str(named.version)}
    )
    with inside(school5):
        assert len(waiting_in(_fresh(named, actor("boris")))) == 1


def test_the_same_sentence_in_two_fields_is_one_question(
    drafted: SchoolPractice, school5: School, inside: Any, actor: Acting
) -> None:
    boris, said = actor("boris"), "Ученик Петя поднял руку."
    with inside(school5):
        twice = services.edit_practice(drafted, by=boris, goal=said, keywords=["диктант", said])
        (one,) = waiting_in(twice)
        assert [place.field for place in one.places] == ["goal", "keywords"]
        answering.remove_find(twice, answering.Which(one.find.key), by=boris)
        after = _fresh(twice, boris)
        assert (after.goal, after.keywords) == ("Ученик поднял руку.", ["диктант", "Ученик поднял руку."])


def test_one_press_answers_every_place_with_the_same_word(
    drafted: SchoolPractice, school5: School, inside: Any, actor: Acting, as_: As
) -> None:
    boris, said = actor("boris"), "Петя встал. Потом Петя сел. Коля встал. Петя ушёл, и Петя вернулся."
    with inside(school5):
        many = services.edit_practice(drafted, by=boris, goal=said)
        first, *rest = waiting_in(many)
        assert [one.find.fragment for one in rest] == ["Петя", "Коля", "Петя"]
    shown = as_("boris").get(_url(drafted)).content.decode().replace("\xa0", " ")
    assert "И ещё 2 места, где написано «Петя»" in shown
    with inside(school5):
        answering.remove_find(many, answering.Which(first.find.key, everywhere=True), by=boris)
        after = _fresh(many, boris)
        assert after.goal == "Ученик встал. Потом ученик сел. Коля встал. Ученик ушёл, и ученик вернулся."
        assert [one.find.fragment for one in waiting_in(after)] == ["Коля"]


def test_a_stale_answer_and_a_place_that_is_gone_are_refused(
    named: SchoolPractice, school5: School, inside: Any, actor: Acting, one_find: Asked
) -> None:
    boris = actor("boris")
    with inside(school5):
        for answer in (answering.keep_find, answering.remove_find, answering.ask_find_again):
            with pytest.raises(Stale):
                answer(named, answering.Which(one_find.find.key), by=boris, version=named.version - 1)
            with pytest.raises(Forbidden):
                answer(named, answering.Which(one_find.find.key), by=actor("anna"))
        with pytest.raises(Conflict) as gone:
            answering.keep_find(named, answering.Which("0" * 64), by=boris)
        assert gone.value.code == "gone"
        submitted = SCHOOL_PRACTICE.move(named, "submit", by=boris)
        with pytest.raises(Conflict):
            answering.remove_find(submitted, answering.Which(one_find.find.key), by=boris)


# ── Nothing leaves ──────────────────────────────────────────────────────────────────────────────────
def test_a_practice_does_not_leave_while_a_place_is_unanswered(
    named: SchoolPractice,
    school5: School,
    inside: Any,
    actor: Acting,
    as_: As,
    sheet: dict[str, Any],
    one_find: Asked,
) -> None:
    zhanna = actor("zhanna")
    in_school_bank(named, school5, inside, actor, sheet)
    with inside(school5):
        consent_to_publish("boris")
        with pytest.raises(Conflict) as refused:
            SCHOOL_PRACTICE.move(named, "hand_over", by=zhanna)
        assert refused.value.code == "personal_data"
    shown = as_("zhanna").get(f"/s/5/practices/{named.uuid}/hand-over/").content.decode()
    assert _url(named) in shown
    for key in ("boris", "zhanna"):
        step = next(
            one for one in tasks(as_(key).get("/s/5/").content.decode()) if "Проверить перед" in one.title
        )
        assert step.url == _url(named)
        assert "1 место ждёт ответа" in step.why.replace("\xa0", " ")
    with inside(school5):
        answering.keep_find(named, answering.Which(one_find.find.key), by=zhanna)
        assert SCHOOL_PRACTICE.move(named, "hand_over", by=zhanna).state == "submitted_municipal"


def test_the_night_counts_anew_when_people_have_come(
    drafted: SchoolPractice, school5: School, inside: Any, actor: Acting, sheet: dict[str, Any]
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    with inside(school5):
        assert SchoolPractice.objects.get().finds_waiting == 0
        SchoolPractice.objects.update(problem=drafted.problem + " Спросили у коллеги, у Учебникова.")
        Person.objects.create(last_name="Учебников", first_name="Пётр")
        answering.count_every_waiting(Actor.system(school=school5.uuid))
        assert SchoolPractice.objects.get().finds_waiting == 1


def test_the_number_of_questions_does_not_depend_on_what_is_found(
    drafted: SchoolPractice, school5: School, inside: Any, actor: Acting
) -> None:
    boris = actor("boris")
    with inside(school5):
        few = _fresh(drafted, boris)
        with CaptureQueriesContext(connection) as before:
            asked_about(few)
        many = services.edit_practice(
            drafted, by=boris, goal=" ".join(f"Ученик Петя решил {n} задач." for n in range(40))
        )
        with CaptureQueriesContext(connection) as after:
            assert len(asked_about(many)) == 40
        assert len(before) == len(after) == 2


# ── By the API ──────────────────────────────────────────────────────────────────────────────────────
def test_the_api_lists_and_answers(named: SchoolPractice, as_: As, one_find: Asked) -> None:
    url, boris = f"/s/5/api/v1/school-practices/{named.uuid}/finds/", as_("boris")
    (listed,) = boris.get(url).json()
    assert listed["fragment"] == "Петю"
    assert listed["instead"] == "Научить ученика отвечать вслух."
    assert listed["where"] == "чего хотели добиться"
    said = {"find": listed["key"], "answer": "remove"}
    assert boris.post(url, said, content_type="application/json").status_code == 428
    answer = boris.post(url, said, content_type="application/json", HTTP_IF_MATCH=f'"{named.version}"')
    assert answer.json()["goal"].startswith("Научить ученика отвечать вслух.")
    assert boris.get(url).json() == []
    assert as_("anna").get(url).status_code == 404
