"""One figure, one number (found B4): the home page, the API, the form, the counters and the city say the
same, over the same states and days.
"""

import datetime as dt
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from portal.core import clock
from portal.core.actor import Actor
from portal.mentor_bank.models import MenteeNeed
from portal.mentoring.models import Pair, PairMentee
from portal.mentoring.selectors import figures
from portal.mentoring.states import PairState
from portal.monitoring import services as school_side
from portal.monitoring.models import SchoolForm
from portal.municipality import services
from portal.municipality.background import send_campaign
from portal.municipality.indicators import Share
from portal.municipality.models import ReceivedForm
from portal.municipality.workflow import CAMPAIGN, RECEIVED
from portal.pair_work.models import Meeting, Programme, ProgrammeActivity
from portal.pair_work.selectors import figures as work_figures
from portal.pair_work.states import ActivityMark, MeetingState
from portal.staff.models import Absence, Person
from portal.staff.services.hiring import make_person
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tests.workflows import mentoring_scenes as scene

SignIn = Callable[[str], Client]
TODAY, YESTERDAY, TOMORROW = 0, -1, 1
Days = dict[str, int]

CASES: dict[str, tuple[str, Days, Days, Days, bool, bool]] = {
    # name: state, days of the pair, of its mentor, of its mentee; whether it works (A01, A05, counters),
    # whether its mentee is «involved» (A02)
    "works": ("active", {}, {}, {}, True, True),
    "its last day": ("active", {"planned_to": TODAY}, {}, {}, True, True),
    "past its last day": ("active", {"planned_to": YESTERDAY}, {}, {}, False, False),
    "begins tomorrow": ("active", {"started_on": TOMORROW}, {}, {}, False, False),
    "paused": ("suspended", {}, {}, {}, True, True),
    "paused and past its last day": ("suspended", {"planned_to": YESTERDAY}, {}, {}, False, False),
    "under notice": ("termination_notice", {"ends_on": TOMORROW}, {}, {}, True, True),
    "the last day of the notice": ("termination_notice", {"ends_on": TODAY}, {}, {}, True, True),
    "after the notice": ("termination_notice", {"ends_on": YESTERDAY}, {}, {}, False, False),
    "between two mentors": ("replacing", {}, {}, {}, False, True),
    "between two mentors for too long": ("replacing", {"planned_to": YESTERDAY}, {}, {}, False, False),
    "mentor dismissed": ("active", {}, {"last_day": YESTERDAY}, {}, False, False),
    "the last day of the mentor": ("active", {}, {"last_day": TODAY}, {}, True, True),
    "mentee dismissed": ("active", {}, {}, {"last_day": YESTERDAY}, False, False),
    "mentor away": ("active", {}, {"away_from": TODAY}, {}, False, False),
    "mentor goes away tomorrow": ("active", {}, {"away_from": TOMORROW}, {}, True, True),
    "mentee away": ("active", {}, {}, {"away_from": TODAY}, False, False),
    "completed": ("completed", {"ended_on": YESTERDAY}, {}, {}, False, True),
    "completed in another school year": ("completed", {"ended_on": -400}, {}, {}, False, False),
    "ended early": ("terminated", {"ended_on": YESTERDAY}, {}, {}, False, False),
    "proposed": ("proposed", {}, {}, {}, False, False),
    "asked": ("consent_pending", {}, {}, {}, False, False),
    "declined": ("declined", {}, {}, {}, False, False),
    "at the psychologist": ("psych_check", {}, {}, {}, False, False),
    "order not signed": ("order_draft", {}, {}, {}, False, False),
}


def on(days: Days) -> dict[str, dt.date]:
    return {name: clock.today() + dt.timedelta(days=n) for name, n in days.items()}


def person(name: str, **more: Any) -> Person:
    values = {"last_name": name, "first_name": "Иван", "hired_on": dt.date(2024, 9, 1), "ped_stage_years": 20}
    return make_person({**values, **more})


def person_of_case(name: str, days: Days, **more: Any) -> Person:
    """`away_from` begins an absence, `last_day` ends the work."""
    said = on(days)
    away_from = said.get("away_from")
    made = person(name, **more)
    made.employments.update(ended_on=said.get("last_day"))
    if away_from is not None:
        Absence.objects.create(person=made, kind="illness", started_on=away_from)
    return made


def build(name: str) -> Person:
    """A pair of its own two people, as the case says; the mentee is young."""
    state, days, of_mentor, of_mentee, _, _ = CASES[name]
    mentor = person_of_case(f"Наставник {name}", of_mentor)
    mentee = person_of_case(f"Молодой {name}", of_mentee, ped_stage_years=1)
    dates = {
        "started_on": clock.today() - dt.timedelta(days=40),
        "planned_to": clock.today() + dt.timedelta(days=60),
        **on(days),
    }
    pair = Pair.objects.create(
        mentor=mentor,
        state=state,
        kinds=["traditional"],
        planned_from=clock.today() - dt.timedelta(days=40),
        **dates,
    )
    PairMentee.objects.create(pair=pair, mentee=mentee)
    return mentee


def test_every_state_of_a_pair_stands_in_the_table() -> None:
    assert {case[0] for case in CASES.values()} == set(PairState.values)


@pytest.mark.covers("found B4", "found G5")
@pytest.mark.parametrize("name", CASES)
def test_which_pairs_count(name: str, school5: School) -> None:
    with in_school(school5):
        before = figures.coverage()
        build(name)
        found = figures.coverage()
    _, _, _, of_mentee, works, involved = CASES[name]
    stays = not of_mentee
    people = 2 - (name in ("mentor dismissed", "mentee dismissed", "mentor away", "mentee away"))
    grown = {
        key: found[key] - before[key]
        for key in ("young_total", "young_covered", "involved", "workers", "active_pairs")
    }
    assert grown == {
        "young_total": int(stays),
        "young_covered": int(works),
        "active_pairs": int(works),
        "workers": people,
        "involved": people * involved,
    }
    assert found["pairs_by_form"]["teacher_teacher"] - before["pairs_by_form"]["teacher_teacher"] == works


@pytest.mark.covers("found B4")
def test_a_figure_is_asked_for_a_day(school5: School) -> None:
    with in_school(school5):
        build("completed")
        build("begins tomorrow")
        build("mentor dismissed")
        days = {
            n: figures.active_pairs(clock.today() + dt.timedelta(days=n)) for n in (-50, -2, TODAY, TOMORROW)
        }
    assert days == {-50: 0, -2: 2, TODAY: 0, TOMORROW: 1}


@pytest.mark.covers("found B4")
def test_meetings_of_a_pair_are_its_own(school5: School) -> None:
    with in_school(school5):
        pairs = [Pair.objects.get(pair_mentees__mentee=build(name)) for name in ("works", "paused")]
        for pair, states in zip(pairs, (("confirmed",), ("planned", "confirmed", "disputed")), strict=True):
            for state in states:
                Meeting.objects.create(pair=pair, planned_at=clock.now(), topic="Конец урока", state=state)
        found = [work_figures.meetings_of_month(pair=pair) for pair in pairs]
    assert found == [Share(1, 1), Share(2, 3)]


RECORDED = {"held_unconfirmed", "confirmed", "disputed"}
MEANT = RECORDED | {"planned", "missed"}


@pytest.mark.covers("found B4")
@pytest.mark.parametrize("state", MeetingState.values)
def test_a_meeting_of_the_month_counts_by_what_became_of_it(state: str, school5: School) -> None:
    """Asked of the tables and of meetings in hand, the same; those of other months are not of this one."""
    with in_school(school5):
        pair = Pair.objects.get(pair_mentees__mentee=build("works"))
        now = clock.local(clock.now())
        of_month = Meeting.objects.create(pair=pair, planned_at=now, topic="Конец урока", state=state)
        for other in (now - dt.timedelta(days=31), now + dt.timedelta(days=31), now - dt.timedelta(days=366)):
            Meeting.objects.create(pair=pair, planned_at=other, topic="Другой месяц", state=state)
        expected = Share(int(state in RECORDED), int(state in MEANT))
        assert work_figures.meetings_of_month(pair=pair) == expected
        assert work_figures.held_among([of_month]) == expected


@pytest.mark.covers("found B4")
def test_deeds_are_done_of_those_that_are_still_wanted() -> None:
    marks = [
        "done",
        "done",
        "done",
        "planned",
        "cancelled",
        *({*ActivityMark.values} - {"done", "planned", "cancelled"}),
    ]
    deeds = [ProgrammeActivity(mark=mark) for mark in marks]
    assert work_figures.done_among(deeds) == Share(3, len(marks) - 1)


@pytest.mark.covers("found B4")
def test_last_days_ahead_are_of_what_goes_on(school5: School) -> None:
    """«Впереди» on the home page: what goes on and ends in these days, both ends among them."""
    first, last = clock.today() + dt.timedelta(days=3), clock.today() + dt.timedelta(days=9)
    text = {"problem": "", "goal": "", "tasks": "", "expected": "", "evaluation": "", "frequency": ""}
    with in_school(school5):
        before = [
            dict(found(first, last))
            for found in (figures.last_days_of_pairs, work_figures.last_days_of_programmes)
        ]
        for name, state, ends_on in (
            ("works", "in_progress", first),
            ("paused", "in_progress", last),
            ("under notice", "in_progress", last + dt.timedelta(days=1)),
            ("its last day", "in_progress", first - dt.timedelta(days=1)),
            ("completed", "completed", first),
            ("proposed", "draft", first),
        ):
            pair = Pair.objects.get(pair_mentees__mentee=build(name))
            Pair.objects.filter(pk=pair.pk).update(planned_to=ends_on)
            Programme.objects.create(
                pair=pair, year=2026, state=state, ends_on=ends_on, starts_on=ends_on, **text
            )
        after = [
            dict(found(first, last))
            for found in (figures.last_days_of_pairs, work_figures.last_days_of_programmes)
        ]
    assert before == [{}, {}]
    assert after == [{first: 1, last: 1}, {first: 1, last: 1}]


NEEDS = {  # of a young teacher: the state of her need, of her pair; whether nobody has spoken of her
    "nothing": ("", "", True),
    "a need is there": ("new", "", False),
    "accepted": ("accepted", "", False),
    "matched": ("matched", "", False),
    "she manages by herself": ("closed", "", True),
    "declined": ("declined", "", True),
    "proposed without a need": ("", "proposed", False),
    "works": ("closed", "active", False),
    "the pair is over": ("", "terminated", True),
    "the pair came to nothing": ("closed", "declined", True),
}


@pytest.mark.covers("found B4")
@pytest.mark.parametrize("name", NEEDS)
def test_of_which_young_teachers_nobody_has_spoken(name: str, school5: School) -> None:
    need, state, unspoken = NEEDS[name]
    with in_school(school5):
        young = person("Молодая", ped_stage_years=1)
        if need:
            MenteeNeed.objects.create(person=young, category="young", request="Темп урока", state=need)
        if state:
            terms = {"kinds": ["traditional"], **on({"planned_from": TODAY, "planned_to": TOMORROW})}
            pair = Pair.objects.create(mentor=person("Наставник"), state=state, **terms)
            PairMentee.objects.create(pair=pair, mentee=young)
        assert (young in figures.young_unspoken()) is unspoken


@pytest.mark.covers("found B4")
def test_nobody_is_involved_before_the_pair_begins(school5: School) -> None:
    """A pair that was completed by today does not reach back to a day on which it was not there."""
    with in_school(school5):
        early, late = (clock.today() - dt.timedelta(days=n) for n in (50, 2))
        before = {day: figures.involved(day).part for day in (early, late)}
        build("completed")
        after = {day: figures.involved(day).part for day in (early, late)}
    assert (after[early], after[late]) == (before[early], (before[late] or 0) + 2)


@pytest.mark.covers("found B4")
def test_not_known_nobody_and_none_are_three_things() -> None:
    assert [(s.words, s.percent) for s in (Share(), Share(None, 4), Share(0, 0), Share(0, 4))] == [
        ("нет данных", None),
        ("нет данных", None),
        ("0 из 0", None),
        ("0 из 4", 0.0),
    ]


def everything(school: School) -> None:
    """Every case at once, each with a meeting this month; some of the pairs that work have a programme."""
    for number, name in enumerate(CASES):
        pair = Pair.objects.get(pair_mentees__mentee=build(name))
        Meeting.objects.create(
            pair=pair,
            planned_at=clock.now(),
            topic="Конец урока",
            state="confirmed" if number % 3 else "planned",
        )
        if number % 2:
            text = {
                key: value
                for key, value in scene.text(pair).items()
                if key not in ("goals", "activities", "ends_on")
            }
            Programme.objects.create(
                pair=pair,
                year=2026,
                state="in_progress" if number % 4 == 1 else "draft",
                ends_on=pair.planned_to + dt.timedelta(days=2),
                **text,
            )


def words_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("\xa0", " ")).split())


def handed_over(school: School, actor: Callable[..., Actor]) -> ReceivedForm:
    """A campaign over the real post: asked, filled by the portal, signed, accepted; and the counters of the
    day.
    """
    semyon = actor("semyon")
    with in_school(school):
        school_side.send_counters(Actor.system(school=school.uuid))
    campaign = services.plan_campaign(
        title="Срез",
        indicators=["A01", "A02", "A05", "R04"],
        open_from=clock.today(),
        due_school=clock.today(),
        by=semyon,
    )
    send_campaign(by=semyon, campaign_uuid=str(CAMPAIGN.move(campaign, "open", by=semyon).uuid))
    post.deliver_everything()
    with in_school(school):
        school_side.hand_over_form(SchoolForm.objects.get(), by=actor("zhanna"))
    post.deliver_everything()
    return RECEIVED.move(ReceivedForm.objects.get(), "accept", by=semyon)


@pytest.mark.covers("found B4")
def test_home_api_form_and_city_say_the_same(
    school5: School, actor: Callable[..., Actor], as_: SignIn
) -> None:
    with in_school(school5):
        everything(school5)
        said = figures.coverage()
        programmes, met = work_figures.pairs_with_programme(), work_figures.meetings_of_month()
    assert programmes.whole == said["active_pairs"] == sum(case[4] for case in CASES.values())
    young = Share(said["young_covered"], said["young_total"])
    involved = Share(said["involved"], said["workers"])
    assert 0 < young.part < young.whole  # type: ignore[operator]
    for key in ("anna", "zhanna"):
        home = words_of(as_(key).get("/s/5/"))
        assert f"Молодые педагоги с наставником {young.words}" in home
        assert f"Пары с утверждённой программой {programmes.words}" in home
        assert f": записано {met.words}" in home
        assert f"Действующие пары и группы: {programmes.whole}" in home
    listed = words_of(as_("anna").get("/s/5/pairs/?working=1"))
    assert f"Всего: {programmes.whole}" in listed
    assert as_("anna").get("/s/5/api/v1/mentoring/coverage/").json() == said
    received = handed_over(school5, actor)
    form = as_("anna").get(f"/s/5/api/v1/forms/{received.form}/").json()
    declared = {key: number for value in form["values"] for key, number in value["declared"].items()}
    assert {key: declared[key] for key in ("young_covered", "young_total", "involved", "workers")} == {
        key: said[key] for key in ("young_covered", "young_total", "involved", "workers")
    }
    assert {key: declared[key] for key in said["pairs_by_form"]} == said["pairs_by_form"]
    sent = as_("semyon").get("/api/v1/counters/").json()["results"][0]
    assert (sent["employees"], sent["young_teachers"], sent["active_pairs"]) == (
        said["workers"],
        said["young_total"],
        said["active_pairs"],
    )
    of_city(as_("semyon"), young, involved, said)


def of_city(client: Client, young: Share, involved: Share, said: dict[str, Any]) -> None:
    api = client.get("/api/v1/city/").json()
    assert (api["young"]["part"], api["young"]["whole"], api["involved"]["part"], api["pairs"]) == (
        young.part,
        young.whole,
        involved.part,
        said["active_pairs"],
    )
    line = next(row for row in api["schools"] if row["name"].endswith("5"))
    assert (line["young"]["part"], line["pairs"]) == (young.part, said["active_pairs"])
    table = list(
        load_workbook(BytesIO(client.get("/city/?export=xlsx").content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    )
    row = next(row for row in table if row[0] == 5)
    assert (row[3], row[4], row[5], row[6], row[7]) == (
        young.part,
        young.whole,
        involved.part,
        involved.whole,
        said["active_pairs"],
    )


def test_a_day_that_is_no_day_is_refused_in_words(as_: SignIn) -> None:
    refused = as_("anna").get("/s/5/api/v1/mentoring/coverage/?on=вчера")
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "on")
    assert as_("anna").get(f"/s/5/api/v1/mentoring/coverage/?on={uuid4()}").status_code == 422
    assert as_("anna").get("/s/5/api/v1/mentoring/coverage/?on=2026-09-02").status_code == 200
