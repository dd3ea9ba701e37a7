"""Hand-overs of schools."""

from best_practices import services
from best_practices.letters import (
    EXPERT_PROPOSED,
    PRACTICE_HANDED_OVER,
    PRACTICE_ORDERED,
    PRACTICE_RECALLED,
    SEARCH_ASKED,
)
from portal.exchange import Letter, receives
from tenants.models import School


@receives(PRACTICE_HANDED_OVER)
def take_practice(letter: Letter) -> None:
    services.receive_practice(letter.payload, letter.school, letter.by)


@receives(PRACTICE_RECALLED)
def give_back(letter: Letter) -> None:
    services.recall_practice(letter.payload, letter.school)


@receives(EXPERT_PROPOSED)
def keep_proposal(letter: Letter) -> None:
    services.keep_proposal(letter.payload, School.objects.get(uuid=letter.school))  # type: ignore[misc]


@receives(SEARCH_ASKED)
def count_questions(letter: Letter) -> None:
    services.count_questions(letter.payload, letter.topic)


@receives(PRACTICE_ORDERED)
def keep_order(letter: Letter) -> None:
    services.keep_order(letter.payload, letter.topic, School.objects.get(uuid=letter.school))  # type: ignore[misc]
