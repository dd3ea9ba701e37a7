"""What the expertise does on its own steps: the portal invites the next of the reserve, or an arbiter, in the
transaction of the step that calls for it.
"""

from typing import Any

from best_practices.inviting import ARBITRATION, invite_next, tell_methodists
from best_practices.judging_again import invite_judges
from best_practices.models import Practice, Review
from best_practices.standing import tell_ahead
from best_practices.states import PracticeState
from best_practices.verdict import UNDER_REVIEW, Advice, verdict
from best_practices.workflow import PRACTICE, REVIEW
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.reading import weighing
from portal.core.workflow import Move, On

_NOBODY = "В резерве никого, кого можно пригласить: назначьте эксперта сами."


def _practice_of(review: Review) -> Practice:
    """Its authors are not shown to whoever makes the step."""
    with weighing():
        found: Practice = lock(Practice, review.practice_id)
    return found


def invite_instead(review: Review, move: Move[Any]) -> None:
    """Nobody waits for the methodist where a reserve is named."""
    practice = _practice_of(review)
    if practice.state not in UNDER_REVIEW or review.revision != practice.revision:
        return
    asked = invite_next(practice, stage=review.stage, instead_of=review)
    if move.by.is_system or by_expert(review, move):
        gone = "Эксперт отказался" if by_expert(review, move) else "Эксперт не ответил в срок"
        now = "приглашён следующий из резерва." if asked else f"а замены нет. {_NOBODY}"
        tell_methodists(practice, "review_handed_on", f"{gone}, {now}")


def by_expert(review: Review, move: Move[Any]) -> bool:
    """Whether the expert has made the step, not the methodist and not time."""
    return move.by.is_person(review.expert)


def settle_dispute(practice: Practice) -> None:
    """Two sheets differ: an arbiter is invited at once; without a reserve the methodist names one."""
    if practice.state != PracticeState.REVIEW or verdict(practice).advice is not Advice.ARBITRATE:
        return
    if invite_next(practice, stage=ARBITRATION) is None:
        tell_methodists(practice, "practice_dispute", f"Мнения экспертов разошлись. {_NOBODY}")
        return
    PRACTICE.move(practice, "arbitrate", by=Actor.system(via="workflow"))
    tell_methodists(
        practice, "practice_dispute", "Мнения экспертов разошлись, третий эксперт приглашён из резерва."
    )


def settle_after_sheet(review: Review, move: Move[Any]) -> None:
    """Of the sheets that have come."""
    with weighing():
        settle_dispute(_practice_of(review))


def settle_after_start(practice: Practice, move: Move[Any]) -> None:
    """Both sheets may have come before the practice was sent on."""
    settle_dispute(lock(Practice, practice.pk))


def tell_day(review: Review, move: Move[Any]) -> None:
    """The authors' side sees another day."""
    practice = _practice_of(review)
    if review.revision == practice.revision:
        tell_ahead(practice)


def tell_day_of(practice: Practice, move: Move[Any]) -> None:
    """The same of a step of the practice that is no answer to the school."""
    tell_ahead(practice)


_INSTEAD = "Следующего из резерва портал приглашает сам, в той же записи."
_DISPUTE = "Когда два листа расходятся, третьего эксперта из резерва портал приглашает сам."
_DAY = "Авторы видят следующий день, и когда он меняется; кто и сколько экспертов, им не говорят."
_AGAIN = "Исправленную практику оценивают те же эксперты: портал приглашает их первыми."
DAYS_MOVE = (
    "accept",
    "submit",
    "decline",
    "replace",
    "replace_silent",
    "prolong",
    "withdraw",
    "set_aside",
)
FOLLOWS: tuple[On[Any], ...] = (
    On(REVIEW, "decline", invite_instead, why=_INSTEAD),
    On(REVIEW, "replace", invite_instead, why=_INSTEAD),
    On(REVIEW, "replace_silent", invite_instead, why=_INSTEAD),
    On(REVIEW, "submit", settle_after_sheet, why=_DISPUTE),
    On(PRACTICE, "start_review", settle_after_start, why=_DISPUTE),
    On(PRACTICE, "receive", invite_judges, why=_AGAIN),
    *(On(REVIEW, verb, tell_day, why=_DAY) for verb in DAYS_MOVE),
    On(PRACTICE, "go_without_third", tell_day_of, why=_DAY),
)
