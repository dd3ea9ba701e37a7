"""Sheets of experts, handed in as their page does it."""

from typing import Any

from best_practices.models import Review
from best_practices.sheet import Sheet
from best_practices.workflow import REVIEW
from portal.core.actor import Actor


def hand_in(review: Review, sheet: dict[str, Any], *, by: Actor) -> Review:
    asked = Sheet(**sheet["scores"], recommendation=sheet["recommendation"])
    return REVIEW.move(review, "submit", by=by, comment=sheet["comment"], asked=asked)
