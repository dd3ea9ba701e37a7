"""Programmes: written by the mentor, agreed by the pair, approved by whom the school has chosen."""

from dataclasses import dataclass
from uuid import UUID

from portal.accounts.offices import Office
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.core.once import once_a_page
from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.states import Approver
from portal.mentoring.access.pairs import is_mentee_of, is_mentor_of, is_of_pair
from portal.mentoring.models import Pair
from portal.pair_work.models import Programme
from portal.staff.selectors import people_of_offices


def can_read_programme(by: Actor, pair: Pair) -> bool:
    """The programme of the pair: the pair itself, and those who read programmes by office."""
    return by.can("programme:read") or is_of_pair(by, pair)


def programme_for(by: Actor, pk: UUID) -> Programme:
    """The programme with goals and plan, if the actor may see it. Raises NotVisible."""
    rows = Programme.objects.visible_to(by).select_related("pair__mentor")
    programme = (
        rows.prefetch_related(
            "goals",
            "activities",
            "pair__mentor__employments",
            "pair__pair_mentees__mentee__employments",
        )
        .filter(uuid=pk)
        .first()
    )
    if programme is None:
        raise NotVisible
    return programme


def can_write_programme(by: Actor, pair: Pair) -> bool:
    return is_mentor_of(by, pair)


def can_edit_programme(by: Actor, programme: Programme) -> bool:
    return is_mentor_of(by, programme.pair)


def can_submit_programme(by: Actor, programme: Programme) -> bool:
    return is_mentor_of(by, programme.pair)


def can_confirm_programme(by: Actor, programme: Programme) -> bool:
    return is_mentee_of(by, programme.pair)


def can_enter_agreement(by: Actor, programme: Programme) -> bool:
    """The curator (of another pair), for a mentee who has signed on paper and does not answer here."""
    return Approval.here().ends_with(by, programme.pair)


def can_withdraw_correction(by: Actor, programme: Programme) -> bool:
    """The curator (of another pair), for a correction that nobody brings to its end."""
    return Approval.here().ends_with(by, programme.pair)


def can_skip_association(by: Actor, programme: Programme) -> bool:
    """Whoever approves the programme need not wait for an association that is silent or has no leader."""
    return Approval.here().is_with(by, programme.pair)


def can_review_programme(by: Actor, programme: Programme) -> bool:
    """The leader of the school's association of mentors."""
    return by.can("programme:review")


@dataclass(frozen=True)
class Approval:
    """Who approves programmes in the school: the curator, or the principal where the school has decided so
    (SM-4).
    """

    approver: Approver
    curators: frozenset[int]
    principal: int | None

    @classmethod
    @once_a_page
    def here(cls) -> "Approval":
        """Two queries, for any number of programmes, and once a page."""
        people = people_of_offices()
        heads = sorted((person.user is None, person.pk) for person in people if person.heads)
        return cls(
            Approver(MentoringSettings.here().programmes_approved_by),
            frozenset(person.pk for person in people if Office.CURATOR in person.given),
            next((pk for _, pk in heads), None),
        )

    def of(self, pair: Pair) -> Approver:
        """Nobody approves the programme of the own pair: the other one does it. A principal who works in pair
        with the curator has no other.
        """
        if self.approver == Approver.CURATOR:
            return self.completer_of(pair)
        other = self.principal in _people_of(pair) and self.curators and not _people_of(pair) & self.curators
        return Approver.CURATOR if other else Approver.PRINCIPAL

    def completer_of(self, pair: Pair) -> Approver:
        """The curator completes programmes whoever approves them, but not the one of the own pair."""
        return Approver.PRINCIPAL if _people_of(pair) & self.curators else Approver.CURATOR

    def is_with(self, by: Actor, pair: Pair) -> bool:
        return by.can(_PERMISSIONS[self.of(pair)])

    def ends_with(self, by: Actor, pair: Pair) -> bool:
        return by.can(_PERMISSIONS[self.completer_of(pair)])


_PERMISSIONS = {Approver.CURATOR: "programme:approve", Approver.PRINCIPAL: "programme:approve_as_principal"}


def _people_of(pair: Pair) -> set[int]:
    return {pair.mentor_id, *(person.pk for person in pair.people)}


def can_approve_programme(by: Actor, programme: Programme) -> bool:
    return Approval.here().is_with(by, programme.pair)


def can_correct_programme(by: Actor, programme: Programme) -> bool:
    return is_of_pair(by, programme.pair) or by.can("programme:approve") or by.can("programme:review")


def can_rate_goals(by: Actor, programme: Programme) -> bool:
    return is_of_pair(by, programme.pair)


def can_mark_activity(by: Actor, programme: Programme) -> bool:
    return is_of_pair(by, programme.pair)


def can_complete_programme(by: Actor, programme: Programme) -> bool:
    return Approval.here().ends_with(by, programme.pair)


def can_cancel_programme(by: Actor, programme: Programme) -> bool:
    return by.is_system or by.can("programme:approve")
