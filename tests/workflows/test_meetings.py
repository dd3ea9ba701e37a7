"""SM-5: a meeting planned, recorded by one, confirmed by the other."""

import datetime as dt
from typing import Any

import pytest

from portal.cabinet.services import nights as time
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.mentoring.models import Pair
from portal.pair_work import services
from portal.pair_work.models import Meeting
from portal.pair_work.workflow import MEETING, PROGRAMME
from portal.school_records.models import Notice
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who
from tests.workflows.scenarios import Change, Scenario, Step, change, walk

pytestmark = pytest.mark.usefixtures("in_school5")
HELD: dict[str, Any] = {"duration_min": 45, "task": "Вести листы три урока"}


def planned(w: Any) -> Meeting:
    return scene.planned_meeting(who, scene.active(w))


def held(w: Any) -> Meeting:
    return services.record_meeting(planned(w), by=w("boris"), **HELD)


def pair(**fields: Any) -> Change:
    return lambda meeting: Pair.objects.filter(pk=meeting.pair_id).update(**fields)


def other(meeting: Meeting) -> Meeting:
    return scene.planned_meeting(who, meeting.pair, 2)


def moment(days: int) -> Any:
    return lambda: clock.now() + dt.timedelta(days=days)


NEW_DAY = {"planned_at": moment(2)}
WRONG: tuple[Step | Change, ...] = (
    ("boris", "record", {**HELD, "started_at": moment(1)}, "not_yet"),
    ("boris", "record", {**HELD, "started_at": moment(-1)}, "outside_period"),
    ("boris", "record", {**HELD, "duration_min": 4}, "duration"),
    ("boris", "record", {**HELD, "duration_min": 481}, "duration"),
    ("boris", "record", {**HELD, "task_due": lambda: clock.today() - dt.timedelta(days=1)}, "task_due"),
    pair(kinds=["short_goal"]), change(task=""),
    ("boris", "record", {"duration_min": 45, "task": " "}, "task_needed"),
    ("boris", "record", {**HELD, "feedback": 6}, "feedback"),
)  # fmt: skip
SCENARIOS = {
    "told": Scenario("planned", planned, (
        ("anna", "record", HELD, "forbidden"), pair(state="suspended"),
        ("boris", "record", HELD, "pair_not_active"), pair(state="active"), *WRONG,
        ("boris", "record", HELD, "held_unconfirmed"),
    )),
    "disputed": Scenario("held_unconfirmed", held, (
        ("boris", "confirm", {}, "forbidden"), ("vera", "record", HELD, "forbidden"),
        ("vera", "dispute", {}, "comment_required"),
        ("vera", "dispute", {"comment": "Было полчаса"}, "disputed"), *WRONG,
        ("boris", "record", {**HELD, "duration_min": 30}, "held_unconfirmed"),
        ("vera", "confirm", {"feedback": 6}, "feedback"), ("vera", "confirm", {"feedback": 5}, "confirmed"),
        ("boris", "record", HELD, "wrong_state"),
    )),
    "the task of a short goal is written already": Scenario("held_unconfirmed", held, (
        pair(kinds=["short_goal"]), ("vera", "dispute", {"comment": "Было полчаса"}, "disputed"),
        ("boris", "record", {"duration_min": 30}, "held_unconfirmed"),
    )),
    "agreed after all": Scenario("held_unconfirmed", held, (
        ("vera", "dispute", {"comment": "Было иначе"}, "disputed"), ("boris", "accept", {}, "forbidden"),
        ("vera", "accept", {"feedback": 6}, "feedback"), ("vera", "accept", {}, "confirmed"),
    )),
    "moved": Scenario("planned", planned, (
        ("anna", "move", NEW_DAY, "forbidden"), pair(state="suspended"),
        ("vera", "move", NEW_DAY, "pair_not_active"), pair(state="active"),
        ("vera", "move", {"planned_at": moment(400)}, "planned_at"), other, pair(kinds=["speed"]),
        ("vera", "move", NEW_DAY, "speed_one_meeting"), pair(kinds=["traditional"]),
        ("vera", "move", NEW_DAY, "moved"),
    )),
    "cancelled": Scenario("planned", planned,
        (("anna", "cancel", {}, "forbidden"), ("vera", "cancel", {}, "cancelled"))),
    "missed": Scenario("planned", planned, (
        ("time", "miss", {}, "not_late"), change(planned_at=moment(-3)), ("boris", "miss", {}, "forbidden"),
        ("time", "miss", {}, "missed"),
        ("vera", "cancel", {}, "cancelled"),
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.covers(
    "SM-5.record",
    "SM-5.confirm",
    "SM-5.dispute",
    "SM-5.accept",
    "SM-5.move",
    "SM-5.cancel",
    "SM-5.miss",
    "seed 3.3.1",
)
def test_a_meeting(name: str) -> None:
    walk(MEETING, SCENARIOS[name], who)


@pytest.mark.covers("seed 5.4.speed")
def test_a_speedy_pair_meets_once() -> None:
    quick = scene.active(who, kinds=["speed"], selection="")
    first = scene.planned_meeting(who, quick)
    refused(Conflict, "speed_one_meeting", lambda: scene.planned_meeting(who, quick, 1))
    second = services.move_meeting(first, by=who("boris"), planned_at=clock.now() + dt.timedelta(days=3))
    MEETING.move(second, "cancel", by=who("vera"))
    assert scene.planned_meeting(who, quick, 1).state == "planned"


def test_a_meeting_lies_inside_the_time_of_the_pair() -> None:
    pair = scene.active(who, planned_from=clock.today() - dt.timedelta(days=9))
    assert pair.begins_on == clock.today(), "the order was signed later than the pair was meant to begin"
    refused(Invalid, "planned_at", lambda: scene.planned_meeting(who, pair, -1))
    refused(Invalid, "planned_at", lambda: scene.planned_meeting(who, pair, 400))
    assert scene.planned_meeting(who, pair, 1).state == "planned"


@pytest.mark.covers("SM-5.record")
def test_recording_is_ones_own_confirmation_and_the_other_answers() -> None:
    meeting = scene.planned_meeting(who, scene.active(who))
    refused(Forbidden, "forbidden", lambda: services.record_meeting(meeting, by=who("anna"), duration_min=45))
    refused(Invalid, "duration", lambda: services.record_meeting(meeting, by=who("boris"), duration_min=4))
    services.record_meeting(meeting, by=who("boris"), duration_min=45, content="Разобрали листы.")
    assert (meeting.state, meeting.confirmed_by_mentee_at) == ("held_unconfirmed", None)
    assert meeting.confirmed_by_mentor_at
    refused(Forbidden, "forbidden", lambda: services.confirm_meeting(meeting, by=who("boris")))
    refused(Invalid, "comment_required", lambda: MEETING.move(meeting, "dispute", by=who("vera"), comment=""))
    MEETING.move(meeting, "dispute", by=who("vera"), comment="Было полчаса")
    services.record_meeting(meeting, by=who("boris"), duration_min=30)
    refused(Invalid, "feedback", lambda: services.confirm_meeting(meeting, by=who("vera"), feedback=6))
    services.confirm_meeting(meeting, by=who("vera"), feedback=5)
    assert (meeting.state, meeting.feedback_mentee) == ("confirmed", 5)
    refused(
        Conflict, "wrong_state", lambda: services.record_meeting(meeting, by=who("boris"), duration_min=60)
    )


def test_a_meeting_in_the_future_is_moved_or_cancelled_but_not_recorded() -> None:
    meeting = scene.planned_meeting(who, scene.active(who), days=5)
    refused(Invalid, "not_yet", lambda: services.record_meeting(meeting, by=who("boris"), duration_min=45))
    new = services.move_meeting(meeting, by=who("boris"), planned_at=clock.now() + dt.timedelta(days=9))
    assert (meeting.state, new.state, meeting.moved_to) == ("moved", "planned", new)
    MEETING.move(new, "cancel", by=who("vera"))
    assert new.state == "cancelled"


@pytest.mark.covers("SM-4.start", "SM-5.record")
def test_time_starts_programmes_and_notices_missed_meetings_once() -> None:
    programme = scene.confirmed(who)
    with clock.at(clock.now() - dt.timedelta(days=1)):
        PROGRAMME.move(programme, "approve", by=who("anna"))
    programme.refresh_from_db()
    assert programme.state == "approved"
    meeting = scene.planned_meeting(who, programme.pair, days=1)
    time.every_day(who("time"))
    programme.refresh_from_db()
    meeting.refresh_from_db()
    assert (programme.state, meeting.state) == ("in_progress", "planned")
    assert Notice.objects.filter(code="meeting-1").count() == 2
    with clock.at(clock.now() + dt.timedelta(days=5)):
        for _ in range(2):
            time.every_day(who("time"))
        meeting.refresh_from_db()
        assert meeting.state == "missed"
        assert Notice.objects.filter(code="meeting:miss").count() == 2
        services.record_meeting(meeting, by=who("vera"), duration_min=20)
    assert meeting.state == "held_unconfirmed"
