"""An expert's assignment: invited, agreed, then a sheet or a refusal; or the methodist takes it away, gives
it to another or gives more time, with a reason.

What follows for the practice (the next of the reserve, an arbiter) stands in `follows.py`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from best_practices import access, remarks, terms
from best_practices.blinding import blind_title
from best_practices.interest import is_interested
from best_practices.models import Review, SheetDraft
from best_practices.reserve import next_of_reserve
from best_practices.sheet import ADVICE, LONGER, REMARKS, SCORE, Sheet, check_comment, is_score
from best_practices.states import CRITERIA, WAITED, Recommendation, Refusal
from best_practices.states import ReviewState as S
from best_practices.verdict import UNDER_REVIEW
from portal.core import clock
from portal.core.actor import Actor
from portal.core.text import quoted
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
    no_lane,
    no_paper,
    nobody,
    write_asked,
)

LONGEST_TERM = dt.timedelta(days=90)
"""Nobody waits for an expert longer than that from today."""


@dataclass(frozen=True, kw_only=True)
class Declined:
    """Why; it may stay unsaid."""

    refusal: str = ""


@dataclass(frozen=True, kw_only=True)
class LaterTerm:
    """The new last day of what the expert is asked for now."""

    until: dt.date


def _is_the_expert(by: Actor, review: Review) -> bool:
    return access.is_expert_of(by, review)


def _has_no_interest(review: Review, by: Actor) -> bool:
    return not is_interested(review.practice, review.expert)


def _has_interest(review: Review, by: Actor) -> bool:
    return is_interested(review.practice, review.expert)


def _is_not_decided(review: Review, by: Actor) -> bool:
    return review.practice.state in UNDER_REVIEW


def _has_reserve(review: Review, by: Actor) -> bool:
    return next_of_reserve(review.practice, instead_of=review) is not None


def _score_given(code: str) -> Callable[[Review, Move[Sheet]], bool]:
    def met(review: Review, move: Move[Sheet]) -> bool:
        return is_score(move.asked.scores[code])

    return met


def _comment_helps(review: Review, move: Move[Sheet]) -> bool:
    check_comment(move.comment)
    return True


def _advice_given(review: Review, move: Move[Sheet]) -> bool:
    return move.asked.recommendation in Recommendation.values


def _remarks_fit(review: Review, move: Move[Sheet]) -> bool:
    return remarks.fit(move.asked.remarks)


def _remarks_unsigned(review: Review, move: Move[Sheet]) -> bool:
    return not remarks.is_signed(review, move.asked.remarks)


def _write_remarks(review: Review, move: Move[Sheet]) -> None:
    remarks.write_of_sheet(review, move.asked.remarks)


def _drop_draft(review: Review, move: Move[Any]) -> None:
    """What was being written has served, or is not wanted any more."""
    if review.state != S.ACCEPTED:
        SheetDraft.objects.filter(review=review).delete()


def _reason_known(review: Review, move: Move[Declined]) -> bool:
    return move.asked.refusal in ("", *Refusal.values)


def _is_later(review: Review, move: Move[LaterTerm]) -> bool:
    present = max(review.waits_until or clock.today(), clock.today())
    return present < move.asked.until <= clock.today() + LONGEST_TERM


def _begin_term(review: Review, move: Move[Any]) -> None:
    review.due_on, review.reminded = terms.sheet_until(), []


def _write_sheet(review: Review, move: Move[Sheet]) -> None:
    review.scores = move.asked.scores
    review.recommendation = move.asked.recommendation
    review.comment = move.comment
    review.total, review.submitted_at = sum(review.scores.values()), clock.now()


def _say_why(review: Review, move: Move[Any]) -> None:
    review.gone_because = move.comment[:300]


def _answer_later(review: Review, move: Move[LaterTerm]) -> None:
    review.answer_due_on, review.reminded = move.asked.until, []


def _judge_later(review: Review, move: Move[LaterTerm]) -> None:
    review.due_on, review.reminded = move.asked.until, []


def _new_version_of_practice(review: Review, move: Move[Any]) -> None:
    """Whoever decides by an older page sees first that an expert is gone."""
    review.practice.save_change()


def _expert(review: Review) -> Iterable[UUID]:
    return [review.expert]


def _title(review: Review) -> str:
    return quoted(blind_title(review.practice)[:120])


def _own_page(review: Review) -> str:
    return f"/expertise/{review.uuid}/"


FREE = Guard(
    "interest",
    "Эту практику вам больше нельзя оценивать: за это время вы стали связаны с её авторами. Откажитесь, "
    "методист попросит другого.",
    _has_no_interest,
)
BOUND = Guard(
    "no_interest",
    "Сданный лист снимают, только когда эксперт связан с практикой: работает в её школе или назван среди "
    "тех, кого не спрашивать.",
    _has_interest,
)
UNDECIDED = Guard("decided", "По этой практике уже решено: листы остаются в протоколе.", _is_not_decided)
RESERVE = Guard(
    "reserve",
    "В резерве нет никого, кого сейчас можно пригласить. Назовите резерв или снимите эксперта и назначьте "
    "другого.",
    _has_reserve,
)
REASON = Check("refusal", "Выберите причину из списка или откажитесь без неё.", _reason_known, "refusal")
LATER = Check(
    "later",
    "Новый срок должен быть позже прежнего и сегодняшнего дня, но не дальше 90 дней от сегодня.",
    _is_later,
    "until",
)

_OTHER_WILL = (
    Told(
        _expert,
        lambda r: f"Практику {_title(r)} оценит другой эксперт. Причина: {r.gone_because}",
        lambda r: "/expertise/",
        kind="review_withdrawn",
    ),
)
_LATER_TOLD = (
    Told(
        _expert,
        lambda r: f"Срок по практике {_title(r)} продлён до {r.waits_until:%d.%m.%Y}",
        _own_page,
        kind="review_prolonged",
    ),
)
_REMOVED = "Эксперт снят и знает об этом. Теперь назначьте другого."
_ANOTHER = Baton("за методистом", "назначить другого эксперта, если практика ещё не решена")
_TO_ANSWER = Baton("за экспертом", "ответить, возьмётся ли он")
_TO_JUDGE = Baton("за экспертом", "сдать лист или отказаться")
_PROLONG: dict[str, Any] = {
    "verb": "prolong",
    "label": "Продлить срок",
    "rule": access.can_lead_review,
    "needs_comment": True,
    "asks": LaterTerm,
    "checks": (LATER,),
    "quiet": True,
    "said": "Срок продлён, эксперт об этом знает.",
    "told": _LATER_TOLD,
}

REVIEW: Workflow[Review] = Workflow(
    name="review",
    title="Экспертный лист",
    model=Review,
    keeps=(_drop_draft,),
    lane=no_lane("Лист стоит строкой на странице практики."),
    paper=no_paper("Лист печатают, когда он сдан."),
    begins=Begins(states=(S.INVITED,), baton=_TO_ANSWER),
    transitions=(
        Transition(
            verb="accept",
            label="Согласиться",
            sources=(S.INVITED,),
            target=S.ACCEPTED,
            rule=_is_the_expert,
            guards=(FREE,),
            changes=(_begin_term,),
            journal="Эксперт согласился оценить практику",
            said="Спасибо, что согласились. Прочитайте практику и сдайте лист в срок.",
            told=nobody("Методист видит согласие на странице практики."),
            baton=_TO_JUDGE,
        ),
        Transition(
            verb="submit",
            label="Сдать лист",
            sources=(S.ACCEPTED,),
            target=S.SUBMITTED,
            rule=_is_the_expert,
            guards=(FREE,),
            asks=Sheet,
            checks=(
                *(Check("score", SCORE, _score_given(code), field=code) for code in CRITERIA),
                Check("comment", f"{LONGER}.", _comment_helps, field="comment"),
                Check("recommendation", ADVICE, _advice_given, field="recommendation"),
                Check("remarks", REMARKS, _remarks_fit, field="remarks"),
                Check("signed", remarks.SIGNED, _remarks_unsigned, field="remarks"),
            ),
            changes=(_write_sheet,),
            follows=(_write_remarks,),
            journal="Экспертный лист сдан",
            said="Лист сдан. Спасибо, эстафета у методического отдела.",
            told=nobody("Методист видит сданные листы в «Что дальше» и на странице практики."),
            baton=Baton("за методистом", "решить, когда сданы все листы"),
            paper="T-36",
        ),
        Transition(
            verb="decline",
            label="Отказаться",
            sources=WAITED,
            target=S.DECLINED,
            rule=_is_the_expert,
            asks=Declined,
            checks=(REASON,),
            changes=(write_asked,),
            quiet=True,
            journal="Эксперт отказался от оценки",
            said="Вы отказались. Практику предложат другому эксперту.",
            told=nobody("Методисту пишет то, что следует за отказом: кого пригласили вместо."),
            baton=_ANOTHER,
        ),
        Transition(
            verb="replace_silent",
            label="Пригласить следующего: ответа нет",
            sources=(S.INVITED,),
            target=S.REPLACED,
            rule=by_time,
            guards=(RESERVE,),
            changes=(_say_why,),
            follows=(_new_version_of_practice,),
            quiet=True,
            journal="Эксперт не ответил в срок, приглашён следующий",
            told=_OTHER_WILL,
            baton=_ANOTHER,
        ),
        Transition(
            verb="replace",
            label="Заменить следующим из резерва",
            sources=WAITED,
            target=S.REPLACED,
            rule=access.can_lead_review,
            guards=(RESERVE,),
            needs_comment=True,
            changes=(_say_why,),
            follows=(_new_version_of_practice,),
            quiet=True,
            journal="Эксперта заменили следующим из резерва",
            said="Эксперт снят, следующий из резерва приглашён. Оба об этом знают.",
            told=_OTHER_WILL,
            baton=_ANOTHER,
        ),
        Transition(
            **_PROLONG,
            sources=(S.INVITED,),
            target=S.INVITED,
            changes=(_answer_later,),
            journal="Срок ответа продлён",
            baton=_TO_ANSWER,
        ),
        Transition(
            **_PROLONG,
            sources=(S.ACCEPTED,),
            target=S.ACCEPTED,
            changes=(_judge_later,),
            journal="Срок оценки продлён",
            baton=_TO_JUDGE,
        ),
        Transition(
            verb="withdraw",
            label="Снять эксперта",
            sources=WAITED,
            target=S.WITHDRAWN,
            rule=access.can_lead_review,
            needs_comment=True,
            changes=(_say_why,),
            follows=(_new_version_of_practice,),
            quiet=True,
            journal="Эксперт снят с практики",
            said=_REMOVED,
            told=_OTHER_WILL,
            baton=_ANOTHER,
        ),
        Transition(
            verb="set_aside",
            label="Снять сданный лист",
            sources=(S.SUBMITTED,),
            target=S.WITHDRAWN,
            rule=access.can_lead_review,
            guards=(UNDECIDED, BOUND),
            needs_comment=True,
            changes=(_say_why,),
            follows=(_new_version_of_practice,),
            quiet=True,
            journal="Сданный лист снят: эксперт связан с практикой",
            said=_REMOVED,
            told=_OTHER_WILL,
            baton=_ANOTHER,
        ),
        Transition(
            verb="close",
            label="Лист больше не нужен",
            sources=WAITED,
            target=S.WITHDRAWN,
            rule=by_time,
            changes=(_say_why,),
            quiet=True,
            journal="Лист больше не нужен",
            told=(
                Told(
                    _expert,
                    lambda r: f"Практику {_title(r)} оценивать больше не нужно. {r.gone_because} Спасибо.",
                    lambda r: "/expertise/",
                    kind="review_closed",
                ),
            ),
            baton=_ANOTHER,
        ),
    ),
)
