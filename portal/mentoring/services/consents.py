"""Answers to «согласны ли вы»: each person's own. What the pair makes of it: `mentoring.follows`."""

from django.db import transaction

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden
from portal.mentoring.access import pairs as access
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.states import ConsentState, PairRole
from portal.mentoring.workflow import CONSENT
from portal.mentoring.workflow.asked import GiveConsent, SayNo


@transaction.atomic
def answer_consent(
    consent: MentoringConsent,
    verb: str,
    *,
    by: Actor,
    asked: GiveConsent | SayNo,
    version: int | None = None,
) -> MentoringConsent:
    """A step of a consent. Its pair is locked first, as by every step of the pair: two who answer at once
    wait for each other, and the second sees that all have agreed. Raises Forbidden, Invalid, Conflict, Stale.
    """
    lock(Pair, consent.pair_id)
    return CONSENT.move(consent, verb, by=by, version=version, asked=asked)


@transaction.atomic
def choose_profile(
    consent: MentoringConsent, *, shows_profile: bool, by: Actor, version: int | None = None
) -> MentoringConsent:
    """Asked before the paper is printed, so that the paper says it. Raises Forbidden, Conflict, Stale."""
    if not access.is_own_consent(by, consent):
        raise Forbidden("Ответить за другого человека нельзя.")
    locked: MentoringConsent = lock(MentoringConsent, consent.pk)
    locked.check_version(version)
    if locked.state != ConsentState.DRAFT or locked.role != PairRole.MENTEE:
        raise Conflict("wrong_state", "Согласие уже подписано: чтобы изменить выбор, отзовите его.")
    locked.shows_profile = shows_profile
    locked.save_change("shows_profile")
    audit.record(by, "chosen", locked)
    return locked
