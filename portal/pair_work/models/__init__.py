"""Tables of what pairs do."""

from portal.pair_work.models.adoptions import Adoption
from portal.pair_work.models.meetings import Meeting, MeetingNote
from portal.pair_work.models.practices import ProgrammePractice
from portal.pair_work.models.programmes import (
    Programme,
    ProgrammeActivity,
    ProgrammeConfirmation,
    ProgrammeGoal,
    ProgrammeRevision,
)
from portal.pair_work.models.stages import ProgrammeStage

__all__ = [
    "Adoption",
    "Meeting",
    "MeetingNote",
    "Programme",
    "ProgrammeActivity",
    "ProgrammeConfirmation",
    "ProgrammeGoal",
    "ProgrammePractice",
    "ProgrammeRevision",
    "ProgrammeStage",
]
