"""A year of a school is played: sixty people, forty-four events of every kind in any order, and after each of
them the portal says what the chronicle says (`year/chronicle.py`). More years: `YEARS_PLAYED=500`.
"""

import datetime as dt
import os
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.accounts.models import Membership
from portal.core import clock
from portal.core.errors import DomainError
from portal.core.once import page_of_questions
from portal.local_acts.models import Order
from portal.mentoring.exports.pairs import order_form
from portal.mentoring.models import Pair
from portal.mentoring.selectors import figures
from portal.staff.exports import named_person
from portal.staff.models import Person, PersonOffice
from portal.staff.selectors import staff_on, young_on
from portal.staff.services.hiring import make_person
from tenants import post
from tenants.context import in_city
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who
from tests.workflows.year.chronicle import Chronicle, Life, PairLife, Span, Work, months_of
from tests.workflows.year.events import DAY, Draw, Nobody, night
from tests.workflows.year.table_of_events import EVENTS

pytestmark = pytest.mark.usefixtures("in_school5")
FIRST = dt.date(2026, 9, 1)
PEOPLE, EVENTS_OF_A_YEAR = 60, 44
YEARS = int(os.environ.get("YEARS_PLAYED", "3"))
AHEAD = (0, 1, 9, 40, 200)
Events = list[tuple[str, tuple[int, int, int]]]
RARE, MANY = {"guest_is_hired", "longer_or_shorter_stay", "guest_never_came", "divide", "notice", "go_on"}, 30
"""What wants other things before it, and so does not come to be in each year."""
SHRINKS = "YEARS_SHRUNK" in os.environ

OFTEN = ("dismiss", "go_away", "marry", "entered_twice", "merge", "merge_and_undo", "undo_merge", "hire")
MORE = EVENTS_OF_A_YEAR - len(EVENTS)
A_NUMBER = st.integers(0, 10**6)
IN_ANY_ORDER = st.permutations([*sorted(EVENTS), *(OFTEN[n % len(OFTEN)] for n in range(MORE))])
DRAWN = st.lists(
    st.tuples(A_NUMBER, A_NUMBER, st.integers(0, 18)), min_size=EVENTS_OF_A_YEAR, max_size=EVENTS_OF_A_YEAR
)


def at(day: dt.date) -> Any:
    return clock.at(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC))


@pytest.fixture
def begun() -> Chronicle:
    """The school on 1 September: two pairs, and people of whom something is known."""
    with at(FIRST):
        pairs = [scene.active(who), scene.active(who, mentor="lev", mentee="kira", number="48-н")]
        for number in range(Person.objects.employed().count(), PEOPLE):
            make_person(
                {
                    "last_name": f"Человек{number}",
                    "first_name": "Иван",
                    "hired_on": FIRST - number * 9 * DAY,
                    "ped_stage_years": number % 8,
                    "stage_on": FIRST,
                },
                position="teacher",
            )
        told = Chronicle(lives={one.pk: life_of(one) for one in Person.objects.all()})
    assert len(told.working(FIRST)) == PEOPLE
    for pair in pairs:
        days = Span(FIRST, pair.planned_to)
        told.pairs.append(PairLife(pair.pk, pair.mentor_id, pair.people[0].pk, days))
    return told


def life_of(person: Person) -> Life:
    """Of the beginning, as it was entered; what follows is told by events."""
    rows = person.employments.all()
    works = [
        Work(row.started_on, row.ended_on, months_of(row.stage_years), row.stage_on)  # type: ignore[arg-type]
        for row in rows
    ]
    for work, row in zip(works, rows, strict=True):
        work.called = {one.started_on: one.positions[0].title for one in row.stages.all()}
    return Life(person.pk, person.last_name, works)


def play(begun: Chronicle, done: Counter[tuple[str, str]]) -> None:
    """As many years as are asked for, each from the same first day."""

    @settings(
        max_examples=YEARS,
        derandomize="YEARS_PLAYED" not in os.environ,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink) if SHRINKS else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(names=IN_ANY_ORDER, drawn=DRAWN)
    def a_year(names: list[str], drawn: list[tuple[int, int, int]]) -> None:
        block = transaction.atomic()
        block._from_testcase = True  # type: ignore[attr-defined]  # as the test's own: contours are entered in it
        with block:
            live(deepcopy(begun), list(zip(names, drawn, strict=True)), done)
            transaction.set_rollback(True)

    a_year()


def test_years(begun: Chronicle) -> None:
    done: Counter[tuple[str, str]] = Counter()
    play(begun, done)
    never = {name for name in EVENTS if not done[name, "accepted"]} - (RARE if YEARS < MANY else set())
    assert not never, f"it has never come to this: {never}; {done}"


def live(told: Chronicle, events: Events, done: Counter[tuple[str, str]]) -> None:
    day, days = FIRST, [FIRST]
    for number, (name, (whom, much, later)) in enumerate(events):
        day += later * DAY
        days.append(day)
        with at(day):
            night(Draw(told, 0, 0, 0))
            done[name, happened(name, Draw(told, whom, much, number))] += 1
            says_the_same(told, day)
            nobody_has_a_right_without_days(told, day)
    with at(day):
        for past in {*days[::2], *(one - DAY for one in days[1::4]), day + DAY, day + 40 * DAY}:
            says_the_same(told, past)
        papers_name_people_as_on_their_day(told, days)
        nobody_enters_without_days(told, day)


def happened(name: str, draw: Draw) -> str:
    """What a service refuses has changed nothing, here as there."""
    try:
        with transaction.atomic():
            EVENTS[name](draw)
    except Nobody:
        return "nobody"
    except DomainError:
        return "refused"
    return "accepted"


# ── What is always so ───────────────────────────────────────────────────────────────────────────────


def says_the_same(told: Chronicle, day: dt.date) -> None:
    """No count includes who was not there, and none leaves out who was."""
    assert pks(staff_on(day)) == told.working(day), day
    assert pks(young_on(day)) == told.young(day), day
    assert pks(young_on(day, by_city=True)) == told.young(day, by_city=True), day
    assert pks(Person.objects.staying(day)) == told.guests(day), day
    assert pks(figures.working_pairs(day)) == told.pairs_at_work(day), day
    assert figures.involved(day).whole == len(told.working(day)), day


def pks(rows: Any) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def has_days(told: Chronicle, person: int, day: dt.date) -> bool:
    life = told.lives.get(person)
    return life is not None and (life.employed(day) or life.stays_on(day))


def nobody_has_a_right_without_days(told: Chronicle, today: dt.date) -> None:
    """Offices of today and of days to come, as the school has given them."""
    for held in PersonOffice.objects.all():
        for day in (today + ahead * DAY for ahead in AHEAD):
            if held.valid_from <= day and (held.valid_to is None or day <= held.valid_to):
                assert has_days(told, held.person_id, day), (held.office, day)


def nobody_enters_without_days(told: Chronicle, today: dt.date) -> None:
    """Doors of the school that would open today or later, when all letters have come."""
    cards = {person.uuid: person.pk for person in Person.objects.all()}
    with in_city():
        post.deliver_everything()
        for day in (today + ahead * DAY for ahead in AHEAD):
            open_doors = Membership.objects.filter(Membership.valid_on(day), person__in=cards)
            for door in open_doors.exclude(office="principal"):
                assert door.person is not None
                assert has_days(told, cards[door.person], day), (door.office, day)


def papers_name_people_as_on_their_day(told: Chronicle, days: list[dt.date]) -> None:
    with page_of_questions():
        people = {one.pk: one for one in Person.objects.prefetch_related("employments")}
        for day in set(days[::5]):
            for life in told.lives.values():
                named = named_person(people[life.pk], on=day)
                assert named.last == life.called(day), day
                if life.works and not life.stays:
                    assert named.post == life.title_in_papers(day, clock.today()), (day, life)
        for order in Order.objects.filter(code="T-08"):
            pair = Pair.objects.get(uuid=order.subject)
            row = order_form(order, who("anna")).rows[0]  # type: ignore[attr-defined]
            signed = order.signed_on or FIRST
            assert row.mentor.last == told.lives[pair.mentor_id].called(signed)
            assert [one.last for one in row.mentees] == [told.lives[p.pk].called(signed) for p in pair.people]
