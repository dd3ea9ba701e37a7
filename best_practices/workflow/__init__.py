"""SM-10 in the city: a practice from the hand-over to the bank, and the sheets of its experts."""

from best_practices.workflow.practices import PRACTICE
from best_practices.workflow.reviews import REVIEW

__all__ = ["PRACTICE", "REVIEW"]
