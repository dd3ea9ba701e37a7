"""The state machines SM-1 (consents to mentoring) … SM-5 as tables."""

from portal.mentoring.workflow.cards import CARD
from portal.mentoring.workflow.consents import CONSENT
from portal.mentoring.workflow.meetings import MEETING
from portal.mentoring.workflow.needs import NEED
from portal.mentoring.workflow.pairs import PAIR
from portal.mentoring.workflow.programmes import PROGRAMME

__all__ = ["CARD", "CONSENT", "MEETING", "NEED", "PAIR", "PROGRAMME"]
