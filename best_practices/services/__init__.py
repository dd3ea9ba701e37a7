"""Writes about the expertise in the city."""

from best_practices.services.asked import count_questions, note_opened, note_question, send_questions
from best_practices.services.calls import announce_call, change_call
from best_practices.services.drafts import LONGEST_TYPED, Written, save_draft
from best_practices.services.orders import (
    LONGEST_ANSWER,
    LONGEST_ORDER,
    answer_order,
    hear_answer,
    hear_called,
    keep_order,
    order_practice,
    stop_waiting,
)
from best_practices.services.pool import (
    answer_proposal,
    end_pause,
    join_pool,
    keep_proposal,
    leave_pool,
    pause_as_expert,
)
from best_practices.services.practices import recall_practice, receive_practice
from best_practices.services.remarks import write_remarks
from best_practices.services.reviews import LONGEST_RESERVE, assign_expert, move_review, name_reserve
from best_practices.services.words import add_search_word, change_search_word, use_search_word

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_ORDER",
    "LONGEST_RESERVE",
    "LONGEST_TYPED",
    "Written",
    "add_search_word",
    "announce_call",
    "answer_order",
    "answer_proposal",
    "assign_expert",
    "change_call",
    "change_search_word",
    "count_questions",
    "end_pause",
    "hear_answer",
    "hear_called",
    "join_pool",
    "keep_order",
    "keep_proposal",
    "leave_pool",
    "move_review",
    "name_reserve",
    "note_opened",
    "note_question",
    "order_practice",
    "pause_as_expert",
    "recall_practice",
    "receive_practice",
    "save_draft",
    "send_questions",
    "stop_waiting",
    "use_search_word",
    "write_remarks",
]
