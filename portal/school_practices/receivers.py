"""Answers of the city about practices; and an author who takes the consent back."""

from typing import Any

from best_practices.letters import EXPERT_ANSWERED, PRACTICE_ANSWERED
from portal.core.actor import Actor
from portal.core.workflow import Move
from portal.exchange import Letter, receives
from portal.school_practices import services
from portal.staff.models import PersonalConsent
from portal.staff.states import ConsentKind, ConsentState


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


def take_back_without_consent(*, sender: Any, obj: Any, move: Move[Any], **_: Any) -> None:
    """Receiver of `core.workflow.transitioned`: a consent to distribution is over, so nothing of its author
    stays with the city.
    """
    if (
        sender is PersonalConsent
        and obj.kind == ConsentKind.DISTRIBUTION
        and obj.state in (ConsentState.WITHDRAWN, ConsentState.EXPIRED)
    ):
        services.recall_of_author(obj.employee, by=Actor.system(school=move.by.school, via="workflow"))
