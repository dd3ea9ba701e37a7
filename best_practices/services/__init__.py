"""Writes about the expertise in the city."""

from best_practices.services.pool import answer_proposal, join_pool, keep_proposal, leave_pool
from best_practices.services.practices import recall_practice, receive_practice
from best_practices.services.reviews import assign_expert

__all__ = [
    "answer_proposal",
    "assign_expert",
    "join_pool",
    "keep_proposal",
    "leave_pool",
    "recall_practice",
    "receive_practice",
]
