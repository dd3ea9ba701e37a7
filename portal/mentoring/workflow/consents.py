"""SM-1 for mentoring: T-06 and T-07. Refusing needs no reason and has no consequence but one: the pair does
not begin.

A consent lasts as long as its pair: `expire` closes what is not asked for any more, there is no term of its
own. A consent that is taken back ends a working pair by a notice (`services.withdraw_consent`).
"""

from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time
from portal.mentoring.access import pairs as access
from portal.mentoring.models import MentoringConsent
from portal.mentoring.states import ConsentState as S
from portal.mentoring.states import PairRole, PairState


def _is_signed(consent: MentoringConsent, by: Actor, extra: Extra) -> bool:
    return consent.scan_id is not None or extra.get("scan") is not None


def _is_asked(consent: MentoringConsent, by: Actor, extra: Extra) -> bool:
    return consent.pair.state == PairState.CONSENT_PENDING


def _attach(consent: Any, by: Actor, extra: Extra) -> None:
    if extra.get("scan") is not None:
        consent.scan = extra["scan"]
    consent.method = extra.get("method") or "paper_scan"


def _given(consent: Any, by: Actor, extra: Extra) -> None:
    consent.given_on = extra.get("given_on") or clock.today()
    consent.answered_on = clock.today()
    consent.shows_profile = extra.get("shows_profile") if consent.role == PairRole.MENTEE else None
    consent.wishes = extra.get("wishes", "")


def _refused(consent: Any, by: Actor, extra: Extra) -> None:
    consent.answered_on, consent.private_reason = clock.today(), extra.get("private_reason", "")


def _withdrawn(consent: Any, by: Actor, extra: Extra) -> None:
    consent.withdrawn_on, consent.private_reason = clock.today(), extra.get("private_reason", "")


def _has_chosen(consent: MentoringConsent, by: Actor, extra: Extra) -> bool:
    return consent.role != PairRole.MENTEE or extra.get("shows_profile") is not None


CHOSEN = Guard(
    "shows_profile",
    "Отметьте, показать ли наставнику, что даётся трудно: так, как отмечено на бумаге.",
    _has_chosen,
    field="shows_profile",
)
SIGNED = Guard("scan", "Приложите скан или фото подписанного согласия.", _is_signed, field="scan")
ASKED = Guard("not_asked", "Согласие по этой паре сейчас не собирают.", _is_asked)

CONSENT = Workflow(
    "mentoring_consent",
    "Согласие на наставничество",
    MentoringConsent,
    (
        Transition(
            "give",
            "Дать согласие",
            (S.DRAFT,),
            S.GIVEN,
            access.can_answer_consent,
            (ASKED, SIGNED, CHOSEN),
            (_attach, _given),
            document="T-06, T-07",
            seed="3.3 (1)",
        ),
        Transition(
            "refuse",
            "Отказаться",
            (S.DRAFT,),
            S.REFUSED,
            access.is_own_consent,
            (ASKED,),
            (_refused,),
            quiet=True,
            seed="3.3 (1)",
            final="Эта пара не начнётся. Если передумаете, куратор предложит её заново.",
        ),
        Transition(
            "withdraw",
            "Отозвать согласие",
            (S.GIVEN,),
            S.WITHDRAWN,
            access.is_own_consent,
            (),
            (_withdrawn,),
            quiet=True,
            seed="3.3 (1)",
            final="Пара, которая ещё не началась, не начнётся; действующая закончится в срок уведомления. "
            "Вернуть отозванное согласие нельзя.",
        ),
        Transition("expire", "Больше не нужно", (S.DRAFT,), S.EXPIRED, by_time, seed="3.3 (1)"),
    ),
    code="SM-1",
)
