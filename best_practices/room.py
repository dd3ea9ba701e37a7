"""What the expertise and the bank give to the other rooms."""

from best_practices import exports, letters, receivers
from best_practices.selectors import next_steps
from portal.core.next_steps import IN_CITY
from portal.exchange import KINDS, RECEIVERS
from portal.papers import kinds as papers

GIVES = (
    IN_CITY.give(next_steps),
    KINDS.give(
        letters.PRACTICE_HANDED_OVER,
        letters.PRACTICE_RECALLED,
        letters.PRACTICE_ANSWERED,
        letters.EXPERT_PROPOSED,
        letters.EXPERT_ANSWERED,
    ),
    RECEIVERS.give(receivers.take_practice, receivers.give_back, receivers.keep_proposal),
    papers.KINDS.give(exports.SHEET, exports.PROTOCOL),
)
