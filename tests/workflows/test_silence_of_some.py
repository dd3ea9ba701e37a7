"""In a group nobody loses the own word because another is silent; what a pair has planned ends with it;
nights that did not run are made up for once.
"""

import datetime as dt

import pytest

from portal.cabinet.selectors.owed import owed
from portal.cabinet.services import nights
from portal.cabinet.services import reminders as time
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.workflow import PAIR
from portal.pair_work import services
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.workflow import PROGRAMME
from portal.school_records.models import Notice
from portal.staff.models import Person
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import NOW, refused, who

pytestmark = pytest.mark.usefixtures("in_school5")


def sent_to_a_group() -> Programme:
    return services.submit_programme(scene.written(who, scene.active_group(who)), by=who("boris"))


def without_account(key: str) -> Person:
    person = scene.person(key)
    Person.objects.filter(pk=person.pk).update(user=None)
    return person


@pytest.mark.covers("SM-4.enter_agreement")
def test_paper_speaks_only_for_whoever_is_not_in_the_portal() -> None:
    """Ирина has no account; Вера has, and has had the text for a minute."""
    programme, irina = sent_to_a_group(), without_account("irina")
    PROGRAMME.move(programme, "enter_agreement", by=who("anna"), comment="Подпись Ирины на экземпляре")
    assert [row.person for row in programme.confirmations.all()] == [irina]
    programme.refresh_from_db()
    assert programme.state == "agreed_by_pair"
    refused(
        Conflict,
        "may_still_answer",
        lambda: PROGRAMME.move(programme, "enter_agreement", by=who("anna"), comment="и Вера, наверно"),
    )
    PROGRAMME.move(programme, "confirm", by=who("vera"))
    programme.refresh_from_db()
    assert programme.state == "curator_review"


@pytest.mark.covers("SM-4.complete_unrated")
def test_a_mentor_who_is_here_rates_though_the_mentee_has_left() -> None:
    programme = scene.running(who)
    programme.activities.update(mark="done")
    PROGRAMME.move(programme, "finish", by=who("boris"))
    without_account("vera")
    refused(
        Conflict,
        "may_still_rate",
        lambda: PROGRAMME.move(programme, "complete_unrated", by=who("anna"), comment="Вера ушла"),
    )
    services.rate_goals(
        programme, dict.fromkeys(programme.goals.values_list("number", flat=True), "yes"), by=who("boris")
    )
    programme.refresh_from_db()
    assert (
        PROGRAMME.move(programme, "complete_unrated", by=who("anna"), comment="Вера ушла").state
        == "completed"
    )


def test_whoever_has_agreed_owes_nothing() -> None:
    programme = sent_to_a_group()
    PROGRAMME.move(programme, "confirm", by=who("vera"))
    pair = Pair.objects.with_people().get(pk=programme.pair_id)
    owing = {
        column.full_name
        for column in owed(pair, programme, [], who("anna"))
        for thing in column.things
        if thing.title == "Согласиться с программой"
    }
    assert owing == {scene.person("irina").full_name}


@pytest.mark.covers("SM-3.end_by_dismissal", "SM-5.cancel")
def test_no_meeting_outlives_its_pair() -> None:
    pair = scene.active(who)
    ahead, past = scene.planned_meeting(who, pair, days=3), scene.planned_meeting(who, pair, days=1)
    with clock.at(NOW + dt.timedelta(days=2)):
        scene.dismiss("vera")
        PAIR.move(pair, "end_by_dismissal", by=who("time"))
        time.remind(who("time"))
    assert (Meeting.objects.get(pk=ahead.pk).state, Meeting.objects.get(pk=past.pk).state) == (
        "cancelled",
        "planned",
    )
    assert not Notice.objects.filter(code="meeting-1").exists()


@pytest.mark.parametrize(
    ("hours", "said"),
    [(-1, None), (6, "Сегодня"), (14, "Сегодня"), (16, "Завтра"), (38, "Завтра"), (40, None)],
)
def test_a_reminder_names_the_day_of_the_meeting(hours: int, said: str | None) -> None:
    """At nine in the morning of the city: 15 hours are left of the day."""
    pair, morning = scene.active(who), NOW.replace(hour=6) + dt.timedelta(days=1)
    meeting = scene.planned_meeting(who, pair, days=2)
    Meeting.objects.filter(pk=meeting.pk).update(planned_at=morning + dt.timedelta(hours=hours))
    with clock.at(morning):
        time.remind(who("time"))
        Pair.objects.filter(pk=pair.pk).update(state="suspended")
    assert {
        text.split()[0] for text in Notice.objects.filter(code="meeting-1").values_list("text", flat=True)
    } == ({said} if said else set())


def test_nobody_is_reminded_of_a_meeting_in_a_pause() -> None:
    pair = scene.active(who)
    scene.planned_meeting(who, pair, days=1)
    Pair.objects.filter(pk=pair.pk).update(state="suspended")
    time.remind(who("time"))
    assert not Notice.objects.filter(code="meeting-1").exists()


def test_after_a_week_without_nights_one_word_is_said_and_not_two() -> None:
    scene.asked(who)
    Notice.objects.all().delete()
    silent = MentoringConsent.objects.filter(state="draft").count()
    with clock.at(NOW + dt.timedelta(days=9)):
        time.remind(who("time"))
    assert (
        list(Notice.objects.filter(code__startswith="consent+").values_list("code", flat=True))
        == ["consent+7"] * silent
    )


def test_a_programme_does_not_move_into_a_year_that_has_one() -> None:
    pair = scene.active(who, planned_to=dt.date(2028, 5, 31))
    first = scene.written(who, pair)
    Programme.objects.create(
        pair=pair,
        year=first.year + 1,
        starts_on=dt.date(2027, 9, 1),
        ends_on=dt.date(2028, 5, 1),
        created_by=first.created_by,
    )
    autumn = {"starts_on": dt.date(2027, 9, 2), "ends_on": dt.date(2028, 3, 1)}
    refused(
        Conflict,
        "programme_exists",
        lambda: services.write_programme(
            pair, by=who("boris"), programme=first, **scene.text(pair, **autumn)
        ),
    )


def test_a_work_of_the_night_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it had begun is undone, the others are done, and the night is not called done."""
    programme = scene.confirmed(who)
    scene.planned_meeting(who, programme.pair, days=1)
    begun = programme.pair.version

    def fails(by: Actor) -> None:
        programme.pair.save_change()
        raise ValueError("a row that nobody expected")

    monkeypatch.setattr("portal.pair_work.services.time.note_missed_meetings", fails)
    with pytest.raises(ExceptionGroup, match="night") as caught:
        nights.every_day(who("time"))
    assert [str(error) for error in caught.value.exceptions] == ["a row that nobody expected"]
    assert Notice.objects.filter(code="meeting-1").count() == 2
    assert Pair.objects.get(pk=programme.pair_id).version == begun
