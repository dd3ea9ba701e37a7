"""What the people of a pair are told: of which pair, of which day, and nothing once it has ended or rests."""

import datetime as dt
from typing import Any

import pytest

from portal.cabinet.services import reminders as cabinet_reminders
from portal.core import clock
from portal.core.workflow import Move, followers
from portal.local_acts.workflow import ORDER
from portal.mentor_bank.workflow import CARD, NEED
from portal.mentoring.models import Pair
from portal.mentoring.states import PairState
from portal.mentoring.workflow import CONSENT, PAIR
from portal.mentoring.workflow.guards import PROGRAMME_DONE
from portal.notify import tell
from portal.pair_work import services
from portal.pair_work.follows import cancel_meetings, cancel_programmes
from portal.pair_work.services import time as work_time
from portal.pair_work.workflow import MEETING, PROGRAMME
from portal.school_records.models import JournalLine, Notice
from portal.staff.models import Person
from portal.ui.words import day_month
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who

pytestmark = [pytest.mark.usefixtures("in_school5"), pytest.mark.covers("found B9")]
OVER = (PairState.TERMINATED, PairState.COMPLETED)
NEVER_BEGUN = (PairState.DECLINED,)
ENDS = [row for row in PAIR.transitions if row.target in (*OVER, *NEVER_BEGUN)]
SPOKEN_OF = {
    "mentoring_consent": None,
    "need": None,
    "mentor_card": None,
    "pair": "pair",
    "programme": "programme",
    "meeting": "meeting",
}
"""Whose news there are, and which object of the scene stands for it; a consent's, a need's and a card's news
are of one person.
"""

TURNED = (CARD, NEED, CONSENT, PAIR, MEETING, PROGRAMME)
NOTICES = {
    **{
        (flow.name, f"{row.verb} {number}"): (told.people, told.text, told.url)
        for flow in TURNED
        for row in flow.transitions
        if isinstance(row.told, tuple)
        for number, told in enumerate(row.told)
    },
}


def told(code: str) -> set[str]:
    return {str(row.recipient) for row in Notice.objects.filter(code=code)}


@pytest.mark.parametrize("row", ENDS, ids=lambda row: row.verb)
def test_a_pair_that_ends_takes_its_coming_meetings_with_it(row: Any) -> None:
    assert cancel_meetings in [above.do for above in followers(PAIR, row.verb)]


@pytest.mark.parametrize("row", ENDS, ids=lambda row: row.verb)
def test_a_pair_that_ends_leaves_no_programme_open(row: Any) -> None:
    done = [above.do for above in followers(PAIR, row.verb)]
    assert cancel_programmes in done or PROGRAMME_DONE in row.guards


def test_what_was_written_for_a_pair_that_never_began_is_off_with_it() -> None:
    """A text is written while the order is awaited, a day is agreed on before its registration is taken
    back.
    """
    pair = scene.active(who)
    programme, ahead = scene.written(who, pair), scene.planned_meeting(who, pair, days=5)
    assert pair.order
    ORDER.move(pair.order, "take_back", by=who("zhanna"), comment="не тот скан")
    PAIR.move(pair, "withdraw", by=who("anna"), comment="передумали")
    for row in (programme, ahead):
        row.refresh_from_db()
    assert (programme.state, ahead.state) == ("cancelled", "cancelled")
    line = JournalLine.objects.get(object_uuid=programme.uuid, verb="cancel")
    assert line.comment == "Пара не сложилась."


def test_nobody_is_asked_to_conclude_on_the_own_pair() -> None:
    """Where the psychologist is of the pair, the curator hears that nobody else may."""
    scene.a_need(who, "irina")
    own = scene.agreed(who, mentee="irina")
    assert told("pair:collect") == {str(who("anna").user)}
    assert "за куратором" in str(PAIR.baton_of(own))
    Notice.objects.all().delete()
    other = scene.agreed(who, mentee="kira")
    assert told("pair:collect") == {str(who("irina").user)}
    assert "за психологом" in str(PAIR.baton_of(other))


def test_nobody_waits_for_a_meeting_of_a_pair_that_has_ended() -> None:
    pair = scene.active(who)
    ahead, past = scene.planned_meeting(who, pair, days=5), scene.planned_meeting(who, pair)
    cancel_meetings(pair, Move(by=who("anna"), asked=None))
    for meeting in (ahead, past):
        meeting.refresh_from_db()
    assert (ahead.state, past.state) == ("cancelled", "planned")


@pytest.mark.parametrize("state", [*OVER, PairState.SUSPENDED, PairState.REPLACING])
def test_time_asks_nothing_about_meetings_that_could_not_be_recorded(state: str) -> None:
    pair = scene.active(who)
    scene.planned_meeting(who, pair, days=1)
    late = scene.planned_meeting(who, pair)
    Pair.objects.filter(pk=pair.pk).update(state=state)
    cabinet_reminders.remind(who("time"))
    with clock.at(clock.now() + dt.timedelta(days=5)):
        work_time.note_missed_meetings(who("time"))
    late.refresh_from_db()
    assert late.state == "planned"
    assert not Notice.objects.filter(code__in=("meeting-1", "meeting:miss")).exists()


def test_a_planned_or_moved_meeting_is_known_to_both_and_its_day_is_said() -> None:
    pair = scene.active(who)
    meeting = scene.planned_meeting(who, pair, days=1)
    assert told("meeting:plan") == {str(who("boris").user)}
    services.move_meeting(meeting, by=who("boris"), planned_at=clock.now() + dt.timedelta(hours=30))
    assert told("meeting:move") == {str(who("vera").user)}
    cabinet_reminders.remind(who("time"))
    day = clock.local(clock.now() + dt.timedelta(hours=30)).day
    assert all(f"{day}\xa0" in row.text for row in Notice.objects.filter(code="meeting:move"))


def test_a_long_topic_hides_neither_the_pair_nor_the_day() -> None:
    pair = scene.active(who)
    Person.objects.filter(pk__in=[pair.mentor_id, pair.mentee.pk]).update(
        last_name="Константинопольская-Преображенская"
    )
    pair = Pair.objects.get(pk=pair.pk)
    meeting = services.plan_meeting(
        pair, by=who("vera"), planned_at=clock.now() + dt.timedelta(hours=20), topic="Разбор урока " * 15
    )
    meeting = services.move_meeting(meeting, by=who("boris"), planned_at=clock.now() + dt.timedelta(hours=30))
    cabinet_reminders.remind(who("time"))
    meeting.moved_to = meeting  # the news of a moved one name the day of another
    of_meetings = {
        f"{kind}:{verb}": text(meeting) for (kind, verb), (_, text, _) in NOTICES.items() if kind == "meeting"
    }
    said = of_meetings | {row.code: row.text for row in Notice.objects.filter(code__startswith="meeting")}
    assert {"meeting:plan", "meeting:move", "meeting-1"} <= set(said)
    for code, text in said.items():
        assert len(text) < 300, code
        assert "Константинопольская" in text, code
        assert day_month(meeting.planned_at) in text or code in ("meeting:plan", "meeting-1"), code
    assert f"{clock.local(meeting.planned_at):%H:%M}" in said["meeting:move"]


def test_what_does_not_fit_into_a_line_is_not_cut_in_silence() -> None:
    tell([who("boris").user], "test", "Слово " * 60)
    text = Notice.objects.get(code="test").text
    assert (text[-1], len(text)) == ("…", 300)


def test_whoever_has_two_pairs_reads_of_which_one_the_news_is() -> None:
    programme = scene.running(who)
    programme.pair.ends_on = clock.today()
    meeting = scene.planned_meeting(who, programme.pair, days=1)
    meeting.moved_to = meeting
    objects = {"pair": programme.pair, "programme": programme, "meeting": meeting}
    assert {kind for kind, _ in NOTICES} == set(SPOKEN_OF)
    for (kind, verb), (_, text, _) in NOTICES.items():
        if SPOKEN_OF[kind]:
            assert "Кравцов" in text(objects[kind]), f"{kind}:{verb} не называет пару"
