"""Pairs and consents. Being mentor or mentee is a circumstance read from the pair itself."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.states import ConsentState, PairRole
from portal.staff.models import Person


def pair_for(by: Actor, pk: UUID, *more: str) -> Pair:
    """The pair with its people, if the actor may see it, in three queries; `more` are relations that the page
    wants. Raises NotVisible.
    """
    rows = Pair.objects.visible_to(by).with_names().with_away().select_related("order", *more)
    pair = rows.filter(uuid=pk).first()
    if pair is None:
        raise NotVisible
    pair.read_positions()
    pair.say_who_is_away()
    return pair


def consents_visible_to(by: Actor) -> QuerySet[MentoringConsent]:
    """Consents are seen by their own person and by those who lead pairs."""
    rows = MentoringConsent.objects.all()
    if by.can("pair:lead"):
        return rows
    return rows.filter(person__user=by.user) if by.user and by.serves else rows.none()


def consent_for(by: Actor, pk: UUID) -> MentoringConsent:
    """A consent, if the actor may see it. Raises NotVisible."""
    rows = consents_visible_to(by).select_related("pair__mentor", "person", "scan")
    consent = (
        rows.prefetch_related("person__employments", "pair__pair_mentees__mentee__employments")
        .filter(uuid=pk)
        .first()
    )
    if consent is None:
        raise NotVisible
    return consent


def can_read_agreement(by: Actor, pair: Pair) -> bool:
    """The agreement (T-09): those who keep orders, and the mentor, whose contract it changes."""
    return by.is_system or by.can("order:read") or is_mentor_of(by, pair)


def agreements_visible_to(by: Actor) -> QuerySet[Pair]:
    """The same of many pairs at once."""
    rows = Pair.objects.visible_to(by)
    return rows if by.is_system or by.can("order:read") else rows.filter(mentor__user=by.user)


def agreement_for(by: Actor, pk: UUID) -> Pair:
    """The pair whose agreement (T-09) is asked for. Raises NotVisible."""
    pair = pair_for(by, pk)
    if not can_read_agreement(by, pair):
        raise NotVisible
    return pair


def can_settle_pay(by: Actor, pair: Pair) -> bool:
    """Whoever leads the pair, and those who register its order."""
    return by.is_system or by.can("pair:lead") or by.can("order:register")


def can_register_pair(by: Actor, pair: Pair) -> bool:
    """The principal signs the order on paper; it is registered by the principal or the personnel officer."""
    return by.is_system or by.can("order:register")


def can_propose_pair(by: Actor, people: Iterable[Person]) -> bool:
    """Leaders propose anybody; a teacher proposes a pair with oneself in it."""
    own = by.can("pair:propose_own") and any(by.is_person(person.user) for person in people)
    return by.is_system or by.can("pair:propose") or own


def can_lead_pair(by: Actor, pair: Pair) -> bool:
    return by.can("pair:lead")


def can_conclude_pair(by: Actor, pair: Pair) -> bool:
    """The psychologist, but not on a pair of one's own: then the curator goes on without a conclusion, and
    says why.
    """
    return by.can("pair:conclude") and not is_of_pair(by, pair)


def can_sign_pair(by: Actor, pair: Pair) -> bool:
    return by.can("pair:sign")


def is_of_pair(by: Actor, pair: Pair) -> bool:
    """Mentor or mentee of this very pair."""
    return bool(pair.role_of(by))


def is_mentor_of(by: Actor, pair: Pair) -> bool:
    return pair.role_of(by) == PairRole.MENTOR


def is_mentee_of(by: Actor, pair: Pair) -> bool:
    return pair.role_of(by) == PairRole.MENTEE


def can_give_notice(by: Actor, pair: Pair) -> bool:
    """Either of the pair, or the principal (ст. 351.8 ТК РФ: either side)."""
    return is_of_pair(by, pair) or by.can("pair:sign")


def can_end_by_dismissal(by: Actor, pair: Pair) -> bool:
    return by.is_system or by.can("pair:lead")


def can_answer_consent(by: Actor, consent: MentoringConsent) -> bool:
    """One's own consent; the curator may enter what the person has signed on paper."""
    return by.is_person(consent.person.user) or by.can("pair:lead")


def is_own_consent(by: Actor, consent: MentoringConsent) -> bool:
    return by.is_person(consent.person.user)


def sees_advice(by: Actor, pair: Pair) -> bool:
    """The psychologist's advice: the offices that lead and sign pairs, and psychologists themselves; never
    the pair.
    """
    return by.can("pair:lead") or by.can("pair:sign") or by.can("pair:conclude")


def sees_difficulties(by: Actor, pair: Pair) -> bool:
    """The mentor sees the mentee's difficulties only after the mentee has agreed to it (domain.md §2.2)."""
    if by.can("need:read") or is_mentee_of(by, pair):
        return True
    agreed = [
        c
        for c in pair.consents.all()
        if c.role == PairRole.MENTEE and c.state == ConsentState.GIVEN and c.shows_profile
    ]
    return is_mentor_of(by, pair) and bool(agreed)
