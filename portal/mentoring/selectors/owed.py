"""«Кто что должен» of a pair's page: the reader's own steps, then what is waited for from each of the pair, with its day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import NextStep
from portal.mentoring.models import Meeting, MentoringSettings, Pair, Programme
from portal.mentoring.selectors.next_steps import PROGRAMME_DUE, next_steps
from portal.mentoring.states import ConsentState, MeetingState, PairRole, PairState, ProgrammeState
from portal.staff.models import Employee
from portal.ui import words


@dataclass(frozen=True)
class Thing:
    """What a person of the pair owes: until when, or since when it is waited for."""

    title: str
    due: dt.date | None = None
    since: dt.date | None = None


@dataclass(frozen=True)
class Owed:
    """What one person of the pair owes; `mine` when it is the reader: then the things are steps with their buttons."""

    name: str
    role: str
    mine: bool
    full_name: str = ""
    things: list[Any] = field(default_factory=list)


def owed(pair: Pair, programme: Programme | None, meetings: list[Meeting], by: Actor) -> list[Owed]:
    """The reader first, then each of the pair."""
    columns = [Owed("Вы", "", True, things=_own(pair, programme, meetings, by))]
    for person, role in [(pair.mentor, PairRole.MENTOR), *((mentee, PairRole.MENTEE) for mentee in pair.people)]:
        if not by.is_person(person.user):
            things = list(_things(pair, person, role, programme, meetings))
            columns.append(Owed(person.address or person.short_name, role, False, person.full_name, things))
    return columns


def _own(pair: Pair, programme: Programme | None, meetings: list[Meeting], by: Actor) -> list[NextStep]:
    keys = [pair.uuid, *(c.uuid for c in pair.consents.all()), *(m.uuid for m in meetings), *([programme.uuid] if programme else [])]
    return [step for step in next_steps(by) if step.mine and any(str(key) in step.url for key in keys)]


def _things(pair: Pair, person: Employee, role: str, programme: Programme | None, meetings: list[Meeting]) -> Iterator[Thing]:
    for consent in pair.consents.all():
        if consent.employee_id == person.pk and consent.state == ConsentState.DRAFT:
            yield Thing("Ответить на предложение", since=consent.asked_on)
    unwritten = programme is None or programme.state in (ProgrammeState.DRAFT, ProgrammeState.RETURNED)
    if role == PairRole.MENTOR and pair.state == PairState.ACTIVE and unwritten:
        yield Thing("Написать и отправить программу", due=pair.started_on + PROGRAMME_DUE if pair.started_on else None)
    if role == PairRole.MENTEE and programme is not None and programme.state == ProgrammeState.AGREED_BY_PAIR:
        yield Thing("Согласиться с программой", since=programme.submitted_on)
    yield from _about_meetings(role, meetings)


def _about_meetings(role: str, meetings: list[Meeting]) -> Iterator[Thing]:
    waiting = [m for m in meetings if m.state in (MeetingState.HELD_UNCONFIRMED, MeetingState.DISPUTED)]
    term = dt.timedelta(days=MentoringSettings.here().confirm_days) if waiting else None
    for meeting in waiting:
        day, recorded = words.day_month(meeting.planned_at), meeting.recorded_at
        if meeting.state == MeetingState.HELD_UNCONFIRMED and meeting.recorded_by != role:
            yield Thing(f"Подтвердить встречу {day}", due=clock.local(recorded).date() + term if recorded and term else None)
        if meeting.state == MeetingState.DISPUTED and meeting.recorded_by == role:
            yield Thing(f"Исправить запись встречи {day}", since=clock.local(meeting.updated_at).date())
