"""Answers to «согласны ли вы»: each person's own, and what follows for the pair."""

import datetime as dt
from typing import Any

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.mentoring.access import pairs as access
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.states import FORMING, ConsentState, PairRole, PairState
from portal.mentoring.workflow import CONSENT, PAIR
from portal.mentoring.workflow.guards import all_consents_given, earliest_end


def _system(by: Actor) -> Actor:
    return Actor.system(school=by.school, via="workflow")


@transaction.atomic
def give_consent(
    consent: MentoringConsent,
    *,
    by: Actor,
    scan: Any = None,
    given_on: dt.date | None = None,
    shows_profile: bool | None = None,
    wishes: str = "",
    method: str = "paper_scan",
    version: int | None = None,
) -> MentoringConsent:
    """The signed paper is here: T-06 or T-07 is given. The last consent moves the pair on. Raises Forbidden,
    Invalid, Conflict, Stale.
    """
    if given_on and given_on > clock.today():
        raise Invalid("given_on", "День подписи ещё не наступил.", "given_on")
    pair = Pair.objects.select_for_update().get(pk=consent.pair_id)
    CONSENT.move(
        consent,
        "give",
        by=by,
        version=version,
        scan=scan,
        given_on=given_on,
        shows_profile=shows_profile,
        wishes=wishes,
        method=method,
    )
    if all_consents_given(pair, by, {}):
        PAIR.move(pair, "collect", by=_system(by))
    return consent


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


@transaction.atomic
def refuse_consent(
    consent: MentoringConsent, *, by: Actor, private_reason: str = "", version: int | None = None
) -> MentoringConsent:
    """«Нет» without explanations: the pair does not begin, the need is free again. Raises Forbidden,
    Conflict, Stale.
    """
    pair = Pair.objects.select_for_update().get(pk=consent.pair_id)
    CONSENT.move(consent, "refuse", by=by, version=version, private_reason=private_reason.strip())
    PAIR.move(pair, "decline", by=_system(by))
    return consent


@transaction.atomic
def withdraw_consent(
    consent: MentoringConsent, *, by: Actor, private_reason: str = "", version: int | None = None
) -> MentoringConsent:
    """A given consent may always be taken back: a pair in the making does not begin, a working one gets a
    notice (SM-1).
    """
    pair = Pair.objects.select_for_update().get(pk=consent.pair_id)
    CONSENT.move(consent, "withdraw", by=by, version=version, private_reason=private_reason.strip())
    if pair.state in FORMING:
        PAIR.move(pair, "decline", by=_system(by))
    elif pair.state in (PairState.ACTIVE, PairState.SUSPENDED):
        PAIR.move(pair, "give_notice", by=by, ends_on=earliest_end(consent.role, clock.today()))
    return consent
