"""Sheets of experts, handed in as their page does it."""

from typing import Any

from best_practices.models import Review
from best_practices.services import move_review
from best_practices.sheet import Sheet
from best_practices.states import ReviewState
from portal.core.actor import Actor


def hand_in(review: Review, sheet: dict[str, Any], *, by: Actor) -> Review:
    if review.state == ReviewState.INVITED:
        review = move_review(review, "accept", by=by)
    asked = Sheet(**sheet["scores"], recommendation=sheet["recommendation"], remarks=sheet.get("remarks", ()))
    return move_review(review, "submit", by=by, comment=sheet["comment"], asked=asked)
