"""Answers of the city about practices."""

from best_practices.letters import EXPERT_ANSWERED, ORDER_ANSWERED, PRACTICE_ANSWERED
from best_practices.services import hear_answer
from portal.core.actor import Actor
from portal.exchange import Letter, receives
from portal.school_practices import services


@receives(PRACTICE_ANSWERED)
def keep_answer(letter: Letter) -> None:
    said = letter.payload
    services.mirror_answer(
        said.practice,
        state=said.state,
        comment=said.comment,
        code=said.code,
        unreviewed=said.unreviewed,
        by=Actor.system(letter.school, via="post"),
    )


@receives(EXPERT_ANSWERED)
def keep_expert_answer(letter: Letter) -> None:
    services.keep_expert_answer(letter.payload, by=Actor.system(letter.school, via="post"))


@receives(ORDER_ANSWERED)
def hear_order_answer(letter: Letter) -> None:
    hear_answer(letter.payload, letter.topic)
