"""SM-1 for mentoring: T-06 and T-07. Refusing needs no reason and has no consequence but one: the pair does
not begin.

A consent lasts as long as its pair: `expire` closes what is not asked for any more, there is no term of its
own. What an answer means for the pair is said in `mentoring.follows`.
"""

from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import (
    Baton,
    Begins,
    Check,
    Guard,
    Move,
    Told,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_lane,
    no_paper,
    nobody,
    write_asked,
)
from portal.mentoring.access import pairs as access
from portal.mentoring.models import MentoringConsent
from portal.mentoring.notices import curators, pair_page
from portal.mentoring.states import ConsentState as S
from portal.mentoring.states import PairRole, PairState
from portal.mentoring.workflow.asked import GiveConsent, SayNo


def _is_asked(consent: MentoringConsent, by: Actor) -> bool:
    return consent.pair.state == PairState.CONSENT_PENDING


def _is_signed(consent: MentoringConsent, move: Move[GiveConsent]) -> bool:
    return consent.scan_id is not None or move.asked.scan is not None


def _day_has_come(consent: MentoringConsent, move: Move[GiveConsent]) -> bool:
    return move.asked.given_on is None or move.asked.given_on <= clock.today()


def _has_chosen(consent: MentoringConsent, move: Move[GiveConsent]) -> bool:
    return consent.role != PairRole.MENTEE or move.asked.shows_profile is not None


def _write_consent(consent: MentoringConsent, move: Move[GiveConsent]) -> None:
    asked = move.asked
    consent.scan = asked.scan or consent.scan
    consent.method = "paper_scan"
    consent.given_on = asked.given_on or clock.today()
    consent.answered_on = clock.today()
    consent.shows_profile = asked.shows_profile if consent.role == PairRole.MENTEE else None
    consent.wishes = asked.wishes


def _answered(consent: MentoringConsent, move: Move[Any]) -> None:
    consent.answered_on = clock.today()


def _withdrawn(consent: MentoringConsent, move: Move[Any]) -> None:
    consent.withdrawn_on = clock.today()


def _curators_hear(what: str) -> tuple[Told[MentoringConsent], ...]:
    def text(consent: MentoringConsent) -> str:
        return f"{consent.person.short_name}: {what}"

    return (Told(curators, text, lambda consent: pair_page(consent.pair)),)


ASKED = Guard("not_asked", "Согласие по этой паре сейчас не собирают.", _is_asked)
SIGNED = Check("scan", "Приложите скан или фото подписанного согласия.", _is_signed, field="scan")
DAY = Check("given_on", "День подписи ещё не наступил.", _day_has_come, field="given_on")
CHOSEN = Check(
    "shows_profile",
    "Отметьте, показать ли наставнику, что даётся трудно: так, как отмечено на бумаге.",
    _has_chosen,
    field="shows_profile",
)

CONSENT: Workflow[MentoringConsent] = Workflow(
    name="mentoring_consent",
    code="SM-1",
    title="Согласие на наставничество",
    model=MentoringConsent,
    lane=no_lane("Согласие стоит строкой среди документов пары, дорожка у самой пары."),
    begins=Begins(states=(S.DRAFT,), baton=Baton("за тем, кого спросили", "ответить")),
    transitions=(
        Transition(
            verb="give",
            label="Дать согласие",
            sources=(S.DRAFT,),
            target=S.GIVEN,
            rule=access.can_answer_consent,
            guards=(ASKED,),
            asks=GiveConsent,
            checks=(DAY, SIGNED, CHOSEN),
            changes=(_write_consent,),
            journal="Согласие быть в паре дано",
            said="Спасибо, согласие записано.",
            told=_curators_hear("согласие дано"),
            baton=no_baton("Ответ дан, дальше идёт пара."),
            paper="T-06, T-07",
            seed="3.3 (1)",
        ),
        Transition(
            verb="refuse",
            label="Отказаться",
            sources=(S.DRAFT,),
            target=S.REFUSED,
            rule=access.is_own_consent,
            guards=(ASKED,),
            asks=SayNo,
            changes=(write_asked, _answered),
            quiet=True,
            final="Эта пара не начнётся. Если передумаете, куратор предложит её заново.",
            journal="Отказ быть в паре",
            said="Записано. Объяснять ничего не нужно.",
            told=_curators_hear("отказ, пара не сложилась"),
            baton=no_baton("Ответ дан, пара не начнётся."),
            paper=no_paper("Отказ ничего не подписывает."),
            seed="3.3 (1)",
        ),
        Transition(
            verb="withdraw",
            label="Отозвать согласие",
            sources=(S.GIVEN,),
            target=S.WITHDRAWN,
            rule=access.is_own_consent,
            asks=SayNo,
            changes=(write_asked, _withdrawn),
            quiet=True,
            final="Пара, которая ещё не началась, не начнётся; действующая закончится в срок уведомления. "
            "Вернуть отозванное согласие нельзя.",
            journal="Согласие быть в паре отозвано",
            said="Записано. Согласие отозвано.",
            told=_curators_hear("согласие отозвано"),
            baton=no_baton("Согласие отозвано, дальше идёт пара."),
            paper=no_paper("Подписанное согласие остаётся, отзыв записан рядом с ним."),
            seed="3.3 (1)",
        ),
        Transition(
            verb="expire",
            label="Больше не нужно",
            sources=(S.DRAFT,),
            target=S.EXPIRED,
            rule=by_time,
            journal="Согласие больше не нужно",
            told=nobody("Люди пары узнают о ней самой: она не сложилась или отозвана."),
            baton=no_baton("Спрашивать больше не о чем."),
            paper=no_paper("Бумаги не было."),
            seed="3.3 (1)",
        ),
    ),
)
