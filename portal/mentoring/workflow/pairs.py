"""SM-3: from a proposal to an assignment by order, and to its end. The law lets either side end it (ст. 351.8
ТК РФ).

Of the documents of domain.md §5 only T-06…T-10 are printed by this room yet; T-14, T-21…T-23 are named in the
rows for the rooms to come. The report of the mentor (T-16) and the surveys belong to the whole year of a
pair: till then `terminate` asks for a comment (the waiver), and `complete` for a completed programme. A pause
may end by a notice too: the law knows no pause.
"""

from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Transition, Workflow, by_time
from portal.local_acts.models import Order
from portal.local_acts.selectors import OPEN_ORDERS
from portal.local_acts.services import cancel_order, draft_order
from portal.local_acts.states import OrderState
from portal.mentoring.access import pairs as access
from portal.mentoring.access.cards import can_confirm_as_principal as may_endorse
from portal.mentoring.models import Compatibility, MentorCard, MentoringConsent, Pair, PairMentee
from portal.mentoring.states import (
    CardState,
    ClosingReason,
    Conclusion,
    ConsentState,
    MeetingState,
    NeedState,
    PairRole,
    PayBasis,
    ProgrammeState,
)
from portal.mentoring.states import PairState as S
from portal.mentoring.workflow import guards as g
from portal.mentoring.workflow.cards import CARD
from portal.mentoring.workflow.consents import CONSENT
from portal.mentoring.workflow.meetings import MEETING
from portal.mentoring.workflow.needs import NEED
from portal.mentoring.workflow.programmes import PROGRAMME


def _system(by: Actor) -> Actor:
    """What follows by itself is done by the portal, in the same school."""
    return Actor.system(school=by.school, via="workflow")


def _ask_consents(pair: Any, by: Actor, extra: Extra) -> None:
    people = [(pair.mentor, PairRole.MENTOR), *((person, PairRole.MENTEE) for person in pair.people)]
    MentoringConsent.objects.bulk_create(
        [
            MentoringConsent(
                pair=pair, employee=person, role=role, asked_on=clock.today(), created_by=by.user
            )
            for person, role in people
        ]
    )


def _drop_open_consents(pair: Any, by: Actor, extra: Extra) -> None:
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


def _match_needs(pair: Any, by: Actor, extra: Extra) -> None:
    _move_needs(pair, by, "match", (NeedState.NEW, NeedState.ACCEPTED))


def _reopen_needs(pair: Any, by: Actor, extra: Extra) -> None:
    """A need for which nobody works any more is free again; a need that another pair serves is not."""
    _move_needs(pair, by, "reopen", (NeedState.MATCHED,))


def _fulfil_needs(pair: Any, by: Actor, extra: Extra) -> None:
    _move_needs(pair, by, "fulfil", (NeedState.MATCHED,))


def _write_conclusion(pair: Any, by: Actor, extra: Extra) -> None:
    values = {
        "conclusion": extra["conclusion"],
        "method": extra.get("method", ""),
        "advice": extra.get("advice", ""),
        "concluded_on": clock.today(),
        "by": by.user,
    }
    Compatibility.objects.update_or_create(pair=pair, defaults=values)


def _not_assessed(pair: Any, by: Actor, extra: Extra) -> None:
    values = {
        "conclusion": Conclusion.NOT_ASSESSED,
        "advice": "",
        "concluded_on": clock.today(),
        "by": by.user,
    }
    Compatibility.objects.update_or_create(pair=pair, defaults=values)


def _draft_order(pair: Any, by: Actor, extra: Extra) -> None:
    """T-08 is drafted from the data; the paper is printed, signed and registered."""
    people = [pair.mentor.uuid, *(person.uuid for person in pair.people)]
    pair.order = draft_order(
        "T-08", f"О закреплении: {pair.title}"[:250], subject=pair.uuid, people=people, by=_system(by)
    )


def _drop_order(pair: Any, by: Actor, extra: Extra) -> None:
    """A pair that did not come about needs no draft of its order."""
    if pair.order is not None and pair.order.state not in (OrderState.REGISTERED, OrderState.CANCELLED):
        cancel_order(pair.order, by=_system(by))


def _begin(pair: Any, by: Actor, extra: Extra) -> None:
    pair.started_on = max(pair.planned_from, pair.order.signed_on)
    pair.suspended_on = None


def _draft_pay_order(pair: Any, by: Actor, extra: Extra) -> None:
    """T-10 has its own number: drafted when the pair begins to work, on the grounds of T-08 and T-09."""
    if pair.pay_basis != PayBasis.NONE_BY_ACT:
        draft_order(
            "T-10",
            f"О доплате за наставничество: {pair.mentor.short_name}",
            subject=pair.uuid,
            people=[pair.mentor.uuid],
            by=_system(by),
        )


def _drop_pay_order(pair: Any, by: Actor, extra: Extra) -> None:
    for order in Order.objects.filter(code="T-10", subject=pair.uuid, state__in=OPEN_ORDERS):
        cancel_order(order, by=_system(by))


def _not_begun(pair: Any, by: Actor, extra: Extra) -> None:
    pair.started_on = None


def _activate_card(pair: Any, by: Actor, extra: Extra) -> None:
    """The principal's signature under the order is the second word on the mentor, whoever registers it; the
    first pair makes the card active.
    """
    card = MentorCard.objects.filter(employee_id=pair.mentor_id, state=CardState.CONFIRMED).first()
    if card is None:
        return
    if card.principal_word_on is None:
        CARD.move(card, "endorse", by=by if may_endorse(by, card) else _system(by))
    CARD.move(card, "activate", by=_system(by))


def _suspend(pair: Any, by: Actor, extra: Extra) -> None:
    pair.suspended_on = clock.today()


def _resume(pair: Any, by: Actor, extra: Extra) -> None:
    pair.suspended_on = None


def _notice(pair: Any, by: Actor, extra: Extra) -> None:
    side: Any = pair.role_of(by) or "school"
    reasons = {PairRole.MENTOR: ClosingReason.MENTOR, PairRole.MENTEE: ClosingReason.MENTEE}
    pair.notice_side = side
    pair.notice_on = clock.today()
    pair.notice_by = by.user
    pair.ends_on = extra["ends_on"]
    pair.closing_reason = reasons.get(side, ClosingReason.EMPLOYER)


def _close(pair: Any, by: Actor, extra: Extra) -> None:
    pair.ended_on = clock.today()
    pair.closing_reason = extra.get("closing_reason") or pair.closing_reason or ClosingReason.EMPLOYER
    pair.waiver = str(extra.get("comment", ""))[:300]


def _finish(pair: Any, by: Actor, extra: Extra) -> None:
    pair.ended_on, pair.closing_reason = clock.today(), ClosingReason.COMPLETED


def _dismissed(pair: Any, by: Actor, extra: Extra) -> None:
    pair.closing_reason = ClosingReason.DISMISSAL


def _cancel_programmes(pair: Any, by: Actor, extra: Extra) -> None:
    for programme in pair.programmes.exclude(state__in=(ProgrammeState.COMPLETED, ProgrammeState.CANCELLED)):
        PROGRAMME.move(programme, "cancel", by=_system(by), comment="Пара прекращена.")


def _cancel_meetings(pair: Pair, by: Actor, extra: Extra) -> None:
    """What was planned for a day to come will not be: nobody is reminded of it or asked how it went."""
    for meeting in pair.meetings.filter(state=MeetingState.PLANNED, planned_at__gt=clock.now()):
        MEETING.move(meeting, "cancel", by=_system(by))


OVER = (_cancel_programmes, _cancel_meetings, _reopen_needs)
WORKING = (S.ACTIVE, S.SUSPENDED, S.TERMINATION_NOTICE, S.REPLACING)

OVER_FOR_GOOD = (
    "Прекращённую пару не возобновить. Записи и документы останутся, новая начинается с предложения и "
    "согласий."
)

PAIR = Workflow(
    "pair",
    "Пара",
    Pair,
    (
        Transition(
            "ask",
            "Попросить согласия",
            (S.PROPOSED,),
            S.CONSENT_PENDING,
            access.can_lead_pair,
            (g.MENTOR_READY,),
            (_ask_consents,),
            document="T-06, T-07",
            seed="3.3 (1)",
        ),
        Transition(
            "withdraw",
            "Отозвать предложение",
            (S.PROPOSED, S.CONSENT_PENDING, S.PSYCH_CHECK, S.ORDER_DRAFT),
            S.DECLINED,
            access.can_lead_pair,
            (),
            (_drop_open_consents, _drop_order, _reopen_needs),
            needs_comment=True,
            quiet=True,
            seed="6.1",
            final="Предложение закроется. Потребность останется, и пару можно предложить заново.",
        ),
        Transition(
            "decline",
            "Пара не сложилась",
            (S.CONSENT_PENDING, S.PSYCH_CHECK, S.ORDER_DRAFT),
            S.DECLINED,
            by_time,
            (g.REFUSED,),
            (_drop_open_consents, _drop_order, _reopen_needs),
            seed="3.3 (1)",
        ),
        Transition(
            "collect",
            "Согласия собраны",
            (S.CONSENT_PENDING,),
            S.PSYCH_CHECK,
            by_time,
            (g.CONSENTS,),
            seed="4.5",
        ),
        Transition(
            "conclude",
            "Дать заключение",
            (S.PSYCH_CHECK,),
            S.ORDER_DRAFT,
            access.can_conclude_pair,
            (g.CONCLUSION,),
            (_write_conclusion, _draft_order),
            document="T-14",
            seed="4.5",
            page="conclude",
        ),
        Transition(
            "advise_against",
            "Не рекомендовать",
            (S.PSYCH_CHECK,),
            S.PSYCH_CHECK,
            access.can_conclude_pair,
            (g.CONCLUSION_AGAINST,),
            (_write_conclusion,),
            document="T-14",
            seed="4.5",
            page="conclude",
        ),
        Transition(
            "skip_psychologist",
            "Обойтись без заключения",
            (S.PSYCH_CHECK,),
            S.ORDER_DRAFT,
            access.can_lead_pair,
            (g.NOT_AGAINST,),
            (_not_assessed, _draft_order),
            needs_comment=True,
            quiet=True,
            seed="6",
        ),
        Transition(
            "override",
            "Решить вопреки заключению",
            (S.PSYCH_CHECK,),
            S.ORDER_DRAFT,
            access.can_lead_pair,
            (g.AGAINST,),
            (_draft_order,),
            needs_comment=True,
            seed="4.5",
        ),
        Transition(
            "activate",
            "Зарегистрировать приказ",
            (S.ORDER_DRAFT,),
            S.ACTIVE,
            access.can_register_pair,
            (
                g.ALL_WORK,
                g.READY_TO_SIGN,
                g.CONSENTS,
                g.AGREEMENT,
                g.PAY,
                g.ORDER,
                g.AFTER_CONSENTS,
                g.PERIOD,
            ),
            (_begin, _match_needs, _activate_card, _draft_pay_order),
            document="T-08, T-09, T-10",
            seed="4.1; ст. 351.8 ТК РФ",
            page="register",
        ),
        Transition(
            "take_back",
            "Регистрация приказа отменена",
            (S.ACTIVE,),
            S.ORDER_DRAFT,
            by_time,
            (g.NOT_BEGUN, g.NO_PREDECESSOR, g.PAY_ORDER_OPEN),
            (_not_begun, _drop_pay_order, _reopen_needs),
            document="T-08",
            seed="ст. 351.8 ТК РФ",
        ),
        Transition(
            "suspend",
            "Приостановить пару",
            (S.ACTIVE,),
            S.SUSPENDED,
            access.can_lead_pair,
            (),
            (_suspend,),
            needs_comment=True,
            quiet=True,
            seed="8.3",
        ),
        Transition(
            "resume",
            "Возобновить",
            (S.SUSPENDED,),
            S.ACTIVE,
            access.can_lead_pair,
            (),
            (_resume,),
            seed="8.3",
        ),
        Transition(
            "give_notice",
            "Закончить раньше срока",
            (S.ACTIVE, S.SUSPENDED),
            S.TERMINATION_NOTICE,
            access.can_give_notice,
            (g.NOTICE,),
            (_notice,),
            document="T-21",
            quiet=True,
            seed="ст. 351.8 ТК РФ",
            page="notice",
        ),
        Transition(
            "terminate",
            "Прекратить пару",
            (S.TERMINATION_NOTICE,),
            S.TERMINATED,
            access.can_sign_pair,
            (g.NOTICE_OVER,),
            (_close, *OVER),
            needs_comment=True,
            document="T-22",
            seed="ст. 351.8 ТК РФ",
            final=OVER_FOR_GOOD,
        ),
        Transition(
            "replace",
            "Заменить наставника",
            (S.ACTIVE, S.SUSPENDED, S.TERMINATION_NOTICE),
            S.REPLACING,
            access.can_lead_pair,
            (g.SUCCESSOR,),
            (),
            document="T-22",
            quiet=True,
            seed="ст. 351.8 ТК РФ; 6.1 ШМО (3)",
            page="replace",
        ),
        Transition(
            "hand_on",
            "Новый наставник начал",
            (S.REPLACING,),
            S.TERMINATED,
            by_time,
            (g.SUCCEEDED,),
            (_close, _cancel_programmes, _cancel_meetings),
            document="T-22",
            seed="ст. 351.8 ТК РФ; 6.1 ШМО (3)",
        ),
        Transition(
            "stop_replacing",
            "Прекратить без замены",
            (S.REPLACING,),
            S.TERMINATED,
            access.can_lead_pair,
            (g.NO_SUCCESSOR,),
            (_close, *OVER),
            needs_comment=True,
            document="T-22",
            seed="ст. 351.8 ТК РФ; 6.1 ШМО (3)",
            final=OVER_FOR_GOOD,
        ),
        Transition(
            "complete",
            "Завершить пару",
            (S.ACTIVE,),
            S.COMPLETED,
            access.can_sign_pair,
            (g.PROGRAMME_DONE,),
            (_finish, _cancel_meetings, _fulfil_needs),
            document="T-23",
            seed="4.2 (2)",
            final="Завершённую пару не продолжить. Записи и документы останутся, для новой работы "
            "предлагают новую пару.",
        ),
        Transition(
            "end_by_dismissal",
            "Закончить из-за увольнения",
            (S.ACTIVE, S.SUSPENDED, S.TERMINATION_NOTICE),
            S.TERMINATED,
            access.can_end_by_dismissal,
            (g.LEFT,),
            (_dismissed, _close, *OVER),
            document="T-22",
            quiet=True,
            seed="8.3",
            final=OVER_FOR_GOOD,
        ),
        Transition(
            "end_suspension",
            "Прекратить: пауза дольше трёх месяцев",
            (S.SUSPENDED,),
            S.TERMINATED,
            access.can_lead_pair,
            (g.TOO_LONG,),
            (_close, *OVER),
            document="T-22",
            quiet=True,
            seed="8.3",
            final=OVER_FOR_GOOD,
        ),
    ),
    code="SM-3",
)
