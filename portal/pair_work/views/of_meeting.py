"""What the pages of a meeting share: with whom it is, whose answer is waited for, when a form is shown."""

import datetime as dt
from typing import Any

from django.urls import reverse

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.mentor_bank.models import MentoringSettings
from portal.mentoring.models import Pair
from portal.mentoring.selectors.people import baton_at
from portal.mentoring.states import PairRole
from portal.pair_work.access import meetings as access
from portal.pair_work.models import Meeting
from portal.pair_work.states import MeetingState
from portal.pair_work.workflow import MEETING
from portal.pair_work.workflow.planning import MEETABLE
from portal.ui.shortcuts import only_while


def other_of(pair: Pair, by: Actor) -> Any:
    return pair.mentee if pair.role_of(by) == PairRole.MENTOR else pair.mentor


def only_for_pair(by: Actor, pair: Pair) -> None:
    if not access.can_plan_meeting(by, pair):
        raise Forbidden("Встречи назначает и записывает сама пара.")


def only_in_a_working_pair(request: PortalRequest, pair: Pair) -> None:
    word = f"Встречи назначает и записывает пара, которая действует. Эта пара: {pair.get_state_display()}."
    only_while(request, pair.state in MEETABLE, reverse("cabinet:pair", args=[pair.uuid]), word)


def only_while_possible(request: PortalRequest, row: Meeting, verb: str, by: Actor) -> None:
    """The form of a meeting's step is shown while the step leads on, to whoever may make it, and nothing in
    its row forbids it: a record is mended in a pair that rests, too.
    """
    step = MEETING.row(verb, row.state)
    unmet = [guard.sentence for guard in step.guards if not guard.met(row, by)] if step is not None else []
    possible = step is not None and step.rule(by, row) and not unmet
    why = unmet[0] if unmet else "Этот шаг уже сделан, или его время прошло."
    word = f"{why} Встреча: {row.get_state_display()}. Пара: {row.pair.get_state_display()}."
    only_while(request, possible, reverse("pair_work:meeting", args=[row.uuid]), word)


def awaited(row: Meeting, by: Actor) -> dict[str, Any]:
    """Whose answer to the record is waited for, and until when; nobody's when it is the reader's own."""
    if row.state not in (MeetingState.HELD_UNCONFIRMED, MeetingState.DISPUTED):
        return {}
    recorder, other = (
        (row.pair.mentor, row.pair.mentee)
        if row.recorded_by == PairRole.MENTOR
        else (row.pair.mentee, row.pair.mentor)
    )
    person = other if row.state == MeetingState.HELD_UNCONFIRMED else recorder
    due = None
    if row.state == MeetingState.HELD_UNCONFIRMED and row.recorded_at:
        due = clock.local(row.recorded_at).date() + dt.timedelta(days=MentoringSettings.here().confirm_days)
    return {
        "awaited": "" if by.is_person(person.user) else baton_at(person),
        "due": due,
        "due_ahead": due is not None and due >= clock.today(),
    }
