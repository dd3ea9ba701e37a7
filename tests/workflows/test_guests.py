"""Guests: a person without work, for a time, with what the basis names and in no figure (docs/adr/0036)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import set_urlconf

from portal.accounts.models import OfficeEnd
from portal.cabinet.services.reminders import remind
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.core.next_steps import NextStep
from portal.mentoring import services as mentoring
from portal.mentoring.models import Pair
from portal.mentoring.selectors import figures
from portal.mentoring.services.time import end_pairs_of_dismissed
from portal.school_records.models import JournalLine, Notice
from portal.staff import services
from portal.staff.models import GuestStay, Person
from portal.staff.selectors import (
    guests_visible_to,
    next_steps,
    office_now,
    people_at_hand,
    staff_on,
    working_people,
)
from portal.staff.services.guests import Stay
from portal.staff.services.hiring import make_person
from tests.workflows.acting import NOW, refused, who
from tests.workflows.mentoring_scenes import a_card, a_need, active, person, terms

pytestmark = pytest.mark.usefixtures("in_school5")
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
BASIS = "договор № 3 от 01.09.2026"
NAME = {"last_name": "Орлов", "first_name": "Глеб", "middle_name": "Сергеевич", "gender": "m"}


def said(since: int = 0, till: int = 60, **more: Any) -> Stay:
    days = {"started_on": TODAY + since * DAY, "ended_on": TODAY + till * DAY}
    known: dict[str, Any] = {"kind": "mentor", "home": "Школа № 12", "home_number": 12, "basis": BASIS}
    return Stay(**{**known, **days, "post": "учитель физики", **more})


def guest(email: str = "orlov@school12.example", **more: Any) -> GuestStay:
    return services.invite_guest(said(**more), by=who("anna"), email=email, name=NAME)


def at(day: dt.date) -> Any:
    return clock.at(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC))


def joined(stay: GuestStay, office: str = "guest") -> Person:
    """The guest has accepted the letter."""
    found = stay.person
    found.user = Person.objects.get(pk=found.pk).uuid
    found.save_change("user")
    services.give_office(
        found, office, basis=BASIS, valid_from=stay.started_on, valid_to=stay.ended_on, by=_system()
    )
    return Person.objects.get(pk=found.pk)


def _system() -> Actor:
    return Actor.system(school=who("anna").school)


# ── The days ────────────────────────────────────────────────────────────────────────────────────────


def test_a_guest_is_invited_for_the_days_of_the_stay_and_as_a_guest() -> None:
    stay = guest()
    letter = stay.person.invitations.get()
    assert (letter.office, letter.basis) == ("guest", BASIS)
    assert (letter.valid_from, letter.valid_to) == (stay.started_on, stay.ended_on)
    psychologist = services.invite_guest(
        said(kind="psychologist"),
        by=who("kira"),
        email="p@centre.example",
        name={**NAME, "last_name": "Белов"},
    )
    assert psychologist.person.invitations.get().office == "psychologist"
    again = services.invite_person(guest(email="").person, by=who("anna"), email="third@school12.example")
    assert (again.office, again.valid_to) == ("guest", stay.ended_on)


@pytest.mark.parametrize("key", ["zhanna", "irina", "boris", "vera"])
def test_whoever_does_not_keep_the_list_invites_nobody(key: str) -> None:
    stay, by = guest(), who(key)
    refused(Forbidden, "forbidden", lambda: services.invite_guest(said(), by=by, email="", name=NAME))
    refused(Forbidden, "forbidden", lambda: services.begin_stay(stay.person, said(70, 80), by=by))
    refused(Forbidden, "forbidden", lambda: services.correct_stay(stay, said(), by=by))
    refused(Forbidden, "forbidden", lambda: services.take_stay_back(stay, by=by))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "director"}, "kind"),
        ({"basis": "да"}, "basis"),
        ({"home": " "}, "home"),
        ({"till": -1}, "ended_on"),
        ({"till": 400}, "ended_on"),
    ],
)
def test_a_stay_that_cannot_be_is_refused_at_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        guest(**more)
    assert field in refusal.value.fields


def test_two_stays_of_one_person_share_no_day_and_no_day_of_work() -> None:
    stay = guest()
    refused(Conflict, "stays_overlap", lambda: services.begin_stay(stay.person, said(60, 70), by=who("anna")))
    with pytest.raises(IntegrityError, match="stay_one_at_a_time"), transaction.atomic():
        GuestStay.objects.create(person=stay.person, **vars(said(60, 70)))
    with pytest.raises(IntegrityError, match="stay_ends_after_start"), transaction.atomic():
        GuestStay.objects.create(person=stay.person, **vars(said(90, 80)))
    services.begin_stay(stay.person, said(61, 70), by=who("anna"))
    refused(Conflict, "works_then", lambda: services.begin_stay(person("vera"), said(), by=who("anna")))
    left = make_person({"last_name": "Зимина", "first_name": "Алла", "hired_on": dt.date(2020, 9, 1)})
    services.dismiss_person(left, on=TODAY - 9 * DAY, reason="retirement", by=who("anna"))
    services.begin_stay(left, said(), by=who("anna"))


def test_no_figure_of_staff_counts_a_guest_and_no_list_of_staff_names_one() -> None:
    before = (staff_on().count(), figures.involved().whole, Person.objects.not_left().count())
    stay = guest()
    assert before == (staff_on().count(), figures.involved().whole, Person.objects.not_left().count())
    for people in (working_people(), Person.objects.employed(), Person.objects.young()):
        assert not people.filter(pk=stay.person_id).exists()
    assert [one.pk for one in guests_visible_to(who("anna"))] == [stay.person_id]
    assert not guests_visible_to(who("boris")).exists()


@pytest.mark.parametrize(("day", "here"), [(-1, False), (0, True), (60, True), (61, False)])
def test_a_guest_is_chosen_in_the_days_of_the_stay(day: int, here: bool) -> None:
    found = guest().person
    with at(TODAY + day * DAY):
        assert people_at_hand().filter(pk=found.pk).exists() == here
        if here:
            assert found.position_title == "учитель физики (гость, школа № 12)"
        assert found.has_left == (day > 60)
        assert Person.objects.of_school().filter(pk=found.pk).exists() == (day <= 60)


# ── Rights ──────────────────────────────────────────────────────────────────────────────────────────


def last_days(found: Person) -> list[dt.date | None]:
    return list(found.offices.order_by("pk").values_list("valid_to", flat=True))


def test_rights_end_with_the_last_day_and_go_on_when_it_is_later() -> None:
    stay = guest()
    found = joined(stay)
    services.correct_stay(stay, said(till=90), by=who("anna"))
    assert last_days(found) == [TODAY + 90 * DAY]
    stay.refresh_from_db()
    services.correct_stay(stay, said(till=10), by=who("anna"), version=stay.version)
    assert last_days(found) == [TODAY + 10 * DAY]
    assert OfficeEnd.objects.get(person=found.uuid, office="guest").last_day == TODAY + 10 * DAY
    refused(Stale, "stale", lambda: services.correct_stay(stay, said(till=11), by=who("anna"), version=1))
    stay.refresh_from_db()
    services.take_stay_back(stay, by=who("anna"))
    assert last_days(found) == [TODAY - DAY]
    assert found.has_left
    lines = JournalLine.objects.filter(object_uuid=stay.uuid).order_by("pk")
    assert list(lines.values_list("verb", flat=True)) == [
        "guest_invited",
        "stay_prolonged",
        "stay_shortened",
        "stay_taken_back",
    ]


def test_what_was_given_is_no_other_right_and_begins_on_no_earlier_day() -> None:
    stay = guest()
    refused(Invalid, "given", lambda: services.correct_stay(stay, said(kind="psychologist"), by=who("anna")))
    refused(Invalid, "given", lambda: services.correct_stay(stay, said(since=3), by=who("anna")))
    services.correct_stay(stay, said(since=-3), by=who("anna"))
    quiet = guest(email="", since=5)
    services.correct_stay(quiet, said(since=7, kind="student"), by=who("anna"))


def test_one_letter_is_enough_for_two_stays() -> None:
    """Whoever joins by it has the office of each."""
    stay = guest()
    services.begin_stay(stay.person, said(70, 90), by=who("anna"))
    assert stay.person.invitations.count() == 1
    found = joined(stay)
    services.give_what_stays_name(found, by=_system())
    assert last_days(found) == [TODAY + 60 * DAY, TODAY + 90 * DAY]


def test_a_letter_that_nobody_has_answered_follows_the_last_day() -> None:
    stay = guest()
    services.correct_stay(stay, said(till=5), by=who("anna"))
    assert stay.person.invitations.get().valid_to == TODAY + 5 * DAY


def test_a_guest_is_given_nothing_that_the_basis_does_not_name() -> None:
    stay, zhanna = guest(email=""), who("zhanna")
    give = services.give_office

    def given(office: str, till: int | None, since: int = 0) -> Any:
        last = None if till is None else TODAY + till * DAY
        return give(
            stay.person, office, basis=BASIS, valid_from=TODAY + since * DAY, valid_to=last, by=zhanna
        )

    refused(Invalid, "not_of_guest", lambda: given("teacher", 5))
    refused(Invalid, "not_of_guest", lambda: given("psychologist", 5))
    refused(Invalid, "beyond_stay", lambda: given("guest", 61))
    refused(Invalid, "beyond_stay", lambda: given("guest", None))
    refused(Invalid, "no_work_then", lambda: given("guest", 70, since=61))
    assert given("guest", 60).valid_to == stay.ended_on


def test_a_delegated_psychologist_holds_the_office_and_a_returning_guest_needs_no_letter() -> None:
    stay = services.invite_guest(said(kind="psychologist"), by=who("anna"), email="", name=NAME)
    found = joined(stay, "psychologist")
    assert found.pk in [one.pk for one in services_of("psychologist")]
    with at(TODAY + 61 * DAY):
        assert found.pk not in [one.pk for one in services_of("psychologist")]
        services.begin_stay(found, said(70, 90, kind="mentor"), by=who("anna"))
    assert found.offices.get(office="guest").valid_to == TODAY + 90 * DAY


def services_of(office: str) -> Any:
    return office_now(office)


# ── Pairs ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_pair_with_a_guest_counts_and_ends_the_night_after_the_stay() -> None:
    pair = active(who)
    counted, part = figures.active_pairs(), figures.involved().part or 0
    stay = guest()
    Pair.objects.filter(pk=pair.pk).update(mentor=stay.person)
    assert figures.active_pairs() == counted
    assert figures.involved().part == part - 1, "the guest is nobody of the staff"
    assert figures.young_with_mentor().part
    assert end_pairs_of_dismissed(_system()) == 0
    with at(stay.ended_on + DAY):
        assert end_pairs_of_dismissed(_system()) == 1


def test_a_guest_mentors_in_a_pair_of_the_school() -> None:
    stay, need = guest(), a_need(who)
    card = a_card(who)
    type(card).objects.filter(pk=card.pk).update(person=stay.person)
    pair = mentoring.propose_pair(mentor=stay.person, mentees=[need.person], by=who("anna"), **terms())
    assert pair.mentor == stay.person


# ── The last day is asked about ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def of_school() -> Iterator[None]:
    set_urlconf("config.urls_school")
    yield
    set_urlconf(None)


def steps_of(key: str) -> list[NextStep]:
    return [step for step in next_steps(who(key)) if step.situation == "stay_ending"]


@pytest.mark.parametrize(("ahead", "asked"), [(31, False), (30, True), (7, True), (0, True), (-1, False)])
@pytest.mark.usefixtures("of_school")
def test_the_last_day_is_asked_about_a_month_ahead(ahead: int, asked: bool) -> None:
    stay = guest()
    with at(stay.ended_on - ahead * DAY):
        assert bool(steps_of("anna")) == asked
        assert bool(steps_of("kira")) == asked
        assert not steps_of("boris")


def test_those_who_keep_the_list_are_told_twice() -> None:
    stay = guest()
    for ahead in (40, 30, 29, 8, 7, 6, 0):
        with at(stay.ended_on - ahead * DAY):
            remind(_system())
    codes = Notice.objects.filter(code__startswith="stay", recipient=str(who("anna").user)).order_by("pk")
    assert list(codes.values_list("code", flat=True)) == ["stay-30", "stay-7"]


def test_a_guest_who_is_hired_for_a_later_day_is_a_guest_till_then() -> None:
    stay = guest(till=20)
    work = {"started_on": TODAY + 30 * DAY, "stage_years": 0, "stage_on": TODAY}
    period = stay.person.employments.create(**work)
    period.positions.create(position="teacher", subjects=["physics"])
    found = Person.objects.get(pk=stay.person_id)
    assert found.position_title == "учитель физики (гость, школа № 12)"
    with at(TODAY + 30 * DAY):
        assert Person.objects.get(pk=stay.person_id).position_title == "учитель физики"
