"""Writes about practices of the school, and about experts whom it proposes to the city."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from best_practices.letters import EXPERT_PROPOSED, ExpertAnswered, ExpertProposed
from best_practices.sheet import check_sheet
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible
from portal.exchange import send
from portal.files.storing import PRACTICE_FILES, discard, store
from portal.municipality.reference import subjects as known_subjects
from portal.notify import tell
from portal.school_practices import access
from portal.school_practices.answering import count_waiting
from portal.school_practices.files import read_file
from portal.school_practices.models import (
    CONTENT_FIELDS,
    Authorship,
    ExpertOffer,
    PracticeAttachment,
    SchoolPractice,
    SchoolReview,
)
from portal.school_practices.remarks import RemarkAnswer, write_answers
from portal.school_practices.search import keep_words, to_cut
from portal.school_practices.sitting import COLUMNS, Sitting
from portal.school_practices.states import SchoolPracticeState as S
from portal.school_practices.workflow import RECALLABLE, SCHOOL_PRACTICE
from portal.school_practices.workflow.steps import CityAnswer
from portal.staff.models import Person
from tenants.addresses import school_url
from tenants.context import school_here

MAX_ATTACHMENTS = 10


@transaction.atomic
def draft_practice(
    *, title: str, authors: list[Person], by: Actor, sitting: Sitting | None = None, **content: Any
) -> SchoolPractice:
    """Begin a practice; anything but the title may be missing. Raises Forbidden, Invalid (too many
    authors).
    """
    if not access.can_draft_practice(by):
        raise Forbidden
    practice = SchoolPractice(title=title.strip(), created_by=by.user, **_content(content))
    if sitting is not None:
        practice.begun_in = sitting.tab
        sitting.sign(practice, by)
    practice.save()
    keep_words(practice)
    _set_authors(practice, authors)
    audit.record(by, "drafted", practice)
    return practice


@transaction.atomic
def edit_practice(
    practice: SchoolPractice,
    *,
    by: Actor,
    version: int | None = None,
    authors: list[Person] | None = None,
    sitting: Sitting | None = None,
    answers: Mapping[UUID, RemarkAnswer] | None = None,
    **content: Any,
) -> SchoolPractice:
    """Save what was written, and answered to the city's remarks; by itself only what differs, with one line
    of the journal a sitting. Raises Forbidden, Stale, Conflict when the text is not in the authors' hands.
    """
    sitting = sitting or Sitting()
    locked = lock(SchoolPractice, practice.pk)
    if locked.state not in access.EDITABLE:
        raise Conflict(
            "not_editable", "Практика сейчас на оценке: менять её можно, когда она вернётся к авторам."
        )
    if not access.can_edit_practice(by, locked):
        raise Forbidden
    if not sitting.goes_on(locked, by):
        locked.check_version(version)
    changed = _content(content)
    if sitting.by_itself:
        changed = {field: value for field, value in changed.items() if getattr(locked, field) != value}
        authors = authors if authors and _are_others(locked, authors) else None
    answered = write_answers(locked, answers or {}, by)
    if changed or authors is not None or answered:
        _write(locked, changed, by, sitting)
    if authors is not None:
        _set_authors(locked, authors)
    count_waiting(locked)
    return access.practice_for(by, practice.uuid)


def _write(locked: SchoolPractice, changed: dict[str, Any], by: Actor, sitting: Sitting) -> None:
    """With one line of the journal for each press, and one for a sitting that is saved by itself."""
    is_told = sitting.begins(locked, by) or not sitting.by_itself
    for field, value in changed.items():
        setattr(locked, field, value)
    sitting.sign(locked, by)
    locked.save_change(*changed, *COLUMNS)
    keep_words(locked)
    if is_told:
        audit.record(by, "edited", locked, changes={"fields": sorted(changed)})


def _are_others(practice: SchoolPractice, authors: list[Person]) -> bool:
    known = practice.authorships.order_by("person").values_list("person", flat=True)
    return list(known) != sorted(author.pk for author in authors)


@transaction.atomic
def cut_words(by: Actor) -> int:
    """Each night: what the search of the school's bank has not cut into words, or by another analysis.
    Returns how many practices that were; till then they are cut at each question.
    """
    waiting = list(to_cut().select_for_update().order_by("pk"))
    for practice in waiting:
        keep_words(practice)
    return len(waiting)


def _content(content: dict[str, Any]) -> dict[str, Any]:
    allowed = {*CONTENT_FIELDS, "has_no_pupil_data", "has_image_consents"}
    return {field: value for field, value in content.items() if field in allowed}


def _set_authors(practice: SchoolPractice, authors: list[Person]) -> None:
    if not 1 <= len(authors) <= 5:
        raise Invalid("authors", "Авторов бывает от одного до пяти.", "authors")
    practice.authorships.exclude(person__in=authors).delete()
    for place, person in enumerate(authors, 1):
        Authorship.objects.update_or_create(practice=practice, person=person, defaults={"place": place})


@transaction.atomic
def attach_file(practice: SchoolPractice, upload: Any, *, title: str, by: Actor) -> PracticeAttachment:
    """Add a file. Raises Forbidden, Invalid at `file`."""
    if not access.can_edit_practice(by, lock(SchoolPractice, practice.pk)):
        raise Forbidden
    if practice.attachments.count() >= MAX_ATTACHMENTS:
        raise Invalid("attachments", f"К практике можно приложить до {MAX_ATTACHMENTS} файлов.", "file")
    stored = store(upload, by=by, kinds=PRACTICE_FILES)
    made = PracticeAttachment.objects.create(
        practice=practice, file=stored, title=title or stored.name, created_by=by.user
    )
    audit.record(by, "attached", practice, changes={"file": str(stored.uuid)})
    read_file.later(by=by, attachment_uuid=str(made.uuid))
    return made


@transaction.atomic
def remove_attachment(practice: SchoolPractice, file: UUID, *, by: Actor) -> None:
    """Take a file away. Raises Forbidden, NotVisible when it is not there (any more)."""
    locked = lock(SchoolPractice, practice.pk)
    if not access.can_edit_practice(by, locked):
        raise Forbidden
    attached = locked.attachments.filter(file__uuid=file).select_related("file").first()
    if attached is None:
        raise NotVisible
    _take_away(attached)
    keep_words(locked)
    audit.record(by, "file_removed", practice, changes={"file": str(file)})


def _take_away(attached: PracticeAttachment) -> None:
    stored = attached.file
    attached.delete()
    discard(stored)


@transaction.atomic
def discard_draft(practice: SchoolPractice, *, by: Actor, version: int | None = None) -> None:
    """Delete a text that nobody but its authors has seen; its files go with it. Raises Forbidden, Conflict,
    Stale.
    """
    locked = lock(SchoolPractice, practice.pk)
    if locked.state != S.DRAFT:
        raise Conflict(
            "not_a_draft", f"Удалить можно только черновик. Сейчас практика: {locked.get_state_display()}."
        )
    locked.check_version(version)
    if not access.can_discard_practice(by, locked):
        raise Forbidden("Черновик удаляют его авторы.")
    for attached in locked.attachments.select_related("file"):
        _take_away(attached)
    audit.record(by, "discarded", locked)
    locked.delete()


@transaction.atomic
def review_practice(
    practice: SchoolPractice,
    *,
    scores: dict[str, int],
    comment: str,
    recommendation: str,
    by: Actor,
    version: int | None = None,
) -> SchoolReview:
    """A sheet about the text that was read; the same reviewer's second sheet replaces the first. Raises
    Forbidden, Conflict, Stale, Invalid.
    """
    locked = lock(SchoolPractice, practice.pk)
    locked.check_version(version)
    if locked.state != S.SCHOOL_REVIEW:
        raise Conflict("wrong_state", "Практика сейчас не на оценке.")
    if not access.can_review_practice(by, practice):
        raise Forbidden("Оценивает не автор и тот, кому это поручено.")
    check_sheet(scores, comment, recommendation)
    sheet = {
        "scores": scores,
        "total": sum(scores.values()),
        "comment": comment.strip(),
        "recommendation": recommendation,
    }
    own = {"practice": practice, "revision": locked.revision, "reviewer": cast(UUID, by.user)}
    same = SchoolReview.objects.filter(**own, **sheet).first()
    if same is not None:  # sent from another tab, too
        return same
    review, _ = SchoolReview.objects.update_or_create(**own, defaults={**sheet, "created_by": by.user})
    audit.record(by, "reviewed", practice)
    return review


@transaction.atomic
def recall_of_author(author: Person, *, by: Actor) -> int:
    """Practices of an author without a consent to distribution leave the city at once (152-ФЗ, ст. 10.1).
    Returns how many. What the city has refused or taken off meanwhile is no more to be recalled, and refuses
    nothing.
    """
    given = SchoolPractice.objects.filter(authorships__person=author, state__in=RECALLABLE).distinct()
    there = [lock(SchoolPractice, practice.pk) for practice in given]
    recalled = [practice for practice in there if SCHOOL_PRACTICE.opens(practice.state, "recall")]
    for practice in recalled:
        SCHOOL_PRACTICE.move(
            practice,
            "recall",
            by=by,
            comment="Автор отозвал согласие на распространение, или срок согласия вышел.",
        )
    return len(recalled)


@transaction.atomic
def mirror_answer(uuid: UUID, *, state: str, comment: str, answer: CityAnswer, by: Actor) -> None:
    """The city's answer moves the mirror; one that came after a recall is only kept."""
    practice, verb = SchoolPractice.objects.filter(uuid=uuid).first(), f"city_{state}"
    if practice is not None and SCHOOL_PRACTICE.opens(practice.state, verb):
        SCHOOL_PRACTICE.move(practice, verb, by=by, comment=comment, asked=answer)


@transaction.atomic
def propose_expert(person: Person, *, subjects: list[str], basis: str, by: Actor) -> ExpertOffer:
    """Propose a teacher to the city; the teacher decides. Raises Forbidden, Invalid at the field, Conflict
    (waits for an answer).
    """
    if not access.can_propose_expert(by):
        raise Forbidden("Экспертов городу предлагают директор и куратор.")
    if person.user is None or not person.is_available or person.stay is not None:
        raise Invalid(
            "not_joined",
            "Предложить можно того, кто работает в школе и уже вошёл в портал: ответит он сам.",
            "person",
        )
    known = [code for code in known_subjects().titles if code in subjects]
    if not known:
        raise Invalid("subjects", "Выберите хотя бы один предмет.", "subjects")
    if len(basis.strip()) < 5:
        raise Invalid(
            "basis", "Напишите, почему вы предлагаете этого человека: он увидит эти слова.", "basis"
        )
    if ExpertOffer.objects.filter(person=person, accepted=None).exists():
        raise Conflict("offered", "Этого человека уже предложили: ждём его ответа.", "person")
    offer = ExpertOffer.objects.create(
        person=person, subjects=known, basis=basis.strip()[:250], created_by=by.user
    )
    audit.record(by, "expert_proposed", offer)
    letter = ExpertProposed(person=person.uuid, user=person.user, subjects=known, basis=offer.basis)
    send(
        EXPERT_PROPOSED,
        letter,
        topic=person.uuid,
        by=by,
        title=f"Предложение эксперта: {person.short_name}",
    )
    return offer


def keep_expert_answer(said: ExpertAnswered, *, by: Actor) -> None:
    """The person's word; whoever proposed hears of it."""
    offer = (
        ExpertOffer.objects.filter(person__uuid=said.person, accepted=None).select_related("person").first()
    )
    if offer is None:
        return
    offer.accepted, offer.answered_on = said.accepted, clock.today()
    offer.save_change("accepted", "answered_on")
    audit.record(by, "expert_answered", offer)
    word = "теперь эксперт города" if said.accepted else "экспертом города не будет"
    tell(
        [offer.created_by],
        "expert_answered",
        f"{offer.person.short_name}: {word}",
        school_url(school_here().code, "school_practices:experts"),
    )
