"""From the school's rows to the frozen shape that leaves."""

from best_practices.content import AuthorCard, PracticeContent
from portal.school_practices.models import CONTENT_FIELDS, SchoolPractice
from portal.staff.selectors import allowed_to_publish


def content_of(practice: SchoolPractice) -> PracticeContent:
    """The text as it stands now."""
    return PracticeContent.model_validate({field: getattr(practice, field) for field in CONTENT_FIELDS})


def author_cards(practice: SchoolPractice) -> list[AuthorCard]:
    """Names of the authors, and the positions that they let be published (T-29): they leave the school by the
    hand-over only.
    """
    authorships = list(practice.authorships.select_related("person").prefetch_related("person__employments"))
    allowed = allowed_to_publish(a.person for a in authorships)
    return [
        AuthorCard(
            full_name=a.person.full_name,
            role=a.role,
            person=a.person.uuid,
            position=a.person.position_title if "position" in allowed.get(a.person.pk, ()) else "",
        )
        for a in authorships
    ]
