"""What two or three sheets say together (SM-10, domain.md §6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from best_practices.models import Practice, Review
from best_practices.states import ARBITRATION_DIFFERENCE, CRITERIA, LOWEST_CRITERION, PASS, RETURN, Recommendation, ReviewState


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
    return [r for r in practice.reviews.all() if r.revision == practice.revision and r.state == ReviewState.SUBMITTED]


def live(practice: Practice) -> list[Review]:
    return [r for r in practice.reviews.all() if r.revision == practice.revision and r.state != ReviewState.DECLINED]


def verdict(practice: Practice) -> Verdict:
    """Two sheets decide unless they differ by more than ten points or advise the opposite: then a third is needed."""
    sheets = submitted(practice)
    if len(sheets) < 2 or len(sheets) < len(live(practice)):
        return Verdict(Advice.WAIT)
    mean, lowest = _mean([s.total or 0 for s in sheets]), min(_mean([s.scores[c] for s in sheets]) for c in CRITERIA)
    if len(sheets) == 2 and _disagree(sheets):
        return Verdict(Advice.ARBITRATE, mean, lowest)
    return Verdict(_by_thresholds(mean, lowest), mean, lowest)


def _by_thresholds(mean: float, lowest: float) -> Advice:
    if mean >= PASS and lowest >= LOWEST_CRITERION:
        return Advice.RECOMMEND
    return Advice.RETURN if mean >= RETURN else Advice.REJECT


def _disagree(sheets: Sequence[Review]) -> bool:
    totals, said = [s.total or 0 for s in sheets], {s.recommendation for s in sheets}
    return max(totals) - min(totals) > ARBITRATION_DIFFERENCE or {Recommendation.PUBLISH, Recommendation.REJECT} <= said


def _mean(numbers: Sequence[float]) -> float:
    return round(sum(numbers) / len(numbers), 1)
