"""Who may what with a practice of the school, and the door to it."""

from uuid import UUID

from django.db.models import Prefetch

from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, NotVisible
from portal.school_practices.models import PracticeAttachment, SchoolPractice, UnclearDescription
from portal.school_practices.states import SchoolPracticeState as S

EDITABLE = (S.DRAFT, S.RETURNED_SCHOOL, S.RETURNED_MUNICIPAL, S.RENEWING)
BEFORE_HAND_OVER = (S.SCHOOL_BANK, S.RETURNED_MUNICIPAL, S.RENEWING)
"""The next step is the principal's, out of the school."""
ANSWERABLE = (*EDITABLE, S.SCHOOL_BANK)


def is_author(by: Actor, practice: SchoolPractice) -> bool:
    """One of its authors; authors are prefetched by the door."""
    return any(by.is_person(authorship.person.user) for authorship in practice.authorships.all())


def can_draft_practice(by: Actor) -> bool:
    return by.can("school_practice:draft")


def is_writer(by: Actor, practice: SchoolPractice) -> bool:
    """An author, or who began the text."""
    return is_author(by, practice) or by.is_person(practice.created_by)


def can_edit_practice(by: Actor, practice: SchoolPractice) -> bool:
    """Writers, while the text is in their hands."""
    return practice.state in EDITABLE and is_writer(by, practice)


def refuse_edit(by: Actor, practice: SchoolPractice) -> None:
    """A stranger may not edit; a writer whose text has gone on is told where it is. Raises Forbidden,
    Conflict.
    """
    if not is_writer(by, practice):
        raise Forbidden("Править практику могут её авторы.")
    if not can_edit_practice(by, practice):
        raise Conflict(
            "not_editable", f"Практику правят, пока она у авторов. Сейчас: {practice.get_state_display()}."
        )


def can_discard_practice(by: Actor, practice: SchoolPractice) -> bool:
    """Writers, while nobody else has seen the text."""
    return practice.state == S.DRAFT and practice.revision == 0 and is_writer(by, practice)


def can_submit_practice(by: Actor, practice: SchoolPractice) -> bool:
    return by.can("school_practice:draft") and is_author(by, practice)


def can_review_practice(by: Actor, practice: SchoolPractice) -> bool:
    """A reviewer of the school who is not an author (SM-10; decisions.md: the curator without a ШМО, the
    principal for a curator's text).
    """
    return by.can("school_practice:review") and not is_author(by, practice)


def can_hand_over_practice(by: Actor, practice: SchoolPractice) -> bool:
    return by.can("school_practice:hand_over")


def can_answer_finds(by: Actor, practice: SchoolPractice) -> bool:
    """Writers, while the text is in the school and nobody judges it; the principal before the hand-over."""
    hands_over = practice.state in BEFORE_HAND_OVER and can_hand_over_practice(by, practice)
    return hands_over or (practice.state in ANSWERABLE and is_writer(by, practice))


def can_recall_practice(by: Actor, practice: SchoolPractice) -> bool:
    """The principal who handed it over; and the portal, when an author has withdrawn the consent (T-29)."""
    return by.is_system or can_hand_over_practice(by, practice)


def can_answer_unclear(by: Actor, practice: SchoolPractice) -> bool:
    """Its authors, and whoever keeps it for the school: authors leave, the practice stays."""
    return is_author(by, practice) or can_hand_over_practice(by, practice)


def can_propose_expert(by: Actor) -> bool:
    return by.can("expert:propose")


def can_see_reviews(by: Actor, practice: SchoolPractice) -> bool:
    return by.can("school_practice:read") or is_author(by, practice)


def _files() -> Prefetch:  # type: ignore[type-arg]  # Django's own cannot be subscripted
    """Files as a page names them: their texts are long, and are for search."""
    return Prefetch("attachments", PracticeAttachment.objects.defer("text").select_related("file"))


def practice_for(by: Actor, uuid: UUID) -> SchoolPractice:
    """Raises NotVisible to whoever may not see the practice."""
    found = (
        SchoolPractice.objects.visible_to(by)
        .prefetch_related("authorships__person__employments", _files(), "reviews", "revisions")
        .filter(uuid=uuid)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def unclear_for(by: Actor, uuid: UUID) -> UnclearDescription:
    """A question of another school about the text of a practice, with the practice, for whoever sees that.
    Raises NotVisible.
    """
    found = UnclearDescription.objects.select_related("practice").filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    found.practice = practice_for(by, found.practice.uuid)
    return found
