"""An expert's assignment: assigned, then a sheet or a refusal; or the methodist takes it away, with a
reason.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from best_practices import access
from best_practices.interest import is_interested
from best_practices.models import Review
from best_practices.sheet import ADVICE, LONGER, SCORE, Sheet, check_comment, is_score
from best_practices.states import CRITERIA, Recommendation
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
)


def _is_the_expert(by: Actor, review: Review) -> bool:
    return access.is_expert_of(by, review)


def _has_no_interest(review: Review, by: Actor) -> bool:
    return not is_interested(review.practice, review.expert)


def _has_interest(review: Review, by: Actor) -> bool:
    return is_interested(review.practice, review.expert)


def _is_not_decided(review: Review, by: Actor) -> bool:
    return review.practice.state in UNDER_REVIEW


def _score_given(code: str) -> Callable[[Review, Move[Sheet]], bool]:
    def met(review: Review, move: Move[Sheet]) -> bool:
        return is_score(move.asked.scores[code])

    return met


def _comment_helps(review: Review, move: Move[Sheet]) -> bool:
    check_comment(move.comment)
    return True


def _advice_given(review: Review, move: Move[Sheet]) -> bool:
    return move.asked.recommendation in Recommendation.values


def _write_sheet(review: Review, move: Move[Sheet]) -> None:
    review.scores = move.asked.scores
    review.recommendation = move.asked.recommendation
    review.comment = move.comment
    review.total, review.submitted_at = sum(review.scores.values()), clock.now()


def _say_why(review: Review, move: Move[Any]) -> None:
    review.gone_because = move.comment[:300]


def _new_version_of_practice(review: Review, move: Move[Any]) -> None:
    """Whoever decides by an older page sees first that an expert is gone."""
    review.practice.save_change()


def _expert(review: Review) -> Iterable[UUID]:
    return [review.expert]


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

_OTHER_WILL = (
    Told(
        _expert,
        lambda r: (
            f"Практику {quoted(r.practice.title[:120])} оценит другой эксперт. Причина: {r.gone_because}"
        ),
        lambda r: "/expertise/",
        kind="review_withdrawn",
    ),
)
_REMOVED = "Эксперт снят и знает об этом. Теперь назначьте другого."
_ANOTHER = Baton("за методистом", "назначить другого эксперта, если практика ещё не решена")

REVIEW: Workflow[Review] = Workflow(
    name="review",
    title="Экспертный лист",
    model=Review,
    lane=no_lane("Лист стоит строкой на странице практики."),
    paper=no_paper("Лист печатают, когда он сдан."),
    begins=Begins(states=(S.ASSIGNED,), baton=Baton("за экспертом", "сдать лист или отказаться")),
    transitions=(
        Transition(
            verb="submit",
            label="Сдать лист",
            sources=(S.ASSIGNED,),
            target=S.SUBMITTED,
            rule=_is_the_expert,
            guards=(FREE,),
            asks=Sheet,
            checks=(
                *(Check("score", SCORE, _score_given(code), field=code) for code in CRITERIA),
                Check("comment", f"{LONGER}.", _comment_helps, field="comment"),
                Check("recommendation", ADVICE, _advice_given, field="recommendation"),
            ),
            changes=(_write_sheet,),
            journal="Экспертный лист сдан",
            said="Лист сдан. Спасибо, эстафета у методического отдела.",
            told=nobody("Методист видит сданные листы в «Что дальше» и на странице практики."),
            baton=Baton("за методистом", "решить, когда сданы все листы"),
            paper="T-36",
        ),
        Transition(
            verb="decline",
            label="Отказаться",
            sources=(S.ASSIGNED,),
            target=S.DECLINED,
            rule=_is_the_expert,
            quiet=True,
            journal="Эксперт отказался от оценки",
            said="Вы отказались. Методист назначит другого эксперта.",
            told=nobody("Методист видит отказ в «Что дальше» и на странице практики."),
            baton=_ANOTHER,
        ),
        Transition(
            verb="withdraw",
            label="Снять эксперта",
            sources=(S.ASSIGNED,),
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
            sources=(S.ASSIGNED,),
            target=S.WITHDRAWN,
            rule=by_time,
            changes=(_say_why,),
            quiet=True,
            journal="Лист больше не нужен",
            told=(
                Told(
                    _expert,
                    lambda r: (
                        f"Практику {quoted(r.practice.title[:120])} оценивать больше не нужно. "
                        f"{r.gone_because} Спасибо."
                    ),
                    lambda r: "/expertise/",
                    kind="review_closed",
                ),
            ),
            baton=_ANOTHER,
        ),
    ),
)
