"""«Что дальше» of one pair: the steps of the home page that concern it, made by the same functions of rows
that its page has in hand.
"""

from django.utils.functional import SimpleLazyObject

from portal.cabinet.selectors.at_hand import WAITING_TEXTS, ends_pairs, reads_programmes
from portal.cabinet.selectors.next_steps import OwnWork, steps_of_own
from portal.cabinet.selectors.steps_of_ends import step_of_end
from portal.cabinet.selectors.steps_of_offices import MAKERS, step_of_pair, step_of_programme
from portal.core.actor import Actor
from portal.core.next_steps import NextStep
from portal.mentoring.models import Pair
from portal.mentoring.selectors.people import may_meet
from portal.pair_work.access.programmes import Approval
from portal.pair_work.ending import is_at_its_end, is_done
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import ProgrammeState
from portal.staff.selectors import Holders

MAKING = {state for state, _, _ in MAKERS}


def steps_of_pair(pair: Pair, meetings: list[Meeting], by: Actor) -> list[NextStep]:
    """No query but of what a step needs: prefetch consents and programmes (with activities, goals and
    confirmations).
    """
    programmes = [one for one in pair.programmes.all() if one.state != ProgrammeState.CANCELLED]
    steps = [
        *_of_own(OwnWork([pair], programmes, sorted(meetings, key=lambda row: row.planned_at)), by),
        _of_office(pair, by),
        _of_end(pair, by),
        *(_of_reader(programme, by) for programme in programmes),
    ]
    return [step for step in steps if step]


def _of_own(own: OwnWork, by: Actor) -> list[NextStep]:
    """Those of the pair's people, while it is open."""
    [pair] = own.pairs
    if not pair.is_open or not pair.role_of(by):
        return []
    pair.may_meet = may_meet(pair)  # type: ignore[attr-defined]  # as pairs of the home page know it
    return steps_of_own(own, by, _holders())


def _of_office(pair: Pair, by: Actor) -> NextStep | None:
    return step_of_pair(pair, by, _holders()) if pair.state in MAKING else None


def _of_end(pair: Pair, by: Actor) -> NextStep | None:
    if not (ends_pairs(by) and is_at_its_end(pair)):
        return None
    return step_of_end(pair, by, _holders(), is_done=is_done(pair))


def _holders() -> Holders:
    """Asked for when a step names one of them; most do not."""
    return SimpleLazyObject(Holders.here)  # type: ignore[return-value]  # it stands for them


def _of_reader(programme: Programme, by: Actor) -> NextStep | None:
    if not (reads_programmes(by) and programme.state in WAITING_TEXTS):
        return None
    return step_of_programme(programme, by, Approval.here())
