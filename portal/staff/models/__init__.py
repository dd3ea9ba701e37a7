"""People who work in the school: who they are, what they do, what they agreed to, how their list was read."""

from portal.staff.models.absences import Absence
from portal.staff.models.access_questions import AccessQuestion
from portal.staff.models.consents import PersonalConsent
from portal.staff.models.employments import Employment, Position
from portal.staff.models.imports import ImportRow, StaffImport, TableHeading
from portal.staff.models.merges import UNDO_DAYS, PersonMerge
from portal.staff.models.names import FormerName, name_on
from portal.staff.models.newcomers import Newcomer
from portal.staff.models.offices import PersonOffice, StaffInvitation
from portal.staff.models.people import WORK, Person, PersonQuerySet, Post, match_source
from portal.staff.models.stages import CategoryStage, Dating, WorkStage, known_posts
from portal.staff.models.stays import GuestStay, stay_on
from portal.staff.models.young import YoungTerm

__all__ = [
    "UNDO_DAYS",
    "WORK",
    "Absence",
    "AccessQuestion",
    "CategoryStage",
    "Dating",
    "Employment",
    "FormerName",
    "GuestStay",
    "ImportRow",
    "Newcomer",
    "Person",
    "PersonMerge",
    "PersonOffice",
    "PersonQuerySet",
    "PersonalConsent",
    "Position",
    "Post",
    "StaffImport",
    "StaffInvitation",
    "TableHeading",
    "WorkStage",
    "YoungTerm",
    "known_posts",
    "match_source",
    "name_on",
    "stay_on",
]
