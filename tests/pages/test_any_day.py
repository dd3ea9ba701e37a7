"""The school on any day (docs/adr/0040): the list of people, the list of pairs and the figures of a past day,
as they are known today, with words for what is not known.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from portal.cabinet.selectors.of_day import figures_on, unknown_on
from portal.cabinet.services import nights
from portal.core import clock
from portal.core.actor import Actor
from portal.local_acts.models import Order
from portal.local_acts.workflow import ORDER
from portal.mentor_bank.models import CardStage, NeedStage
from portal.mentor_bank.workflow import CARD
from portal.mentoring.models import Pair, PairStage
from portal.mentoring.selectors import figures
from portal.mentoring.services import register_pair_order
from portal.mentoring.workflow import PAIR
from portal.mentoring.workflow.asked import GiveNotice
from portal.pair_work.models import ProgrammeStage
from portal.pair_work.services import submit_programme
from portal.pair_work.workflow import PROGRAMME
from portal.staff import services
from portal.staff.models import Absence, Employment, FormerName, Person
from portal.staff.selectors import young_on
from portal.staff.selectors.of_day import people_on
from portal.staff.services.hiring import make_person
from tenants.context import in_city, in_school
from tenants.models import School
from tests.posts.rows import words_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import KEYS, of_school5, who

DAY = dt.timedelta(days=1)
SignIn = Callable[[str], Client]
See = Callable[[str, str], str]


def moment(day: str | dt.date) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T09:00:00+00:00")


@pytest.fixture
def inside5(school5: School, actor: Callable[..., Actor]) -> Iterator[School]:
    of_school5({key: actor(key, school5) for key in KEYS})
    with in_school(school5):
        yield school5


def somebody(name: str, **more: Any) -> Person:
    known: dict[str, Any] = {"hired_on": dt.date(2020, 9, 1), "ped_stage_years": 20, "rate": 1}
    return make_person({"last_name": name, "first_name": "Алла", **known, **more}, position="teacher")


@pytest.fixture
def see(as_: SignIn) -> See:
    """The words of a page, as its reader sees it from outside."""

    def words(key: str, url: str) -> str:
        with in_city():
            shown = words_of(as_(key).get(f"/s/5/{url}"))
        main = shown.split("<main")[1].split("</main>")[0]
        return " ".join(re.sub(r"<[^>]*>", " ", main).replace("\xa0", " ").split())

    return words


def stages(pair: Pair) -> list[tuple[str, str]]:
    return [(f"{one.started_on:%d.%m}", one.state) for one in PairStage.objects.filter(pair=pair)]


def works(*days: str) -> list[int]:
    return [figures.active_pairs(dt.date.fromisoformat(day)) for day in days]


# ── States of pairs have days ───────────────────────────────────────────────────────────────────────


def test_each_step_of_a_pair_begins_a_stage(inside5: School) -> None:
    with clock.at(moment("2026-10-01")):
        pair = scene.proposed(who)
    with clock.at(moment("2026-10-05")):
        pair = PAIR.move(pair, "ask", by=who("anna"))
    with clock.at(moment("2026-10-07")):
        PAIR.move(pair, "withdraw", by=who("anna"), comment="передумали")
    assert stages(pair) == [("01.10", "proposed"), ("05.10", "consent_pending"), ("07.10", "declined")]


def test_the_last_step_of_a_day_holds_it(inside5: School) -> None:
    with clock.at(moment("2026-10-12")):
        pair = scene.active(who)
    assert stages(pair) == [("12.10", "active")]


def test_a_pause_and_an_end_lie_between_their_days(inside5: School) -> None:
    with clock.at(moment("2026-10-12")):
        pair = scene.active(who)
    with clock.at(moment("2026-11-02")):
        pair = PAIR.move(pair, "suspend", by=who("anna"), comment="длинный отпуск")
    with clock.at(moment("2026-11-20")):
        scene.dismiss("vera")
    with clock.at(moment("2026-11-23")):
        nights.every_day(who("time"))
        assert Pair.objects.get().state == "terminated"
        ended = Pair.objects.get().ended_on
        assert ended is not None
        assert works("2026-10-11", "2026-10-12", "2026-11-01", "2026-11-02", "2026-11-23") == [0, 1, 1, 1, 0]
    assert stages(pair) == [("12.10", "active"), ("02.11", "suspended"), (f"{ended:%d.%m}", "terminated")]


def test_a_pair_between_two_mentors_did_not_work_then(inside5: School) -> None:
    with clock.at(moment("2026-10-12")):
        pair = scene.active(who)
        scene.a_card(who, "lev")
    with clock.at(moment("2026-10-20")):
        scene.replace_mentor(pair, by=who("anna"), successor=scene.person("lev"), planned_from=clock.today())
    with clock.at(moment("2026-11-23")):
        assert works("2026-10-19", "2026-10-20", "2026-11-22") == [1, 0, 0]
        assert figures.involved(dt.date(2026, 10, 21)).part == 2


def test_an_order_that_is_written_down_late_holds_since_its_own_day(inside5: School) -> None:
    with clock.at(moment("2026-10-01")):
        pair = scene.with_order(who, planned_from=dt.date(2026, 10, 1))
    with clock.at(moment("2026-10-09")):
        facts = scene.order_facts(number="48-н") | {
            "signed_on": dt.date(2026, 10, 5),
            "agreement_on": dt.date(2026, 10, 5),
        }
        register_pair_order(pair, by=who("zhanna"), **facts)
        assert works("2026-10-04", "2026-10-05", "2026-10-08") == [0, 1, 1]
        ORDER.move(Order.objects.get(code="T-08"), "take_back", by=who("zhanna"), comment="не тот номер")
        assert works("2026-10-05", "2026-10-08", "2026-10-09") == [0, 0, 0], "исправленное меняет и прошлое"


def test_an_ended_pair_worked_before_its_end_and_never_after(inside5: School) -> None:
    with clock.at(moment("2026-10-12")):
        scene.active(who, planned_to=dt.date(2027, 5, 31))
    for today in ("2027-05-31", "2027-06-01", "2027-08-31", "2027-09-01", "2028-02-29", "2029-10-12"):
        with clock.at(moment(today)):
            assert works("2026-12-31", "2027-01-01", "2027-05-31") == [1, 1, 1], today
            if today > "2027-06-01":
                assert works("2027-06-01", "2027-08-31") == [0, 0], today


def test_a_pair_of_which_no_states_were_kept_is_judged_by_its_days(inside5: School) -> None:
    with clock.at(moment("2026-10-12")):
        pair = scene.active(who)
    PairStage.objects.all().delete()
    Pair.objects.update(state="terminated", ended_on=dt.date(2026, 11, 5))
    with clock.at(moment("2026-11-23")):
        assert works("2026-11-04", "2026-11-05") == [1, 0]
        assert any("Состояния некоторых пар" in said for said in unknown_on(dt.date(2026, 11, 4)))
        assert not any("Состояния некоторых пар" in said for said in unknown_on(pair.begins_on - DAY))


# ── The figures ─────────────────────────────────────────────────────────────────────────────────────


def test_young_of_a_day_that_is_over(inside5: School) -> None:
    leap = somebody(
        "Високосная", ped_stage_years=1, stage_on=dt.date(2024, 2, 29), hired_on=dt.date(2024, 2, 29)
    )
    with clock.at(moment("2027-10-12")):
        for day, young in (
            ("2024-02-28", False),
            ("2024-02-29", True),
            ("2026-02-28", True),
            ("2026-03-01", False),
        ):
            found = young_on(dt.date.fromisoformat(day)).filter(pk=leap.pk).exists()
            assert found == young, day


def test_the_page_of_a_day_says_what_the_figures_say(inside5: School, see: See) -> None:
    with clock.at(moment("2026-10-12")):
        scene.active(who)
    with clock.at(moment("2026-11-02")):
        PAIR.move(
            Pair.objects.get(),
            "give_notice",
            by=who("vera"),
            asked=GiveNotice(ends_on=dt.date(2026, 11, 2)),
        )
        PAIR.move(Pair.objects.get(), "terminate", by=who("zhanna"), comment="отчёт не нужен")
    with clock.at(moment("2026-11-23")):
        past, now = dict(figures_on(dt.date(2026, 11, 1))), dict(figures_on(clock.today()))
        assert (past["Действующие пары и группы"], now["Действующие пары и группы"]) == ("1", "0")
        Employment.objects.filter(started_on=None).update(started_on=dt.date(2010, 9, 1))
        assert figures_on(dt.date(1960, 1, 1))[0] == ("Работают в школе", "нет данных")
        share = figures.young_with_mentor(dt.date(2026, 11, 1))
        assert past["Из них с наставником"] == f"{share.part} из {share.whole}"
    with clock.at(moment("2026-11-23")):
        shown = see("anna", "day/?on=01.11.2026")
        assert "Школа на 01.11.2026" in shown
        assert f"Из них с наставником {share.part} из {share.whole}" in shown
        for wrong in ("24.11.2026", "23.11.2026", "вчера", "31.02.2026"):
            assert "Школа на 23.11.2026" in see("zhanna", f"day/?on={wrong}"), wrong
        assert "видят куратор и директор" in see("boris", "day/")


# ── The lists ───────────────────────────────────────────────────────────────────────────────────────


def test_the_list_of_people_of_a_day(inside5: School, see: See) -> None:
    gone = somebody("Ушедшая", birth_date=dt.date(1990, 1, 1))
    renamed = somebody("Замужняя", ped_stage_years=2, stage_on=dt.date(2026, 1, 1))
    FormerName.objects.create(
        person=renamed, last_name="Девичья", first_name="Алла", ended_on=dt.date(2026, 7, 1)
    )
    undated = somebody("Бездатова", hired_on=None, ped_stage_years=None)
    coming = somebody("Новая", hired_on=dt.date(2026, 9, 1))
    Absence.objects.create(
        person=renamed, kind="leave", started_on=dt.date(2026, 5, 1), ended_on=dt.date(2026, 6, 1)
    )
    with clock.at(moment("2026-11-23")):
        services.dismiss_person(gone, on=dt.date(2026, 8, 31), reason="other", by=who("anna"))
        on = {
            day: set(people_on(dt.date.fromisoformat(day), who("anna")))
            for day in ("2026-05-31", "2026-08-31", "2026-09-01")
        }
        assert {gone, renamed, undated} <= on["2026-05-31"]
        assert coming not in on["2026-08-31"]
        assert gone in on["2026-08-31"]
        assert coming in on["2026-09-01"]
        assert gone not in on["2026-09-01"]
    with clock.at(moment("2026-11-23")):
        shown = see("anna", "people/?on=31.05.2026")
        assert "Сотрудники на 31.05.2026" in shown
        for said in (
            "Девичья Алла надолго не на работе молодой педагог",
            "Ушедшая Алла",
            "Бездатова Алла",
            "нет данных",
        ):
            assert said in shown, said
        assert "Замужняя" not in shown
        young = see("anna", "people/?on=31.05.2026&young=yes")
        assert "Девичья" in young
        assert "Ушедшая" not in young
        assert "На 01.01.2001 нет данных" in see("anna", "people/?on=01.01.2001") or "Бездатова" in see(
            "anna", "people/?on=01.01.2001"
        )
        assert "Ушедшая" not in see("anna", "people/")
        assert "Ушедшая" not in see("boris", "people/?on=31.05.2026"), "прошлое видит тот, кто ведёт список"


def test_a_mistake_that_is_mended_changes_the_list_of_a_past_day(inside5: School) -> None:
    gone = somebody("Ошибочная")
    day = dt.date(2026, 11, 1)
    with clock.at(moment("2026-11-23")):
        services.dismiss_person(gone, on=dt.date(2026, 10, 20), reason="other", by=who("anna"))
        assert gone not in people_on(day, who("anna"))
        services.take_dismissal_back(gone, by=who("anna"))
        assert gone in people_on(day, who("anna"))


def test_the_list_of_pairs_of_a_day(inside5: School, see: See) -> None:
    with clock.at(moment("2026-10-01")):
        pair = scene.proposed(who)
    with clock.at(moment("2026-10-07")):
        pair = PAIR.move(pair, "ask", by=who("anna"))
        PAIR.move(pair, "withdraw", by=who("anna"), comment="передумали")
    with clock.at(moment("2026-11-23")):
        assert "Всего: 1" in see("anna", "pairs/?on=03.10.2026&state=proposed")
        assert "ничего не нашлось" in see("anna", "pairs/?on=03.10.2026&state=declined")
        assert "На 30.09.2026 нет данных" in see("anna", "pairs/?on=30.09.2026&state=")
        assert "не сложилась" in see("anna", "pairs/")
    PairStage.objects.all().delete()
    Pair.objects.update(created_at=moment("2026-10-01"))
    with clock.at(moment("2026-11-23")):
        assert "нет данных" in see("anna", "pairs/?on=03.10.2026")


def test_cards_needs_and_programmes_of_a_day(inside5: School, see: See) -> None:
    with clock.at(moment("2026-10-01")):
        scene.a_need(who)
        card = scene.wishing(who)
    with clock.at(moment("2026-10-12")):
        for verb in ("recommend", "confirm"):
            CARD.move(card, verb, by=who("anna"))
        made = submit_programme(scene.written(who, scene.active(who)), by=who("boris"))
    with clock.at(moment("2026-11-02")):
        PROGRAMME.move(made, "confirm", by=who("vera"))
    for page, past, present in (
        ("mentors", "кандидат", "ведёт пару"),
        ("needs", "записана", "есть пара"),
    ):
        with clock.at(moment("2026-11-23")):
            on = see("anna", f"{page}/?on=05.10.2026")
            assert "на 05.10.2026" in on, page
            assert past in on, page
            assert "Всего: 1" in see("anna", f"{page}/?on=05.10.2026&state={_code(page)}"), page
            assert "ничего не нашлось" in see("anna", f"{page}/?on=15.10.2026&state={_code(page)}"), page
            assert present in see("anna", f"{page}/?on=15.10.2026"), page
            assert present in see("anna", f"{page}/"), page
            assert "На 30.09.2026 нет данных" in see("anna", f"{page}/?on=30.09.2026"), page
    with clock.at(moment("2026-11-23")):
        seen = {key: see(key, "mentors/?on=05.10.2026") for key in ("vera", "boris")}
        assert "Кравцов" not in seen["vera"], "a colleague saw no candidate then"
        assert "Кравцов" not in see("vera", "mentors/?on=05.10.2026&state=candidate")
        assert "кандидат" in seen["boris"], "the own card"
        assert "Кравцов" in see("vera", "mentors/?on=15.10.2026")
    with clock.at(moment("2026-11-23")):
        agreeing = "state=agreed_by_pair"
        was = see("anna", f"programmes/?on=01.11.2026&{agreeing}")
        assert "Кравцов Б. И. и Соколова В. А." in was
        assert "Всего: 1" in was
        assert "ничего не нашлось" in see("anna", f"programmes/?on=02.11.2026&{agreeing}")
        assert "На 11.10.2026 нет данных" in see("anna", "programmes/?on=11.10.2026")
        assert "нет данных" in see("anna", "mentors/?on=05.10.2026"), "должность тогда не внесена"
    for stage in (CardStage, NeedStage, ProgrammeStage):
        stage.objects.all().delete()
    with clock.at(moment("2026-11-23")):
        for page in ("mentors", "needs", "programmes"):
            assert "нет данных" in see("anna", f"{page}/?on=20.11.2026"), page


def _code(page: str) -> str:
    return {"mentors": "candidate", "needs": "new"}[page]


@pytest.mark.parametrize("page", ["mentors", "needs", "programmes"])
def test_who_sees_less_today_sees_less_of_a_past_day(inside5: School, see: See, page: str) -> None:
    with clock.at(moment("2026-10-12")):
        submit_programme(scene.written(who, scene.active(who)), by=who("boris"))
    with clock.at(moment("2026-11-23")):
        for key in ("boris", "kira", "vera"):
            now, then = (see(key, f"{page}/{on}") for on in ("", "?on=20.11.2026"))
            for name in ("Кравцов", "Соколова"):
                assert (name in now) == (name in then), (key, name)
