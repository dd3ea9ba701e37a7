"""The next step of a card, which it makes by itself."""

from typing import Any

from portal.core.actor import Actor
from portal.core.workflow import Move, On
from portal.mentor_bank.models import MentorCard
from portal.mentor_bank.workflow import CARD
from portal.mentor_bank.workflow.cards import both_words, leads_none


def back_to_pairs(card: MentorCard, move: Move[Any]) -> None:
    if both_words(card, move.by) and not leads_none(card, move.by):
        CARD.move(card, "activate", by=Actor.system(school=move.by.school, via="workflow"))


FOLLOWS = (On(CARD, "resume", back_to_pairs, why="Кто возвращается к действующим парам, сразу ведёт их."),)
