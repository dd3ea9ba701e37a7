"""What a practice in the city waits for and until when, as its authors are told: of experts only what they
are to do, and the latest of their days.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from best_practices import terms
from best_practices.letters import PRACTICE_AHEAD, AheadMoved
from best_practices.models import Practice
from best_practices.states import Ahead, ReviewState
from best_practices.states import PracticeState as S
from best_practices.verdict import Advice, live, missing, verdict
from portal.core.actor import Actor
from portal.core.reading import weighing
from portal.exchange import send

_BY_STATE: Mapping[str, Ahead] = {
    S.SUBMITTED: Ahead.TAKE,
    S.FORMAL_CHECK: Ahead.CHECK,
    S.RETURNED: Ahead.MEND,
    S.RECOMMENDED: Ahead.PUBLISH,
}
JUDGED = (S.REVIEW, S.ARBITRATION)
_OF_EXPERTS = {ReviewState.INVITED: Ahead.ANSWER, ReviewState.ACCEPTED: Ahead.SHEET}
_TERMS: Mapping[Ahead, Callable[[], dt.date]] = {
    Ahead.TAKE: terms.check_until,
    Ahead.CHECK: terms.check_until,
    Ahead.NAME: terms.check_until,
    Ahead.DECIDE: terms.decision_until,
    Ahead.PUBLISH: terms.decision_until,
    Ahead.MEND: terms.mend_until,
}


def keep_ahead(practice: Practice) -> bool:
    """Writes what is ahead by the state of things; whether it is other than it was. It is no change of the
    practice. A day that hangs on nobody's term is counted once, when its turn has come.
    """
    with weighing():  # neither experts nor authors are shown to whoever makes the step
        ahead = _ahead_of(practice)
        until = _until(practice, ahead)
    if (practice.ahead, practice.ahead_on) == (ahead, until):
        return False
    practice.ahead, practice.ahead_on = ahead, until
    Practice.objects.filter(pk=practice.pk).update(ahead=ahead, ahead_on=until)
    return True


def tell_ahead(practice: Practice) -> None:
    """The school hears of another day, when there is one; of the sender it learns nothing."""
    if practice.state in JUDGED and keep_ahead(practice):
        said = AheadMoved(practice=practice.practice, ahead=practice.ahead, ahead_on=practice.ahead_on)
        by = Actor.system(via="workflow")
        send(PRACTICE_AHEAD, said, topic=practice.practice, by=by, school=practice.school.uuid)


def _ahead_of(practice: Practice) -> str:
    if practice.state not in JUDGED:
        return str(_BY_STATE.get(practice.state, ""))
    waited = {review.state for review in live(practice)}
    found = next((ahead for state, ahead in _OF_EXPERTS.items() if state in waited), None)
    if found is not None:
        return str(found)
    lacks = missing(practice) or verdict(practice).advice is Advice.ARBITRATE
    return str(Ahead.NAME if lacks else Ahead.DECIDE)


def _until(practice: Practice, ahead: str) -> dt.date | None:
    days = [
        review.waits_until
        for review in live(practice)
        if review.waits_until is not None and _OF_EXPERTS[ReviewState(review.state)] == ahead
    ]
    if days and practice.state in JUDGED:
        return max(days)
    if practice.ahead == ahead and practice.ahead_on is not None:
        return practice.ahead_on
    return _TERMS[Ahead(ahead)]() if ahead else None
