"""A person's work in a school is periods: hired, dismissed, back; positions of each."""

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.core import clock
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.mentoring.selectors import figures
from portal.school_records.models import JournalLine
from portal.staff import services
from portal.staff.models import Absence, Employment, Person, Position
from portal.staff.selectors import staff_on, working_people
from portal.staff.services.absences import Away
from portal.staff.services.hiring import make_person
from portal.staff.services.positions import Post
from tests.workflows.acting import NOW, refused, who

pytestmark = pytest.mark.usefixtures("in_school5")
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
BACK: dict[str, Any] = {"position": "teacher", "subjects": ["physics"], "ped_stage_years": 5, "rate": 1}


def somebody(name: str = "Зимина", **more: Any) -> Person:
    known = {"last_name": name, "first_name": "Алла", "hired_on": dt.date(2020, 9, 1)}
    return make_person({**known, **more}, position="teacher", subjects=["physics"])


def dismissed(person: Person, on: dt.date = TODAY - DAY) -> Person:
    return services.dismiss_person(person, on=on, reason="moved_region", by=who("anna"))


def back(person: Person, hired_on: dt.date = TODAY, **more: Any) -> Person:
    return services.take_on(person, by=who("anna"), hired_on=hired_on, **{**BACK, **more})


def works_on(person: Person, day: dt.date) -> bool:
    return staff_on(day).filter(pk=person.pk).exists()


# ── The days of a period ────────────────────────────────────────────────────────────────────────────


def test_the_first_day_and_the_last_one_are_days_of_work() -> None:
    person = dismissed(somebody(hired_on=dt.date(2026, 9, 1)), on=dt.date(2026, 10, 31))
    days = [dt.date(2026, 8, 31), dt.date(2026, 9, 1), dt.date(2026, 10, 31), dt.date(2026, 11, 1)]
    assert [works_on(person, day) for day in days] == [False, True, True, False]


def test_whoever_is_hired_for_a_later_day_is_in_the_list_and_in_no_figure() -> None:
    person = somebody(hired_on=TODAY + DAY)
    assert not person.has_left
    assert working_people().filter(pk=person.pk).exists()
    assert not works_on(person, TODAY)
    assert works_on(person, TODAY + DAY)


def test_a_person_without_a_period_is_nobody_of_the_school() -> None:
    person = Person.objects.create(last_name="Никто", first_name="Иван")
    assert person.has_left
    assert person.positions == []
    assert (person.hired_on, person.dismissed_on, person.ped_stage_years) == (None, None, None)
    assert not person.is_young
    for people in (staff_on(), working_people(), Person.objects.not_left()):
        assert not people.filter(pk=person.pk).exists()


def test_two_periods_of_one_person_share_no_day() -> None:
    person = dismissed(somebody(), on=TODAY)
    with pytest.raises(IntegrityError, match="employment_one_at_a_time"), transaction.atomic():
        Employment.objects.create(person=person, started_on=TODAY)
    with pytest.raises(IntegrityError, match="employment_ends_after_start"), transaction.atomic():
        Employment.objects.create(person=person, started_on=TODAY + 9 * DAY, ended_on=TODAY + 8 * DAY)
    Employment.objects.create(person=person, started_on=TODAY + DAY)


# ── Dismissed, by mistake, back ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", ["zhanna", "irina", "boris", "vera"])
def test_whoever_does_not_keep_the_list_neither_dismisses_nor_hires(key: str) -> None:
    person, by = somebody(), who(key)
    refused(
        Forbidden,
        "forbidden",
        lambda: services.dismiss_person(person, on=TODAY, reason="other", by=by),
    )
    dismissed(person)
    refused(Forbidden, "forbidden", lambda: services.take_dismissal_back(person, by=by))
    refused(Forbidden, "forbidden", lambda: services.take_on(person, by=by, hired_on=TODAY, **BACK))


def test_a_dismissal_that_was_a_mistake_is_taken_back_with_a_line_of_the_journal() -> None:
    person = somebody()
    refused(Conflict, "not_dismissed", lambda: services.take_dismissal_back(person, by=who("anna")))
    dismissed(person)
    assert person.has_left
    services.take_dismissal_back(person, by=who("kira"))
    period = Employment.objects.get(person=person)
    assert (period.started_on, period.ended_on, period.end_reason) == (dt.date(2020, 9, 1), None, "")
    assert not person.has_left
    verbs = JournalLine.objects.filter(object_uuid=person.uuid).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["dismissed", "dismissal_taken_back"]


def test_a_return_is_a_new_period_of_the_same_person() -> None:
    person = somebody(ped_stage_years=3, stage_on=dt.date(2020, 9, 1), rate="0.50")
    refused(Conflict, "works_here", lambda: back(person))
    dismissed(person, on=dt.date(2024, 8, 31))
    refused(Invalid, "before_dismissed", lambda: back(person, dt.date(2024, 8, 31)))
    refused(Invalid, "stage", lambda: back(person, ped_stage_years=None))
    back(
        person,
        dt.date(2026, 9, 1),
        ped_stage_years=8,
        hours_week=20,
        rate=1,
        hired_by="приказ № 12-к от 31.08.2026",
    )
    found = Person.objects.get(pk=person.pk)
    first, second = found.employments.all()
    assert (first.started_on, first.ended_on) == (dt.date(2020, 9, 1), dt.date(2024, 8, 31))
    assert (second.started_on, second.ended_on) == (dt.date(2026, 9, 1), None)
    assert first.positions.get().rate == Decimal("0.50")
    assert (found.hired_on, found.hours_week) == (dt.date(2026, 9, 1), 20)
    assert found.rate == 1
    assert second.basis == "приказ № 12-к от 31.08.2026"
    assert [works_on(found, dt.date(year, 11, 1)) for year in (2021, 2025, 2026)] == [True, False, True]
    refused(Conflict, "works_here", lambda: back(person, TODAY))
    assert JournalLine.objects.filter(object_uuid=person.uuid, verb="taken_on_again").count() == 1


def test_whoever_is_taken_on_for_a_later_day_is_not_taken_on_twice() -> None:
    person = dismissed(somebody())
    back(person, TODAY + 9 * DAY)
    refused(Conflict, "taken_on", lambda: back(person, TODAY + 20 * DAY))
    refused(Conflict, "taken_on", lambda: services.take_dismissal_back(person, by=who("anna")))


def test_a_position_of_a_former_period_gives_nothing_today() -> None:
    person = somebody()
    Position.objects.filter(employment__person=person).update(position="deputy")
    assert Person.objects.holding("deputy").filter(pk=person.pk).exists()
    back(dismissed(person, on=TODAY - 9 * DAY))
    found = Person.objects.get(pk=person.pk)
    assert not found.is_deputy
    assert not Person.objects.holding("deputy").filter(pk=person.pk).exists()
    assert Person.objects.teaching("physics").filter(pk=person.pk).exists()


def test_a_dismissal_ends_an_absence_and_one_that_was_to_begin_is_gone() -> None:
    person = somebody()
    for since in (TODAY - 40 * DAY, TODAY + 90 * DAY):
        ended = TODAY + DAY if since < TODAY else None
        services.begin_absence(person, Away(kind="leave", started_on=since, ended_on=ended), by=who("anna"))
    dismissed(person, on=TODAY - 2 * DAY)
    assert Absence.objects.get(person=person).ended_on == TODAY - 2 * DAY


def test_a_stale_page_dismisses_nobody() -> None:
    person = somebody()
    services.edit_person(person, by=who("kira"), last_name="Другова")
    refused(
        Stale,
        "stale",
        lambda: services.dismiss_person(person, on=TODAY, reason="other", by=who("anna"), version=1),
    )


def test_days_that_contradict_each_other_are_said_at_their_field() -> None:
    person = dismissed(somebody(), on=dt.date(2024, 8, 31))
    late = dt.date(2024, 9, 1)
    refused(Invalid, "after_dismissed", lambda: services.edit_person(person, by=who("anna"), hired_on=late))
    refused(Invalid, "before_hired", lambda: dismissed(person, on=dt.date(2020, 8, 31)))
    back(person, dt.date(2026, 9, 1))
    early = dt.date(2024, 8, 1)
    refused(Invalid, "overlaps", lambda: services.edit_person(person, by=who("anna"), hired_on=early))


# ── Positions ───────────────────────────────────────────────────────────────────────────────────────


def test_a_second_position_is_written_down_changed_and_given_up() -> None:
    person = somebody()
    tutor = Post(position="tutor", rate=Decimal("0.5"), hours_week=9)
    made = services.add_position(person, tutor, by=who("anna"))
    found = Person.objects.get(pk=person.pk)
    assert [(one.position, one.kind, one.rate, one.hours_week) for one in found.positions] == [
        ("teacher", "main", Decimal("1.00"), None),
        ("tutor", "internal", Decimal("0.50"), 9),
    ]
    assert Person.objects.holding("tutor").filter(pk=person.pk).exists()
    services.change_position(made, Post(position="psychologist", kind="external"), by=who("kira"))
    assert Person.objects.holding("psychologist").filter(pk=person.pk).exists()
    made.refresh_from_db()
    services.give_position_up(made, by=who("anna"), version=made.version)
    assert [one.position for one in Person.objects.get(pk=person.pk).positions] == ["teacher"]
    verbs = JournalLine.objects.filter(object_uuid=person.uuid).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["position_added", "position_changed", "position_given_up"]


@pytest.mark.parametrize("key", ["zhanna", "irina", "boris", "vera"])
def test_positions_are_kept_by_those_who_keep_the_list(key: str) -> None:
    person, by = somebody(), who(key)
    first = person.positions[0]
    tutor = Post(position="tutor")
    refused(Forbidden, "forbidden", lambda: services.add_position(person, tutor, by=by))
    refused(Forbidden, "forbidden", lambda: services.change_position(first, tutor, by=by))
    refused(Forbidden, "forbidden", lambda: services.give_position_up(first, by=by))


@pytest.mark.parametrize(
    ("post", "code"),
    [
        (Post(position="teacher"), "position_twice"),
        (Post(position="tutor", kind="main"), "main_twice"),
        (Post(position="astronaut"), "position"),
        (Post(position="tutor", kind="hobby"), "kind"),
        (Post(position="tutor", subjects=["magic"]), "subjects"),
        (Post(position="tutor", rate=Decimal(3)), "not_allowed"),
        (Post(position="tutor", hours_week=60), "not_allowed"),
    ],
)
def test_a_position_that_cannot_be_is_refused(post: Post, code: str) -> None:
    person = somebody()
    refused(Invalid, code, lambda: services.add_position(person, post, by=who("anna")))


def test_the_last_position_ends_by_a_dismissal_and_a_former_worker_gets_none() -> None:
    person = somebody()
    refused(Conflict, "last_position", lambda: services.give_position_up(person.positions[0], by=who("anna")))
    dismissed(person)
    refused(
        Conflict, "has_left", lambda: services.add_position(person, Post(position="tutor"), by=who("anna"))
    )


# ── A life, at random ───────────────────────────────────────────────────────────────────────────────


def test_nobody_counts_on_a_day_on_which_no_period_gives_it() -> None:
    """Years of hiring, leaving, mistakes, returns and absences, as they come."""
    chance = random.Random(8)
    people = [somebody(f"Человек{number}", hired_on=TODAY - 2000 * DAY) for number in range(8)]
    acts: list[Callable[[Person, dt.date], Any]] = [dismissed, back, _mistaken, _away]
    refusals = 0
    for _ in range(160):
        person = chance.choice(people)
        day = TODAY + chance.randint(-1900, 200) * DAY
        try:
            chance.choice(acts)(person, day)
        except (Conflict, Invalid):
            refusals += 1
    assert 20 < refusals < 150
    assert Employment.objects.filter(person__in=people).count() > 10
    for number in range(-2010, 400, 31):
        _same_everywhere(people, TODAY + number * DAY)


def _mistaken(person: Person, day: dt.date) -> None:
    services.take_dismissal_back(person, by=who("anna"))


def _away(person: Person, day: dt.date) -> None:
    ended = day + dt.timedelta(days=day.toordinal() % 90)
    services.begin_absence(person, Away(kind="leave", started_on=day, ended_on=ended), by=who("anna"))


def _same_everywhere(people: list[Person], day: dt.date) -> None:
    """Each question about the day against the periods themselves."""
    own = Person.objects.filter(pk__in=[person.pk for person in people])
    for person in own:
        at_work = [one for one in person.employments.all() if one.holds(day)]
        out = [one for one in person.absences.all() if one.started_on <= day <= (one.ended_on or day)]
        assert len(at_work) <= 1
        assert len(out) <= 1
        assert own.employed(day).filter(pk=person.pk).exists() == bool(at_work)
        assert own.working(day).filter(pk=person.pk).exists() == bool(at_work and not out)
        assert own.away(day).filter(pk=person.pk).exists() == bool(at_work and out)
        assert works_on(person, day) == bool(at_work and not out)
    with clock.at(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)):
        here = set(own.available())
        assert {person for person in own if person.is_available} == here
        assert figures.involved(day).whole == staff_on(day).count()
