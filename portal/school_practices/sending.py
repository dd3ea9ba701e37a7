"""From the school's rows to the frozen shape that leaves."""

from best_practices.content import AuthorCard, PracticeContent
from portal.school_practices.models import CONTENT_FIELDS, SchoolPractice


def content_of(practice: SchoolPractice) -> PracticeContent:
    """The text as it stands now."""
    return PracticeContent.model_validate({field: getattr(practice, field) for field in CONTENT_FIELDS})


def author_cards(practice: SchoolPractice) -> list[AuthorCard]:
    """Names and positions of the authors: they leave the school by the hand-over only."""
    return [AuthorCard(full_name=a.employee.full_name, position=a.employee.position_title, role=a.role) for a in practice.authorships.all()]
