"""Programmes: written by the mentor, agreed by the pair, approved by whom the school has chosen."""

from uuid import UUID

from portal.audit import noted_reading
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.mentoring.access.pairs import is_mentee_of, is_mentor_of, is_of_pair
from portal.mentoring.models import MentoringSettings, Pair, Programme
from portal.mentoring.states import Approver


def programme_for(by: Actor, pk: UUID) -> Programme:
    """The programme with goals and plan, if the actor may see it. Raises NotVisible."""
    rows = Programme.objects.visible_to(by).select_related("pair__mentor")
    programme = rows.prefetch_related("goals", "activities", "pair__mentor__positions", "pair__pair_mentees__mentee__positions").filter(uuid=pk).first()
    if programme is None:
        raise NotVisible
    noted_reading(Programme, [programme.pair.mentor.uuid, *(person.uuid for person in programme.pair.people)])
    return programme


def can_write_programme(by: Actor, pair: Pair) -> bool:
    return is_mentor_of(by, pair)


def can_edit_programme(by: Actor, programme: Programme) -> bool:
    return is_mentor_of(by, programme.pair)


def can_submit_programme(by: Actor, programme: Programme) -> bool:
    return is_mentor_of(by, programme.pair)


def can_confirm_programme(by: Actor, programme: Programme) -> bool:
    return is_mentee_of(by, programme.pair)


def can_review_programme(by: Actor, programme: Programme) -> bool:
    """The leader of the school's association of mentors."""
    return by.can("programme:review")


def can_approve_programme(by: Actor, programme: Programme) -> bool:
    """The curator, or the principal where the school has decided so."""
    wanted = "programme:approve_as_principal" if MentoringSettings.here().programmes_approved_by == Approver.PRINCIPAL else "programme:approve"
    return by.can(wanted)


def can_correct_programme(by: Actor, programme: Programme) -> bool:
    return is_of_pair(by, programme.pair) or by.can("programme:approve") or by.can("programme:review")


def can_rate_goals(by: Actor, programme: Programme) -> bool:
    return is_of_pair(by, programme.pair)


def can_mark_activity(by: Actor, programme: Programme) -> bool:
    return is_of_pair(by, programme.pair)


def can_complete_programme(by: Actor, programme: Programme) -> bool:
    return by.can("programme:approve")


def can_cancel_programme(by: Actor, programme: Programme) -> bool:
    return by.is_system or by.can("programme:approve")
