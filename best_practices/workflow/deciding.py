"""What a decision about a practice needs, changes and brings about."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from best_practices import bank
from best_practices.access import in_bank
from best_practices.interest import left_to_ask
from best_practices.letters import PRACTICE_ANSWERED, PRACTICE_HANDED_OVER, Answered
from best_practices.models import Practice
from best_practices.remarks import going_to_school
from best_practices.standing import keep_ahead
from best_practices.states import WAITED
from best_practices.states import PracticeState as S
from best_practices.verdict import Advice, live, missing, verdict
from best_practices.workflow.reviews import REVIEW
from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import Guard, Move
from portal.exchange import rewrite, send

# ── What must be true ───────────────────────────────────────────────────────────────────────────────


def _two_experts(practice: Practice, by: Actor) -> bool:
    return len(live(practice)) >= 2


def _third_expert(practice: Practice, by: Actor) -> bool:
    return len(live(practice)) >= 3


def _advises(advice: Advice) -> Callable[[Practice, Actor], bool]:
    return lambda practice, by: verdict(practice).advice is advice


def _nobody_left(practice: Practice, by: Actor) -> bool:
    return missing(practice) > 0 and not left_to_ask(practice)


def _two_sheets_differ(practice: Practice, by: Actor) -> bool:
    return verdict(practice).advice is Advice.ARBITRATE


def _no_third(practice: Practice, by: Actor) -> bool:
    return not left_to_ask(practice)


def _not_in_bank(practice: Practice, by: Actor) -> bool:
    return not in_bank(practice)


NOBODY_LEFT = Guard(
    "experts_left",
    "Экспертов хватает, или ещё есть кого попросить: назначьте эксперта из списка.",
    _nobody_left,
)
NO_THIRD = Guard(
    "third_left", "Третьего эксперта ещё есть кого попросить: назначьте его из списка.", _no_third
)
DIFFER = Guard(
    "two_sheets",
    "По двум листам решают, когда оба сданы и третьего эксперта взять неоткуда.",
    _two_sheets_differ,
)
TWO = Guard("experts", "Назначьте двух экспертов из других школ.", _two_experts)
THIRD = Guard(
    "third_expert",
    "Когда баллы двух расходятся больше чем на 10 или советы противоположны, назначьте третьего эксперта.",
    _third_expert,
)
PASSED = Guard(
    "threshold",
    "Для рекомендации нужны все листы, средний балл не меньше 35 и ни одного критерия ниже 5.",
    _advises(Advice.RECOMMEND),
)
BETWEEN = Guard(
    "return_band",
    "Вернуть можно, когда все листы сданы и средний балл от 25 до 34,9 или есть критерий ниже 5.",
    _advises(Advice.RETURN),
)
NO_CARD = Guard(
    "in_bank",
    "В банке стоит прежняя редакция этой практики: оставьте её или верните новую на доработку.",
    _not_in_bank,
)
LOW = Guard(
    "reject_band", "Отклонить можно, когда все листы сданы и средний балл ниже 25.", _advises(Advice.REJECT)
)

# ── What changes ────────────────────────────────────────────────────────────────────────────────────


def write_decision(practice: Practice, move: Move[Any]) -> None:
    practice.remarks, practice.decided_on = move.comment, clock.today()


def write_remarks(practice: Practice, move: Move[Any]) -> None:
    """Nobody has judged: there is a word to the school and no decision."""
    practice.remarks, practice.decided_on = move.comment, None


def drop_names_not_asked(practice: Practice, move: Move[Any]) -> None:
    """With the decision the list «не спрашивать» has served, and so has the reserve."""
    practice.not_ask, practice.school_told_whom, practice.reserve = [], False, []


def go_without_third(practice: Practice, move: Move[Any]) -> None:
    practice.without_third = True


def give_code(practice: Practice, move: Move[Any]) -> None:
    """Published again, a practice keeps its number."""
    practice.code = practice.code or bank.next_code()


def count_what_is_ahead(practice: Practice, move: Move[Any]) -> None:
    """Each step leaves behind what is waited for now."""
    keep_ahead(practice)


# ── What follows ────────────────────────────────────────────────────────────────────────────────────


def answer_school(practice: Practice, move: Move[Any]) -> None:
    """The school sees where its practice is, and why, and what it waits for."""
    said = Answered(
        practice=practice.practice,
        state=practice.state,
        comment=move.comment,
        code=practice.code if in_bank(practice) else "",
        unreviewed=practice.state == S.RETURNED and not practice.decided_on,
        ahead=practice.ahead,
        ahead_on=practice.ahead_on,
        remarks=going_to_school(practice) if practice.state == S.RETURNED else [],
    )
    send(PRACTICE_ANSWERED, said, topic=practice.practice, by=move.by, school=practice.school.uuid)


def answer_that_former_stays(practice: Practice, move: Move[Any]) -> None:
    """The school reads that nothing of the bank has changed, and why."""
    answer_school(practice, replace(move, comment=f"Прежняя редакция остаётся в банке. {move.comment}"))


def no_third_is_waited_for(practice: Practice, move: Move[Any]) -> None:
    """The school, which saw its practice with a third expert, sees it on review again. Why there is none is
    the methodist's word about experts, and stays here.
    """
    if move.source == S.ARBITRATION:
        answer_school(practice, replace(move, comment=""))


def forget_names_in_letter(practice: Practice, move: Move[Any]) -> None:
    """The list «не спрашивать» goes from the letter that brought it, too."""
    rewrite(PRACTICE_HANDED_OVER, practice.practice, not_ask=[])


def close_open_sheets(practice: Practice, move: Move[Any]) -> None:
    """Whoever was still to write a sheet is not waited for any more."""
    why = "Школа отозвала её." if practice.state == S.ARCHIVED else "По ней уже решено."
    for review in practice.reviews.filter(state__in=WAITED).order_by("pk"):
        REVIEW.move(review, "close", by=Actor.system(via="workflow"), comment=why)


def put_into_bank(practice: Practice, move: Move[Any]) -> None:
    bank.put_in(practice, move.by)


def take_off_bank(practice: Practice, move: Move[Any]) -> None:
    bank.take_off(practice)
