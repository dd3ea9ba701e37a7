"""The sheet of a reviewer, in the school and in the city alike (T-36)."""

from best_practices.states import CRITERIA, Recommendation
from portal.core.errors import Invalid

COMMENT_MIN = 200


def check_sheet(scores: dict[str, int], comment: str, recommendation: str) -> None:
    """Five criteria from 1 to 10, a comment which helps, an advice (domain.md §3.3). Raises Invalid at its
    field.
    """
    for code in CRITERIA:
        if not 1 <= scores.get(code, 0) <= 10:
            raise Invalid("score", "Поставьте балл от 1 до 10.", code)
    if len(comment.strip()) < COMMENT_MIN:
        raise Invalid(
            "comment",
            f"Напишите заключение подробнее: нужно не меньше {COMMENT_MIN} знаков, сейчас "
            f"{len(comment.strip())}.",
            "comment",
        )
    if recommendation not in Recommendation.values:
        raise Invalid("recommendation", "Выберите, что вы советуете.", "recommendation")
