"""Events of a school's year: each is done by the portal's service and, once accepted, told to the chronicle.
Whom it befalls, and how many days there are between things, is drawn by two numbers.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.core import clock
from portal.mentoring.models import Pair
from portal.mentoring.services.time import end_pairs_of_dismissed
from portal.mentoring.states import PairState
from portal.mentoring.workflow import PAIR
from portal.staff import services
from portal.staff.models import Absence, Employment, FormerName, GuestStay, Person, PersonMerge
from portal.staff.services.absences import Away
from portal.staff.services.guests import Stay
from portal.staff.services.names import Borne, Renamed
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who
from tests.workflows.second_cards import everything
from tests.workflows.year.chronicle import Chronicle, Life, PairLife, Span, Work, months_of

DAY = dt.timedelta(days=1)
BASIS = "приказ № 12-к от 01.09.2026"


class Nobody(Exception):
    """There is nobody to whom it could happen."""


@dataclass
class Draw:
    """The chronicle, two numbers that were drawn, and a number of the event for names."""

    told: Chronicle
    whom: int
    much: int
    number: int

    def one_of(self, lives: Iterable[Any]) -> Any:
        found = list(lives)
        if not found:
            raise Nobody
        return found[self.whom % len(found)]

    def life(self, wanted: Callable[[Life], bool]) -> Life:
        """Nobody of those who act in the story themselves."""
        lives = sorted(self.told.lives.values(), key=lambda one: one.pk)
        actors = {scene.person("anna").pk, scene.person("zhanna").pk}
        found: Life = self.one_of(one for one in lives if one.pk not in actors and wanted(one))
        return found

    def called(self, stem: str) -> str:
        """A surname that nobody else bears."""
        return stem + "".join("абвгдежзик"[int(digit)] for digit in str(self.number))

    def few(self, most: int) -> dt.timedelta:
        return self.much % (most + 1) * DAY


def today() -> dt.date:
    return clock.today()


def person(life: Life) -> Person:
    return Person.objects.get(pk=life.pk)


def has_one_open(life: Life) -> bool:
    """Works here now, and nothing else is written down of later days."""
    open_works = [work for work in life.works if not work.is_over(today())]
    return len(open_works) == 1 and open_works[0].last is None and open_works[0].first <= today()


def last_work(life: Life) -> Work:
    return max(life.works, key=lambda one: one.first)


def has_left(life: Life) -> bool:
    return bool(life.works) and all(work.is_over(today()) for work in life.works)


# ── Work ────────────────────────────────────────────────────────────────────────────────────────────


def hire(draw: Draw) -> None:
    first, years = today() + draw.few(12) - 6 * DAY, Decimal(draw.whom % 9) / 2
    made = services.enter_person(
        by=who("anna"),
        position="teacher",
        last_name=draw.called("Новый"),
        first_name="Павел",
        hired_on=first,
        ped_stage_years=years,
        stage_on=min(first, today()),
    )
    work = Work(first, None, months_of(years), min(first, today()))
    work.begins_as("учитель", today())
    draw.told.lives[made.pk] = Life(made.pk, made.last_name, [work])


def dismiss(draw: Draw) -> None:
    life = draw.life(has_one_open)
    work = last_work(life)
    on = max(work.first, today() + draw.few(9) - 5 * DAY)
    services.dismiss_person(person(life), on=on, reason="other", by=who("anna"))
    work.last = on
    life.aways = [away for away in life.aways if away.first <= on]
    for away in life.aways:
        away.last = min(away.last or on, on)


def take_dismissal_back(draw: Draw) -> None:
    life = draw.life(lambda one: bool(one.works) and last_work(one).last is not None)
    services.take_dismissal_back(person(life), by=who("anna"))
    last_work(life).last = None


def come_back(draw: Draw) -> None:
    life = draw.life(has_left)
    first, years = today() + draw.few(6), Decimal(draw.much % 12) / 2
    services.take_on(
        person(life),
        by=who("anna"),
        position="teacher",
        subjects=["physics"],
        hired_on=first,
        ped_stage_years=years,
        stage_on=today(),
    )
    life.works.append(Work(first, None, months_of(years), today()))
    last_work(life).begins_as("учитель физики", today())


def state_service_anew(draw: Draw) -> None:
    life = draw.life(has_one_open)
    years = Decimal(draw.much % 14) / 2
    services.edit_person(person(life), by=who("anna"), ped_stage_years=years, stage_on=today())
    last_work(life).served, last_work(life).stated_on = months_of(years), today()


def other_category(draw: Draw) -> None:
    life = draw.life(has_one_open)
    services.edit_person(person(life), by=who("anna"), category=("first", "highest")[draw.much % 2])


def office(draw: Draw) -> None:
    """To somebody who has an account, so that there is a right."""
    keys = [one.pk for one in Person.objects.exclude(user=None)]
    life = draw.life(lambda one: one.pk in keys and one.works_on(today()))
    services.give_office_by_hand(
        person(life),
        ("association_lead", "personnel_officer")[draw.much % 2],
        basis=BASIS,
        valid_from=today() + draw.few(3),
        valid_to=today() + 4 * DAY + draw.few(90) if draw.much % 3 else None,
        by=who("zhanna"),
    )


# ── Absences ────────────────────────────────────────────────────────────────────────────────────────


def absent_row(life: Life, away: Span) -> Absence:
    return Absence.objects.get(person=life.pk, started_on=away.first)


def go_away(draw: Draw) -> None:
    life = draw.life(has_one_open)
    first = max(last_work(life).first, today() - draw.few(5))
    last = first + draw.few(40) if draw.much % 2 else None
    services.begin_absence(person(life), Away(kind="leave", started_on=first, ended_on=last), by=who("anna"))
    life.aways.append(Span(first, last))


def be_back(draw: Draw) -> None:
    life = draw.life(lambda one: any(away.last is None for away in one.aways))
    away = next(one for one in life.aways if one.last is None)
    last = max(away.first, today() - draw.few(3))
    said = Away(kind="leave", started_on=away.first, ended_on=last)
    services.correct_absence(absent_row(life, away), said, by=who("anna"))
    away.last = last


def was_never_away(draw: Draw) -> None:
    life = draw.life(lambda one: bool(one.aways))
    away = life.aways[draw.much % len(life.aways)]
    services.take_absence_back(absent_row(life, away), by=who("anna"))
    life.aways.remove(away)


# ── Guests ──────────────────────────────────────────────────────────────────────────────────────────


def stay_of(first: dt.date, last: dt.date) -> Stay:
    return Stay(
        kind="mentor", home="школа № 12", basis="договор № 5 от 01.09.2026", started_on=first, ended_on=last
    )


def guest_row(life: Life, stay: Span) -> GuestStay:
    return GuestStay.objects.get(person=life.pk, started_on=stay.first)


def guest(draw: Draw) -> None:
    first = today() + draw.few(6)
    last = first + draw.few(12)
    name = {"last_name": draw.called("Гость"), "first_name": "Ева"}
    made = services.invite_guest(
        stay_of(first, last), by=who("anna"), email=f"guest{draw.number}@school12.example", name=name
    )
    draw.told.lives[made.person_id] = Life(made.person_id, name["last_name"], stays=[Span(first, last)])


def longer_or_shorter_stay(draw: Draw) -> None:
    life = draw.life(lambda one: bool(one.stays))
    stay = life.stays[-1]
    last = max(stay.first, today() + draw.few(50))
    services.correct_stay(guest_row(life, stay), stay_of(stay.first, last), by=who("anna"))
    stay.last = last


def guest_never_came(draw: Draw) -> None:
    life = draw.life(lambda one: bool(one.stays))
    stay = life.stays[-1]
    services.take_stay_back(guest_row(life, stay), by=who("anna"))
    life.stays.remove(stay)


def guest_is_hired(draw: Draw) -> None:
    life = draw.life(lambda one: bool(one.stays) and not one.works and one.stays[-1].is_over(today()))
    services.take_on(
        person(life),
        by=who("anna"),
        position="teacher",
        hired_on=today(),
        ped_stage_years=Decimal(1),
        stage_on=today(),
    )
    life.works.append(Work(today(), None, months_of(Decimal(1)), today()))
    last_work(life).begins_as("учитель", today())


# ── Names ───────────────────────────────────────────────────────────────────────────────────────────


def marry(draw: Draw) -> None:
    life = draw.life(has_one_open)
    since, surname = today() - draw.few(9), draw.called("Иная")
    services.edit_person(
        person(life), by=who("anna"), renamed=Renamed(since=since, basis=BASIS), last_name=surname
    )
    life.former[since - DAY] = life.surname
    life.surname = surname


def was_spelt_wrongly(draw: Draw) -> None:
    life = draw.life(lambda one: True)
    surname = draw.called("Верная")
    services.edit_person(person(life), by=who("anna"), last_name=surname)
    life.surname = surname


def bore_no_such_name(draw: Draw) -> None:
    life = draw.life(lambda one: bool(one.former))
    last = sorted(life.former)[draw.much % len(life.former)]
    services.take_former_name_away(FormerName.objects.get(person=life.pk, ended_on=last), by=who("anna"))
    del life.former[last]


# ── Two cards and one person ────────────────────────────────────────────────────────────────────────


def was_called_before(draw: Draw) -> None:
    life = draw.life(lambda one: True)
    life.former |= with_a_past(draw, life)


def entered_twice(draw: Draw) -> Life:
    """A second card of days that are partly those of another one: whose it is, a merge will say."""
    hire(draw)
    return draw.told.lives[max(draw.told.lives)]


def two_without_account(draw: Draw) -> tuple[Life, Life]:
    known = set(Person.objects.filter(user=None).values_list("pk", flat=True))
    in_pairs = {one for pair in draw.told.pairs for one in (pair.mentor, pair.mentee)}
    kept = draw.life(lambda one: bool(one.works) and one.pk not in in_pairs)
    others = [
        one
        for one in sorted(draw.told.lives.values(), key=lambda one: one.pk)
        if one.pk in known and one is not kept and one.pk not in in_pairs
    ]
    apart = [one for one in others if not any(a.meets(b) for a in one.works for b in kept.works)]
    return kept, draw.one_of(apart if apart and draw.much % 2 else others[draw.much % 7 :: 7])


def with_a_past(draw: Draw, life: Life) -> dict[dt.date, str]:
    """A name that was borne before: something of the card goes over, whatever repeats. Told when all of the
    event is accepted.
    """
    last, surname = today() - DAY - draw.few(300), draw.called("Бывшая")
    borne = Borne(last_name=surname, first_name="Павла", ended_on=last)
    services.add_former_name(person(life), borne, by=who("anna"))
    return {last: surname}


def merge(draw: Draw) -> None:
    kept, gone = two_without_account(draw)
    borne = with_a_past(draw, gone)
    made = services.merge_people(person(kept), person(gone), by=who("anna"))
    gone.former |= borne
    draw.told.merge(made.pk, today(), kept, gone)


def merge_and_undo(draw: Draw) -> None:
    """All rows of the school are what they were."""
    kept, gone = two_without_account(draw)
    borne = with_a_past(draw, gone)
    before = everything()
    made = services.merge_people(person(kept), person(gone), by=who("anna"))
    assert everything() != before
    services.undo_merge(made, by=who("anna"))
    assert everything() == before
    gone.former |= borne


def undo_merge(draw: Draw) -> None:
    made = draw.one_of(draw.told.merges)
    services.undo_merge(PersonMerge.objects.get(pk=made.pk), by=who("anna"))
    draw.told.undo(made)


def divide(draw: Draw) -> None:
    life = draw.life(lambda one: len(one.works) > 1)
    work = life.works[draw.much % len(life.works)]
    row = Employment.objects.get(person=life.pk, started_on=work.first)
    other = services.divide_person(
        person(life),
        by=who("anna"),
        chosen=[f"staff.employment:{row.pk}"],
        last_name=draw.called("Вторая"),
        first_name="Юна",
    )
    life.works.remove(work)
    draw.told.lives[other.pk] = Life(other.pk, other.last_name, [work])


# ── The school and its pairs ────────────────────────────────────────────────────────────────────────


def other_term(draw: Draw) -> None:
    years, since = (None, 1, 2)[draw.whom % 3], today() + draw.few(20) - 10 * DAY
    services.decide_young(years, since, by=who("anna"))
    draw.told.terms[since] = years


def pair_of(draw: Draw, *states: PairState) -> tuple[PairLife, Pair]:
    running = Pair.objects.filter(state__in=states).values_list("pk", flat=True)
    life: PairLife = draw.one_of(one for one in draw.told.pairs if one.pk in set(running))
    return life, Pair.objects.get(pk=life.pk)


def pause(draw: Draw) -> None:
    _, pair = pair_of(draw, PairState.ACTIVE)
    PAIR.move(pair, "suspend", by=who("anna"), comment="длинный отпуск")


def go_on(draw: Draw) -> None:
    _, pair = pair_of(draw, PairState.SUSPENDED)
    PAIR.move(pair, "resume", by=who("anna"))


def notice(draw: Draw) -> None:
    life, pair = pair_of(draw, PairState.ACTIVE)
    ends_on = today() + 7 * DAY + draw.few(20)
    mentor = "boris" if pair.mentor_id == scene.person("boris").pk else "lev"
    scene.give_notice(pair, by=who(mentor), ends_on=ends_on)
    life.days.last = min(life.days.last or ends_on, ends_on)


def night(draw: Draw) -> None:
    end_pairs_of_dismissed(who("time"))
    draw.told.night(today())
