"""Writes about the expertise in the city."""

from best_practices.services.pool import answer_proposal, join_pool, keep_proposal, leave_pool
from best_practices.services.practices import move_practice, recall_practice, receive_practice
from best_practices.services.reviews import assign_expert, decline_review, submit_review, withdraw_review

__all__ = [
    "answer_proposal", "assign_expert", "decline_review", "join_pool", "keep_proposal", "leave_pool",
    "move_practice", "recall_practice", "receive_practice",
    "submit_review", "withdraw_review",
]  # fmt: skip
