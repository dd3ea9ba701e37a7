"""What follows in a pair and below it when its state changes."""

from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra
from portal.local_acts.models import Order
from portal.local_acts.selectors import OPEN_ORDERS
from portal.local_acts.services import cancel_order, draft_order
from portal.local_acts.states import OrderState
from portal.mentor_bank.access.cards import can_confirm_as_principal as may_endorse
from portal.mentor_bank.models import MentorCard
from portal.mentor_bank.states import CardState, NeedState
from portal.mentor_bank.workflow.cards import CARD
from portal.mentor_bank.workflow.needs import NEED
from portal.mentoring.models import Compatibility, MentoringConsent, PairMentee
from portal.mentoring.states import ClosingReason, Conclusion, ConsentState, PairRole, PayBasis
from portal.mentoring.states import PairState as S
from portal.mentoring.workflow.consents import CONSENT


def _system(by: Actor) -> Actor:
    """What follows by itself is done by the portal, in the same school."""
    return Actor.system(school=by.school, via="workflow")


def ask_consents(pair: Any, by: Actor, extra: Extra) -> None:
    people = [(pair.mentor, PairRole.MENTOR), *((person, PairRole.MENTEE) for person in pair.people)]
    MentoringConsent.objects.bulk_create(
        [
            MentoringConsent(
                pair=pair, employee=person, role=role, asked_on=clock.today(), created_by=by.user
            )
            for person, role in people
        ]
    )


def drop_open_consents(pair: Any, by: Actor, extra: Extra) -> None:
    for consent in pair.consents.filter(state=ConsentState.DRAFT):
        CONSENT.move(consent, "expire", by=_system(by))


def _move_needs(pair: Any, by: Actor, verb: str, states: tuple[str, ...]) -> None:
    served = (
        PairMentee.objects.filter(pair__state__in=WORKING)
        .exclude(pair=pair)
        .exclude(need=None)
        .values("need")
    )
    rows = pair.pair_mentees.select_related("need").filter(need__state__in=states)
    for row in rows if verb == "match" else rows.exclude(need__in=served):
        NEED.move(row.need, verb, by=_system(by))


def match_needs(pair: Any, by: Actor, extra: Extra) -> None:
    _move_needs(pair, by, "match", (NeedState.NEW, NeedState.ACCEPTED))


def reopen_needs(pair: Any, by: Actor, extra: Extra) -> None:
    """A need for which nobody works any more is free again; a need that another pair serves is not."""
    _move_needs(pair, by, "reopen", (NeedState.MATCHED,))


def fulfil_needs(pair: Any, by: Actor, extra: Extra) -> None:
    _move_needs(pair, by, "fulfil", (NeedState.MATCHED,))


def write_conclusion(pair: Any, by: Actor, extra: Extra) -> None:
    values = {
        "conclusion": extra["conclusion"],
        "method": extra.get("method", ""),
        "advice": extra.get("advice", ""),
        "concluded_on": clock.today(),
        "by": by.user,
    }
    Compatibility.objects.update_or_create(pair=pair, defaults=values)


def not_assessed(pair: Any, by: Actor, extra: Extra) -> None:
    values = {
        "conclusion": Conclusion.NOT_ASSESSED,
        "advice": "",
        "concluded_on": clock.today(),
        "by": by.user,
    }
    Compatibility.objects.update_or_create(pair=pair, defaults=values)


def draft_pair_order(pair: Any, by: Actor, extra: Extra) -> None:
    """T-08 is drafted from the data; the paper is printed, signed and registered."""
    people = [pair.mentor.uuid, *(person.uuid for person in pair.people)]
    pair.order = draft_order(
        "T-08", f"О закреплении: {pair.title}"[:250], subject=pair.uuid, people=people, by=_system(by)
    )


def drop_order(pair: Any, by: Actor, extra: Extra) -> None:
    """A pair that did not come about needs no draft of its order."""
    if pair.order is not None and pair.order.state not in (OrderState.REGISTERED, OrderState.CANCELLED):
        cancel_order(pair.order, by=_system(by))


def begin(pair: Any, by: Actor, extra: Extra) -> None:
    pair.started_on = max(pair.planned_from, pair.order.signed_on)
    pair.suspended_on = None


def draft_pay_order(pair: Any, by: Actor, extra: Extra) -> None:
    """T-10 has its own number: drafted when the pair begins to work, on the grounds of T-08 and T-09."""
    if pair.pay_basis != PayBasis.NONE_BY_ACT:
        draft_order(
            "T-10",
            f"О доплате за наставничество: {pair.mentor.short_name}",
            subject=pair.uuid,
            people=[pair.mentor.uuid],
            by=_system(by),
        )


def drop_pay_order(pair: Any, by: Actor, extra: Extra) -> None:
    for order in Order.objects.filter(code="T-10", subject=pair.uuid, state__in=OPEN_ORDERS):
        cancel_order(order, by=_system(by))


def not_begun(pair: Any, by: Actor, extra: Extra) -> None:
    pair.started_on = None


def activate_card(pair: Any, by: Actor, extra: Extra) -> None:
    """The principal's signature under the order is the second word on the mentor, whoever registers it; the
    first pair makes the card active.
    """
    card = MentorCard.objects.filter(employee_id=pair.mentor_id, state=CardState.CONFIRMED).first()
    if card is None:
        return
    if card.principal_word_on is None:
        CARD.move(card, "endorse", by=by if may_endorse(by, card) else _system(by))
    CARD.move(card, "activate", by=_system(by))


def suspend(pair: Any, by: Actor, extra: Extra) -> None:
    pair.suspended_on = clock.today()


def resume(pair: Any, by: Actor, extra: Extra) -> None:
    pair.suspended_on = None


def notice(pair: Any, by: Actor, extra: Extra) -> None:
    side: Any = pair.role_of(by) or "school"
    reasons = {PairRole.MENTOR: ClosingReason.MENTOR, PairRole.MENTEE: ClosingReason.MENTEE}
    pair.notice_side = side
    pair.notice_on = clock.today()
    pair.notice_by = by.user
    pair.ends_on = extra["ends_on"]
    pair.closing_reason = reasons.get(side, ClosingReason.EMPLOYER)


def close(pair: Any, by: Actor, extra: Extra) -> None:
    pair.ended_on = clock.today()
    pair.closing_reason = extra.get("closing_reason") or pair.closing_reason or ClosingReason.EMPLOYER
    pair.waiver = str(extra.get("comment", ""))[:300]


def finish(pair: Any, by: Actor, extra: Extra) -> None:
    pair.ended_on, pair.closing_reason = clock.today(), ClosingReason.COMPLETED


def dismissed(pair: Any, by: Actor, extra: Extra) -> None:
    pair.closing_reason = ClosingReason.DISMISSAL


WORKING = (S.ACTIVE, S.SUSPENDED, S.TERMINATION_NOTICE, S.REPLACING)
