"""What two or three sheets say together (SM-10, domain.md §6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from best_practices.models import Practice, Review
from best_practices.states import (
    ARBITRATION_DIFFERENCE,
    CRITERIA,
    GONE,
    LOWEST_CRITERION,
    NEEDED,
    NEEDED_IN_DISPUTE,
    PASS,
    RETURN,
    PracticeState,
    Recommendation,
    ReviewState,
)

UNDER_REVIEW = (PracticeState.FORMAL_CHECK, PracticeState.REVIEW, PracticeState.ARBITRATION)
"""While experts are named and replaced."""


class Advice(StrEnum):
    WAIT = "wait"
    ARBITRATE = "arbitrate"
    RECOMMEND = "recommend"
    RETURN = "return"
    REJECT = "reject"


@dataclass(frozen=True)
class Verdict:
    """The mean of totals (of 50), the lowest mean of a criterion, and what follows by the thresholds."""

    advice: Advice
    mean: float | None = None
    lowest: float | None = None


def submitted(practice: Practice) -> list[Review]:
    """Sheets of the present revision; reviews are prefetched by the door."""
    return [
        r
        for r in practice.reviews.all()
        if r.revision == practice.revision and r.state == ReviewState.SUBMITTED
    ]


def live(practice: Practice) -> list[Review]:
    """Sheets that are handed in or waited for."""
    return [r for r in practice.reviews.all() if r.revision == practice.revision and r.state not in GONE]


def replaced(practice: Practice) -> set[UUID]:
    """Whose place another has taken: who has let the days pass is not asked about this revision again."""
    rows = practice.reviews.all()
    return {r.expert for r in rows if r.revision == practice.revision and r.state == ReviewState.REPLACED}


def missing(practice: Practice) -> int:
    """How many experts must still be named before this practice can go on."""
    needed = NEEDED_IN_DISPUTE if practice.state == PracticeState.ARBITRATION else NEEDED
    return max(0, needed - len(live(practice))) if practice.state in UNDER_REVIEW else 0


def verdict(practice: Practice) -> Verdict:
    """Two sheets decide unless they differ by more than ten points or advise the opposite: then a third is
    needed.
    """
    sheets = submitted(practice)
    if len(sheets) < NEEDED or len(sheets) < len(live(practice)):
        return Verdict(Advice.WAIT)
    mean = _mean([s.total or 0 for s in sheets])
    lowest = min(_mean([s.scores[c] for s in sheets]) for c in CRITERIA)
    if len(sheets) == NEEDED and _disagree(sheets) and not practice.without_third:
        return Verdict(Advice.ARBITRATE, mean, lowest)
    return Verdict(_by_thresholds(mean, lowest), mean, lowest)


def _by_thresholds(mean: float, lowest: float) -> Advice:
    if mean >= PASS and lowest >= LOWEST_CRITERION:
        return Advice.RECOMMEND
    return Advice.RETURN if mean >= RETURN else Advice.REJECT


def _disagree(sheets: Sequence[Review]) -> bool:
    totals, said = [s.total or 0 for s in sheets], {s.recommendation for s in sheets}
    return (
        max(totals) - min(totals) > ARBITRATION_DIFFERENCE
        or {Recommendation.PUBLISH, Recommendation.REJECT} <= said
    )


def _mean(numbers: Sequence[float]) -> float:
    return round(sum(numbers) / len(numbers), 1)
