"""«Новый учебный год»: what the turn of the year asks of the curator, on any day of it, and what is left when
it is done.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from portal.cabinet.selectors.year import groups, sections
from portal.core import clock
from portal.core.actor import Actor
from portal.core.school_year import SchoolYear, Turn
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.staff import services
from portal.staff.models import Dating, Person, PersonOffice
from portal.staff.services.hiring import make_person
from portal.staff.services.names import Renamed
from portal.staff.services.positions import Post
from tenants.context import in_school
from tenants.models import School
from tests.home import tasks
from tests.posts.rows import words_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import KEYS, of_school5, who

TURNS = {
    # day: the year that begins, with which 1 September today is compared, the day people are looked at on
    "2026-05-31": (2025, 2025, "2026-05-31"),
    "2026-06-01": (2026, 2025, "2026-09-01"),
    "2026-08-31": (2026, 2025, "2026-09-01"),
    "2026-09-01": (2026, 2025, "2026-09-01"),
    "2026-09-30": (2026, 2025, "2026-09-30"),
    "2026-10-01": (2026, 2026, "2026-10-01"),
    "2026-12-31": (2026, 2026, "2026-12-31"),
    "2027-01-01": (2026, 2026, "2027-01-01"),
    "2028-02-29": (2027, 2027, "2028-02-29"),
    "2029-08-15": (2029, 2028, "2029-09-01"),
}


def moment(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T09:00:00+00:00")


@pytest.mark.parametrize("day", TURNS)
def test_the_turn_that_a_day_judged_on(day: str) -> None:
    year, since, judged_on = TURNS[day]
    turn = Turn(dt.date.fromisoformat(day))
    assert (turn.year, turn.since, turn.judged_on) == (
        SchoolYear(year),
        dt.date(since, 9, 1),
        dt.date.fromisoformat(judged_on),
    )
    assert turn.is_its_time == (day[5:7] in ("08", "09"))


@pytest.fixture
def of_five(school5: School, actor: Callable[..., Actor]) -> School:
    of_school5({key: actor(key, school5) for key in KEYS})
    return school5


def somebody(name: str, **more: Any) -> Person:
    known: dict[str, Any] = {"hired_on": dt.date(2015, 9, 1), "ped_stage_years": 20, "rate": 1}
    values = {"last_name": name, "first_name": "Алла", **known, **more}
    return make_person(values, position="teacher", subjects=["physics"])


def keys_of(day: str) -> dict[str, list[str]]:
    """What stands on the page on the day, by its section."""
    with clock.at(moment(day)):
        return {one.key: [item.title for item in one.items] for one in sections(Turn.now(), who("anna"))}


def named(day: str) -> dict[str, list[tuple[str, str]]]:
    with clock.at(moment(day)):
        return {one.title: [(p.last_name, word) for p, word in one.people] for one in groups(Turn.now())}


def test_what_has_changed_is_told_by_its_days_and_a_mended_mistake_is_no_change(of_five: School) -> None:
    """Also of a day of the past that is written down late, and of a list that was read within the year."""

    def again(person: Person) -> Person:
        return Person.objects.get(pk=person.pk)

    def edit(person: Person, **said: Any) -> None:
        services.edit_person(again(person), by=who("anna"), **said)

    with in_school(of_five):
        with clock.at(moment("2025-10-20")):
            people = {name: somebody(name) for name in ("Ставка", "Категория", "Ошибка", "Тьютор", "Давно")}
        with clock.at(moment("2026-04-15")):
            edit(people["Ставка"], rate=Decimal("0.5"))
            edit(people["Категория"], category="first", category_on=dt.date(2026, 4, 10))
            edit(people["Ошибка"], rate=Decimal("0.5"), dating=Dating(is_mistake=True))
            edit(people["Ошибка"], category="first", dating=Dating(is_mistake=True))
            services.add_position(people["Тьютор"], Post(position="tutor"), by=who("anna"))
            edit(people["Тьютор"], education_level="spo")
            edit(people["Давно"], hours_week=20, dating=Dating(since=dt.date(2025, 8, 20)))
        assert named("2026-08-26")["Изменилось"] == [
            ("Категория", "категория"),
            ("Ставка", "ставка"),
            ("Тьютор", "ещё одна должность, образование"),
        ]


def test_the_list_of_people_against_last_years(of_five: School) -> None:
    with in_school(of_five):
        came = somebody("Новикова", hired_on=dt.date(2026, 8, 25))
        somebody("Прежняя", hired_on=dt.date(2025, 9, 1))
        with clock.at(moment("2025-08-20")):
            gone, stayed = somebody("Ушедшая"), somebody("Оставшаяся")
        with clock.at(moment("2026-06-15")):
            services.dismiss_person(gone, on=dt.date(2026, 6, 20), reason="moved_region", by=who("anna"))
            services.edit_person(stayed, by=who("anna"), hours_week=20, email="")
            services.edit_person(
                stayed,
                by=who("anna"),
                renamed=Renamed(since=dt.date(2026, 6, 10)),
                last_name="Замужняя",
            )
            services.edit_person(came, by=who("anna"), hours_week=20)
        found = named("2026-08-26")
        assert ("Новикова", "с 25.08.2026") in found["Пришли"]
        assert "Прежняя" not in dict(found["Пришли"])
        assert found["Ушли"] == [("Ушедшая", "по 20.06.2026")]
        assert found["Изменилось"] == [("Замужняя", "раньше Оставшаяся, часы")], "кто пришёл, весь новый"
        assert named("2026-06-20")["Ушли"] == [], "в последний день человек ещё работает"
        assert "Новикова" in dict(named("2026-09-15")["Пришли"]), "в сентябре год ещё прошлый"
        assert named("2026-10-01") == {"Пришли": [], "Ушли": [], "Изменилось": []}
        services.take_on(
            gone, by=who("anna"), hired_on=dt.date(2026, 9, 1), position="teacher", ped_stage_years=21
        )
        assert named("2026-09-15")["Ушли"] == [], "кто вернулся, тот не ушёл"


def test_who_is_no_longer_young_and_what_stays(of_five: School) -> None:
    with in_school(of_five):
        with clock.at(moment("2025-10-06")):
            pair = scene.active(who, mentee="kira", planned_to=dt.date(2026, 10, 31))
        pair.mentee.employments.update(stage_years=3, stage_on=dt.date(2026, 7, 1))
        young = somebody("Ещё молодая", ped_stage_years=1, stage_on=dt.date(2026, 8, 1))
        assert keys_of("2026-05-31")["young"] == [], "ещё идёт год, в котором она молодая"
        with clock.at(moment("2026-08-15")):
            grown = next(one for one in sections(Turn.now(), who("anna")) if one.key == "young")
        assert [item.title for item in grown.items] == [pair.mentee.full_name]
        assert "Пара остаётся до 31.10.2026" in grown.items[0].why
        assert not grown.asks
        assert young.full_name not in keys_of("2026-09-01")["young"]
        assert keys_of("2026-10-01")["young"] == [], "с прошлого 1 сентября ничего не сменилось"


def test_pairs_at_their_day_and_their_proposals(of_five: School) -> None:
    with in_school(of_five):
        with clock.at(moment("2026-02-02")):
            pair = scene.active(who, planned_to=dt.date(2026, 8, 31))
        assert keys_of("2026-07-31")["pairs"] == [], "до срока больше месяца"
        for day, word in (
            ("2026-08-01", "до 31.08.2026"),
            ("2026-08-31", "до 31.08.2026"),
            ("2026-09-01", "срок вышел"),
        ):
            with clock.at(moment(day)):
                shown = next(one for one in sections(Turn.now(), who("anna")) if one.key == "pairs").items
            assert [(item.title, item.word, item.button) for item in shown] == [
                (pair.title, word, "Продлить")
            ]


def test_one_press_renews_a_need_and_a_card(of_five: School, as_: Callable[[str], Client]) -> None:
    with in_school(of_five), clock.at(moment("2026-03-02")):
        need, card = scene.a_need(who, "kira"), scene.a_card(who)
    with clock.at(moment("2026-08-20")):
        anna = as_("anna")
        before = words_of(anna.get("/s/5/year/"))
        assert "подтверждена 02.03.2026" in before
        assert "слово куратора 02.03.2026" in before
        for what, row in (("need", need), ("card", card)):
            answer = anna.post(f"/s/5/year/{what}/{row.uuid}/confirm/", {"version": row.version})
            assert (answer.status_code, answer["Location"]) == (302, "/s/5/year/"), what
        after = words_of(anna.get("/s/5/year/"))
        assert "Все открытые потребности подтверждены" in after
        assert "Все карточки наставников подтверждены" in after
        with in_school(of_five):
            assert MenteeNeed.objects.get().actualised_on == dt.date(2026, 8, 20)
            assert MentorCard.objects.get().curator_word_on == dt.date(2026, 8, 20)
        assert anna.post(f"/s/5/year/pair/{need.uuid}/confirm/", {}).status_code == 404
        assert as_("boris").post(f"/s/5/year/card/{card.uuid}/confirm/", {"version": 9}).status_code in (
            403,
            409,
        )
        assert as_("boris").get("/s/5/year/").status_code == 403


def test_offices_and_service_that_nobody_has_stated(of_five: School, as_: Callable[[str], Client]) -> None:
    with in_school(of_five):
        somebody("Безстажева", ped_stage_years=None)
        held = PersonOffice.objects.create(
            person=scene.person("irina"),
            office="association_lead",
            basis="приказ № 1",
            valid_from=dt.date(2025, 9, 1),
            valid_to=dt.date(2026, 8, 31),
        )
        found = keys_of("2026-08-20")
        assert found["offices"] == [f"Руководитель ШМО: {held.person.short_name}"]
        assert "Безстажева Алла" in found["service"]
    with clock.at(moment("2026-08-20")):
        assert "Дать новый срок" in words_of(as_("zhanna").get("/s/5/year/"))
        assert "Дать новый срок" not in words_of(as_("anna").get("/s/5/year/")), "должности даёт директор"


@pytest.mark.parametrize(
    ("day", "offered"), [("2026-08-31", 1), ("2026-09-01", 1), ("2026-09-30", 1), ("2026-10-01", 0)]
)
def test_it_is_offered_at_home_in_august_and_september(
    day: str, offered: int, of_five: School, as_: Callable[[str], Client]
) -> None:
    with clock.at(moment(day)):
        for key, times in (("anna", offered), ("zhanna", 0), ("boris", 0)):
            found = [
                task for task in tasks(as_(key).get("/s/5/").content.decode()) if task.url == "/s/5/year/"
            ]
            assert len(found) == times, key


def test_home_says_nothing_of_it_when_all_is_done(of_five: School, as_: Callable[[str], Client]) -> None:
    with clock.at(moment("2026-08-20")):
        with in_school(of_five):
            for person in Person.objects.filter(employments__stage_years=None):
                services.edit_person(person, by=who("anna"), ped_stage_years=5)
            services.edit_person(scene.person("boris"), by=who("anna"), hours_week=19)
            PersonOffice.objects.update(valid_to=None)
        anna = as_("anna")
        assert [
            task.title for task in tasks(anna.get("/s/5/").content.decode()) if "учебный год" in task.title
        ] == []
        assert "Всё решено" in words_of(anna.get("/s/5/year/"))
