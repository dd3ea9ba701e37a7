"""The state machines of pairs as tables: SM-1 (consents to mentoring) and SM-3, and what their steps ask."""

from portal.mentoring.workflow.consents import CONSENT
from portal.mentoring.workflow.pairs import PAIR

__all__ = ["CONSENT", "PAIR"]
