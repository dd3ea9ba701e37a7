"""Answers of the city about practices."""

from best_practices.letters import (
    EXPERT_ANSWERED,
    ORDER_ANSWERED,
    ORDER_CALLED,
    PRACTICE_AHEAD,
    PRACTICE_ANSWERED,
)
from best_practices.services import hear_answer, hear_called
from portal.core.actor import Actor
from portal.exchange import Letter, receives
from portal.school_practices import services, standing
from portal.school_practices.workflow.steps import CityAnswer


@receives(PRACTICE_ANSWERED)
def keep_answer(letter: Letter) -> None:
    said = letter.payload
    services.mirror_answer(
        said.practice,
        state=said.state,
        comment=said.comment,
        answer=CityAnswer(
            code=said.code,
            unreviewed=said.unreviewed,
            ahead=said.ahead,
            ahead_on=said.ahead_on,
            remarks=tuple(said.remarks),
        ),
        by=Actor.system(letter.school, via="post"),
    )


@receives(PRACTICE_AHEAD)
def keep_day(letter: Letter) -> None:
    standing.keep_day(letter.payload)


@receives(EXPERT_ANSWERED)
def keep_expert_answer(letter: Letter) -> None:
    services.keep_expert_answer(letter.payload, by=Actor.system(letter.school, via="post"))


@receives(ORDER_ANSWERED)
def hear_order_answer(letter: Letter) -> None:
    hear_answer(letter.payload, letter.topic)


@receives(ORDER_CALLED)
def hear_order_called(letter: Letter) -> None:
    hear_called(letter.payload, letter.topic)
