"""Whose last day is coming is asked about a month and a week before it, once for its day; after it the thing
stands at home, and is in no figure.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.cabinet.selectors.next_steps import next_steps
from portal.cabinet.services import nights
from portal.core import clock
from portal.mentoring.models import Pair
from portal.mentoring.selectors import figures
from portal.mentoring.workflow import PAIR
from portal.mentoring.workflow.asked import Extend
from portal.school_records.models import Notice
from portal.staff.models import Absence, PersonOffice
from portal.staff.selectors.offices import ended_of_late
from tenants.tasks import is_night
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import NOW, who

pytestmark = pytest.mark.usefixtures("in_school5")
LAST = dt.date(2027, 5, 31)
DAY = dt.timedelta(days=1)


def pair_till() -> None:
    scene.active(who, planned_to=LAST)


def work_till() -> None:
    scene.person("vera").employments.update(ended_on=LAST)


def office_till() -> None:
    PersonOffice.objects.create(
        person=scene.person("irina"),
        office="association_lead",
        basis="приказ № 1",
        valid_from=dt.date(2026, 9, 1),
        valid_to=LAST,
    )


def absence_till() -> None:
    Absence.objects.create(
        person=scene.person("vera"), kind="illness", started_on=dt.date(2026, 11, 1), expected_until=LAST
    )


KINDS: dict[str, tuple[Callable[[], None], str]] = {
    # kind: the scene, who hears of it
    "pair": (pair_till, "anna boris vera"),
    "work": (work_till, "anna kira"),
    "office": (office_till, "irina zhanna"),
    "absence": (absence_till, "anna kira"),
}


def night(before: int) -> None:
    with clock.at(at(LAST - before * DAY)):
        nights.every_day(who("time"))


def at(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 0, 10, tzinfo=dt.UTC)


def heard(kind: str) -> dict[str, int]:
    """How often each person has been told, by the code of the reminder."""
    return {
        code: Notice.objects.filter(code=code).values("recipient").distinct().count()
        for code in (f"{kind}-30", f"{kind}-7")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_asked_a_month_and_a_week_before(kind: str) -> None:
    begin, people = KINDS[kind]
    begin()
    told = len(people.split())
    for before, expected in (
        (31, (0, 0)),
        (30, (told, 0)),
        (29, (told, 0)),
        (8, (told, 0)),
        (7, (told, told)),
        (6, (told, told)),
    ):
        night(before)
        assert tuple(heard(kind).values()) == expected, before
    assert {str(line.recipient) for line in Notice.objects.filter(code=f"{kind}-7")} == {
        str(who(key).user) for key in people.split()
    }


def test_after_nights_that_did_not_run_it_is_asked_once() -> None:
    pair_till()
    night(3)
    assert heard("pair") == {"pair-30": 0, "pair-7": 3}


def test_a_day_that_has_moved_is_spoken_of_again() -> None:
    pair_till()
    night(7)
    pair = Pair.objects.get()
    later = Extend(planned_to=LAST + 60 * DAY, extended_by="соглашение № 2 от 24.05.2027")
    with clock.at(at(LAST - 5 * DAY)):
        PAIR.move(pair, "extend", by=who("anna"), asked=later)
    Notice.objects.all().delete()
    night(1)
    assert heard("pair") == {"pair-30": 0, "pair-7": 0}
    night(-53)
    assert heard("pair") == {"pair-30": 0, "pair-7": 3}


def test_why_somebody_is_away_is_not_said() -> None:
    absence_till()
    night(7)
    assert "болез" not in Notice.objects.filter(code="absence-7")[0].text.lower()


@pytest.mark.parametrize("state", ["active", "suspended"])
def test_a_pair_past_its_day_stands_at_home_and_does_not_count(state: str) -> None:
    pair_till()
    if state == "suspended":
        PAIR.move(Pair.objects.get(), "suspend", by=who("anna"), comment="длинный отпуск")
    for after, there in ((0, False), (1, True), (40, True)):
        with clock.at(at(LAST + after * DAY)):
            found = [step.situation for step in next_steps(who("anna"))]
            assert ("pair_past_its_end" in found) == there, after
            assert figures.active_pairs() == (0 if there else 1), after
    assert "pair_past_its_end" not in [step.situation for step in next_steps(who("boris"))]


def test_an_office_whose_term_has_run_out_is_not_vacant_in_silence() -> None:
    office_till()
    PersonOffice.objects.filter(office="association_lead", valid_to=None).update(valid_to=NOW.date())
    shown: dict[int, list[str]] = {}
    for after in (0, 1, 30, 31):
        with clock.at(at(LAST + after * DAY)):
            shown[after] = [held.person.last_name for held in ended_of_late()]
    assert shown == {0: [], 1: ["Фомина"], 30: ["Фомина"], 31: []}
    given_anew = {"office": "association_lead", "basis": "приказ № 2", "valid_from": LAST + 2 * DAY}
    PersonOffice.objects.create(person=scene.person("lev"), **given_anew)
    with clock.at(at(LAST + DAY)):
        assert list(ended_of_late()) == []


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Europe/Moscow", 0), ("Asia/Vladivostok", 17), ("Europe/Kaliningrad", 1), ("Asia/Omsk", 21)],
)
def test_the_night_is_the_citys(zone: str, hour: int, settings: Any) -> None:
    from django.utils import timezone

    with timezone.override(zone):
        moments = [int(dt.datetime(2026, 12, 31, each, 10, tzinfo=dt.UTC).timestamp()) for each in range(24)]
        assert [each for each, moment in enumerate(moments) if is_night(moment)] == [hour]
