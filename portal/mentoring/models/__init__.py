"""Tables of the heart, by noun."""

from portal.mentoring.models.cards import MentorCard
from portal.mentoring.models.meetings import Meeting, MeetingNote
from portal.mentoring.models.needs import MenteeNeed
from portal.mentoring.models.pairs import Compatibility, MentoringConsent, Pair, PairMentee
from portal.mentoring.models.programmes import (
    Programme,
    ProgrammeActivity,
    ProgrammeConfirmation,
    ProgrammeGoal,
    ProgrammeRevision,
)
from portal.mentoring.models.settings import MentoringSettings, SentReminder

__all__ = [
    "Compatibility",
    "Meeting",
    "MeetingNote",
    "MenteeNeed",
    "MentorCard",
    "MentoringConsent",
    "MentoringSettings",
    "Pair",
    "PairMentee",
    "Programme",
    "ProgrammeActivity",
    "ProgrammeConfirmation",
    "ProgrammeGoal",
    "ProgrammeRevision",
    "SentReminder",
]
