"""The sheet of a reviewer, in the school and in the city alike (T-36)."""

from dataclasses import dataclass

from best_practices.states import CRITERIA, Recommendation
from portal.core.errors import Invalid

COMMENT_MIN = 200
LONGEST_REMARK = 1000
REMARKS = f"Замечание относится к разделу практики и занимает до {LONGEST_REMARK} знаков."
SCORE = "Поставьте балл от 1 до 10."
ADVICE = "Выберите, что вы советуете."
LONGER = f"Напишите заключение подробнее: нужно не меньше {COMMENT_MIN} знаков"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Five criteria and an advice; the conclusion in words is the comment of the step."""

    c1: int
    c2: int
    c3: int
    c4: int
    c5: int
    recommendation: str
    remarks: tuple[tuple[str, str], ...] = ()
    """Each a field of the text and the words; of the city's sheet only."""

    @property
    def scores(self) -> dict[str, int]:
        return {code: getattr(self, code) for code in CRITERIA}


def is_score(score: int) -> bool:
    return 1 <= score <= 10


def check_comment(comment: str) -> None:
    """A conclusion that helps the authors. Raises Invalid, which says how long it is now."""
    if len(comment.strip()) < COMMENT_MIN:
        raise Invalid("comment", f"{LONGER}, сейчас {len(comment.strip())}.", "comment")


def check_sheet(scores: dict[str, int], comment: str, recommendation: str) -> None:
    """Five criteria from 1 to 10, a comment which helps, an advice (domain.md §3.3). Raises Invalid at its
    field.
    """
    for code in CRITERIA:
        if not is_score(scores.get(code, 0)):
            raise Invalid("score", SCORE, code)
    check_comment(comment)
    if recommendation not in Recommendation.values:
        raise Invalid("recommendation", ADVICE, "recommendation")
