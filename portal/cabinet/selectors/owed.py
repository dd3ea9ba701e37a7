"""«Кто что должен» of a pair's page: the reader's own steps, then what is waited for from each of the pair,
with its day.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.accounts.offices import Office
from portal.cabinet.selectors.next_steps import PROGRAMME_DUE
from portal.cabinet.selectors.steps_of_offices import psychologists_for
from portal.cabinet.selectors.steps_of_pair import steps_of_pair
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import NextStep, in_order
from portal.core.reading import weighing
from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.states import Approver
from portal.mentoring.models import Pair
from portal.mentoring.selectors.people import who_is_away
from portal.mentoring.states import ConsentState, PairRole, PairState
from portal.pair_work.access.programmes import Approval
from portal.pair_work.ending import results_are_due
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.silence import yet_to_agree, yet_to_rate
from portal.pair_work.states import MeetingState, ProgrammeState
from portal.staff.models import Person
from portal.staff.selectors import Holders
from portal.ui import words

AWAY = "надолго нет на работе"
STANDS_STILL = (PairState.CONSENT_PENDING, PairState.ACTIVE)
"""Where the pair has a step that its people make."""


@dataclass(frozen=True)
class Thing:
    """What a person of the pair owes: until when, or since when it is waited for."""

    title: str
    due: dt.date | None = None
    since: dt.date | None = None


@dataclass(frozen=True)
class Owed:
    """What one person of the pair owes; `mine` when it is the reader: then the things are steps with their
    buttons.
    """

    name: str
    role: str
    mine: bool
    full_name: str = ""
    note: str = ""
    things: list[Any] = field(default_factory=list)


def owed(pair: Pair, programme: Programme | None, meetings: list[Meeting], by: Actor) -> list[Owed]:
    """The reader first, then each of the pair, then those whose office the pair waits for: psychologist,
    association, curator, principal.
    """
    away = who_is_away(pair)
    columns = [Owed("Вы", "", True, things=_own(pair, meetings, by))]
    for person, role in [
        (pair.mentor, PairRole.MENTOR),
        *((mentee, PairRole.MENTEE) for mentee in pair.people),
    ]:
        if not by.is_person(person.user):
            asked = () if person in away else _things(pair, person, role, programme, meetings=meetings)
            name, note = person.address or person.short_name, AWAY if person in away else ""
            columns.append(Owed(name, role, False, person.full_name, note, list(asked)))
    return columns + _of_offices(pair, programme, by)


def _of_offices(pair: Pair, programme: Programme | None, by: Actor) -> list[Owed]:
    """One column an office that holds the baton now, with the name of whoever holds it; the reader's own
    offices are in the first column.
    """
    waited = [(office, thing) for office, thing in _waited_for(pair, programme) if office not in by.offices]
    columns: dict[Office, Owed] = {}
    for office, thing in waited:
        holders = Holders.here()
        holder, people = holders.of(office), holders.people.get(office, ())
        owes = Owed(holder.name, "", False, people[0].full_name if people else holder.name, note=holder.note)
        columns.setdefault(office, owes).things.append(thing)
    return list(columns.values())


def _waited_for(pair: Pair, programme: Programme | None) -> Iterator[tuple[Office, Thing]]:
    state, since = pair.state, clock.local(pair.updated_at).date()
    away = who_is_away(pair)
    if state in STANDS_STILL and away:
        yield (
            Office.CURATOR,
            Thing("Решить, как быть паре", since=min(one.away_since or since for one in away)),
        )
    if state == PairState.PROPOSED:
        yield Office.CURATOR, Thing("Спросить согласие пары", since=since)
    if state == PairState.PSYCH_CHECK:
        yield (
            (Office.PSYCHOLOGIST, Thing("Дать заключение о паре", since=since))
            if psychologists_for(pair, Holders.here())
            else (Office.CURATOR, Thing("Решить, обойтись ли без заключения психолога", since=since))
        )
    if state == PairState.ORDER_DRAFT:
        yield Office.PRINCIPAL, Thing("Подписать приказ о закреплении", since=since)
    if state == PairState.TERMINATION_NOTICE:
        yield Office.PRINCIPAL, Thing("Закончить пару приказом", due=pair.ends_on)
    if state == PairState.ACTIVE and programme is not None and programme.state == ProgrammeState.COMPLETED:
        yield Office.PRINCIPAL, Thing("Завершить пару", since=since)
    if programme is not None:
        yield from _about_programme(programme)


def _about_programme(programme: Programme) -> Iterator[tuple[Office, Thing]]:
    since = clock.local(programme.updated_at).date()
    if programme.state == ProgrammeState.SMO_REVIEW:
        yield Office.ASSOCIATION_LEAD, Thing("Посмотреть программу", since=since)
    if programme.state == ProgrammeState.CURATOR_REVIEW:
        approver = Approval.here().of(programme.pair)
        yield (
            Office.PRINCIPAL if approver == Approver.PRINCIPAL else Office.CURATOR,
            Thing("Утвердить программу", since=since),
        )


def _own(pair: Pair, meetings: list[Meeting], by: Actor) -> list[NextStep]:
    with weighing():  # whoever is named in the steps of others is not shown
        steps = steps_of_pair(pair, meetings, by)
    return in_order(step for step in steps if step.mine)


def _things(
    pair: Pair, person: Person, role: str, programme: Programme | None, *, meetings: list[Meeting]
) -> Iterator[Thing]:
    for consent in pair.consents.all():
        if consent.person_id == person.pk and consent.state == ConsentState.DRAFT:
            yield Thing("Ответить на предложение", since=consent.asked_on)
    unwritten = programme is None or programme.state in (ProgrammeState.DRAFT, ProgrammeState.RETURNED)
    if role == PairRole.MENTOR and pair.state == PairState.ACTIVE and unwritten:
        yield Thing(
            "Написать и отправить программу", due=pair.started_on + PROGRAMME_DUE if pair.started_on else None
        )
    if (
        role == PairRole.MENTEE
        and programme is not None
        and programme.state == ProgrammeState.AGREED_BY_PAIR
        and person in yet_to_agree(programme)
    ):
        yield Thing("Согласиться с программой", since=programme.submitted_on)
    if programme is not None and programme.state == ProgrammeState.CORRECTION:
        if role == PairRole.MENTOR and programme.submitted_on is None:
            yield Thing("Отправить уточнение программы", since=clock.local(programme.updated_at).date())
        if (
            role == PairRole.MENTEE
            and programme.submitted_on is not None
            and person in yet_to_agree(programme)
        ):
            yield Thing("Согласиться с уточнением", since=programme.submitted_on)
    if programme is not None and pair.state == PairState.ACTIVE:
        yield from _about_results(programme, person, role)
    yield from _about_meetings(role, meetings)


def _about_results(programme: Programme, person: Person, role: str) -> Iterator[Thing]:
    if (
        programme.state == ProgrammeState.IN_PROGRESS
        and role == PairRole.MENTOR
        and results_are_due(programme)
    ):
        yield Thing("Подвести итоги программы", due=programme.ends_on)
    if programme.state == ProgrammeState.FINAL_REVIEW and person in yet_to_rate(programme):
        yield Thing("Оценить свою половину целей", since=clock.local(programme.updated_at).date())


def _about_meetings(role: str, meetings: list[Meeting]) -> Iterator[Thing]:
    waiting = [m for m in meetings if m.state in (MeetingState.HELD_UNCONFIRMED, MeetingState.DISPUTED)]
    term = dt.timedelta(days=MentoringSettings.here().confirm_days) if waiting else None
    for meeting in waiting:
        day, recorded = words.day_month(meeting.planned_at), meeting.recorded_at
        if meeting.state == MeetingState.HELD_UNCONFIRMED and meeting.recorded_by != role:
            yield Thing(
                f"Подтвердить встречу {day}",
                due=clock.local(recorded).date() + term if recorded and term else None,
            )
        if meeting.state == MeetingState.DISPUTED and meeting.recorded_by == role:
            yield Thing(f"Исправить запись встречи {day}", since=clock.local(meeting.updated_at).date())
