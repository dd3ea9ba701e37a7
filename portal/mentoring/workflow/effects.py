"""What changes in a pair, and what follows here and below it, when it makes a step."""

import datetime as dt
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import Move
from portal.local_acts.models import Order
from portal.local_acts.selectors import OPEN_ORDERS
from portal.local_acts.services import draft_order
from portal.local_acts.states import OrderState
from portal.local_acts.workflow import ORDER
from portal.mentor_bank.access.cards import can_confirm_as_principal as may_endorse
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.pairing import PAIRS
from portal.mentor_bank.states import CardState, NeedState, PayBasis
from portal.mentor_bank.workflow import CARD, NEED
from portal.mentoring.models import Compatibility, MentoringConsent, Pair, PairMentee
from portal.mentoring.models.stages import PairStage
from portal.mentoring.states import WORKING, ClosingReason, Conclusion, ConsentState, PairRole, PairState
from portal.mentoring.workflow.asked import PairConclusion
from portal.mentoring.workflow.consents import CONSENT


def system(by: Actor) -> Actor:
    """What follows by itself is done by the portal, in the same school."""
    return Actor.system(school=by.school, via="workflow")


# ── Changes: fields of the pair itself ──────────────────────────────────────────────────────────────


def draft_pair_order(pair: Pair, move: Move[Any]) -> None:
    """T-08 is drafted from the data; the paper is printed, signed and registered."""
    people = [pair.mentor.uuid, *(person.uuid for person in pair.people)]
    pair.order = draft_order(
        "T-08", f"О закреплении: {pair.title}"[:250], subject=pair.uuid, people=people, by=system(move.by)
    )


def begin(pair: Pair, move: Move[Any]) -> None:
    signed_on = pair.order.signed_on if pair.order else None
    pair.started_on = max(pair.planned_from, signed_on or pair.planned_from)
    pair.suspended_on = None


def not_begun(pair: Pair, move: Move[Any]) -> None:
    pair.started_on = None


def suspend(pair: Pair, move: Move[Any]) -> None:
    pair.suspended_on = clock.today()


def resume(pair: Pair, move: Move[Any]) -> None:
    pair.suspended_on = None


def notice(pair: Pair, move: Move[Any]) -> None:
    side = pair.role_of(move.by) or "school"
    reasons: dict[str, str] = {PairRole.MENTOR: ClosingReason.MENTOR, PairRole.MENTEE: ClosingReason.MENTEE}
    pair.notice_side = side
    pair.notice_on = clock.today()
    pair.notice_by = move.by.user
    pair.closing_reason = reasons.get(side, ClosingReason.EMPLOYER)


def close(pair: Pair, move: Move[Any]) -> None:
    pair.ended_on = clock.today()
    pair.closing_reason = pair.closing_reason or ClosingReason.EMPLOYER
    pair.waiver = move.comment[:300]


def finish(pair: Pair, move: Move[Any]) -> None:
    pair.ended_on, pair.closing_reason = clock.today(), ClosingReason.COMPLETED


def replaced(pair: Pair, move: Move[Any]) -> None:
    pair.closing_reason = ClosingReason.REPLACED


def dismissed(pair: Pair, move: Move[Any]) -> None:
    pair.closing_reason = ClosingReason.DISMISSAL


def keep_stage(pair: Pair, move: Move[Any]) -> None:
    """The day from which the pair is what the step has made it."""
    if pair.state != move.source:
        PairStage.begin(pair, min(_holds_since(pair, move), clock.today()), by=move.by.user)


def _holds_since(pair: Pair, move: Move[Any]) -> dt.date:
    """An order holds since its own day; one that is taken back has held on none."""
    if move.source == PairState.ORDER_DRAFT and pair.state == PairState.ACTIVE:
        return pair.started_on or clock.today()
    if move.source == PairState.ACTIVE and pair.state == PairState.ORDER_DRAFT:
        return PairStage.last_since(pair) or clock.today()
    return clock.today()


# ── Follows: consents and the conclusion ────────────────────────────────────────────────────────────


def ask_consents(pair: Pair, move: Move[Any]) -> None:
    people = [(pair.mentor, PairRole.MENTOR), *((person, PairRole.MENTEE) for person in pair.people)]
    MentoringConsent.objects.bulk_create(
        [
            MentoringConsent(
                pair=pair, person=person, role=role, asked_on=clock.today(), created_by=move.by.user
            )
            for person, role in people
        ]
    )


def drop_open_consents(pair: Pair, move: Move[Any]) -> None:
    for consent in pair.consents.filter(state=ConsentState.DRAFT):
        CONSENT.move(consent, "expire", by=system(move.by))


def write_conclusion(pair: Pair, move: Move[PairConclusion]) -> None:
    values = {**vars(move.asked), "concluded_on": clock.today(), "by": move.by.user}
    Compatibility.objects.update_or_create(pair=pair, defaults=values)


def not_assessed(pair: Pair, move: Move[Any]) -> None:
    values = {
        "conclusion": Conclusion.NOT_ASSESSED,
        "advice": "",
        "concluded_on": clock.today(),
        "by": move.by.user,
    }
    Compatibility.objects.update_or_create(pair=pair, defaults=values)


# ── Follows: needs and the mentor's card ────────────────────────────────────────────────────────────


def _needs_of(pair: Pair, *states: str) -> list[MenteeNeed]:
    rows = pair.pair_mentees.select_related("need").filter(need__state__in=states)
    return [row.need for row in rows if row.need is not None]


def _needs_of_it_alone(pair: Pair) -> list[MenteeNeed]:
    """Its matched needs but those that another working pair serves."""
    others = PairMentee.objects.filter(pair__state__in=WORKING).exclude(pair=pair)
    served = set(others.values_list("need", flat=True))
    return [need for need in _needs_of(pair, NeedState.MATCHED) if need.pk not in served]


def accept_needs(pair: Pair, move: Move[Any]) -> None:
    """Whoever asks the people has agreed with their needs."""
    for need in _needs_of(pair, NeedState.NEW):
        NEED.move(need, "accept", by=move.by)


def match_needs(pair: Pair, move: Move[Any]) -> None:
    for need in _needs_of(pair, NeedState.NEW, NeedState.ACCEPTED):
        NEED.move(need, "match", by=system(move.by))


def reopen_needs(pair: Pair, move: Move[Any]) -> None:
    """A need for which nobody works any more is free again; a need that another pair serves is not."""
    for need in _needs_of_it_alone(pair):
        NEED.move(need, "reopen", by=system(move.by))


def fulfil_needs(pair: Pair, move: Move[Any]) -> None:
    for need in _needs_of_it_alone(pair):
        NEED.move(need, "fulfil", by=system(move.by))


def activate_card(pair: Pair, move: Move[Any]) -> None:
    """The principal's signature under the order is the second word on the mentor, whoever registers it; the
    first pair makes the card active.
    """
    card = MentorCard.objects.filter(person_id=pair.mentor_id, state=CardState.CONFIRMED).first()
    if card is None:
        return
    if card.principal_word_on is None:
        CARD.move(card, "endorse", by=move.by if may_endorse(move.by, card) else system(move.by))
    CARD.move(card, "activate", by=system(move.by))


def free_mentor(pair: Pair, move: Move[Any]) -> None:
    """Whoever leads no pair any more is not said to lead one."""
    card = MentorCard.objects.filter(person_id=pair.mentor_id, state=CardState.ACTIVE).first()
    if card is not None and not PAIRS().works_with_any(card):
        CARD.move(card, "free", by=system(move.by))


# ── Follows: orders ─────────────────────────────────────────────────────────────────────────────────


def drop_order(pair: Pair, move: Move[Any]) -> None:
    """A pair that did not come about needs no draft of its order."""
    if pair.order is not None and pair.order.state not in (OrderState.REGISTERED, OrderState.CANCELLED):
        ORDER.move(pair.order, "cancel", by=system(move.by))


def draft_pay_order(pair: Pair, move: Move[Any]) -> None:
    """T-10 has its own number: drafted when the pair begins to work, on the grounds of T-08 and T-09."""
    if pair.pay_basis != PayBasis.NONE_BY_ACT:
        draft_order(
            "T-10",
            f"О доплате за наставничество: {pair.mentor.short_name}",
            subject=pair.uuid,
            people=[pair.mentor.uuid],
            by=system(move.by),
        )


def drop_pay_order(pair: Pair, move: Move[Any]) -> None:
    for order in Order.objects.filter(code="T-10", subject=pair.uuid, state__in=OPEN_ORDERS):
        ORDER.move(order, "cancel", by=system(move.by))
