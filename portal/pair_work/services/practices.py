"""From a programme to the draft of a practice."""

from django.db import transaction

from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden
from portal.pair_work.access.practices import can_tell_programme
from portal.pair_work.models import Programme, ProgrammePractice
from portal.pair_work.nameless import Nameless
from portal.pair_work.selectors.as_practice import told_as_practice
from portal.pair_work.states import ProgrammeState
from portal.school_practices.models import SchoolPractice
from portal.school_practices.services import draft_practice
from portal.staff.models import Person
from tenants.context import school_here


@transaction.atomic
def draft_from_programme(programme: Programme, *, by: Actor) -> tuple[SchoolPractice, bool]:
    """The draft of a practice told from a programme that is over, and whether it was made now: whoever asks
    again gets the same one. Its text names nobody of the pair and no school; the author reads, corrects and
    confirms it. Raises Forbidden, Conflict (not over yet; a colleague is writing it already).
    """
    lock(Programme, programme.pk)  # two presses make one draft
    _refuse(programme, by)
    known = ProgrammePractice.objects.filter(programme=programme).select_related("practice").first()
    if known is not None:
        return _visible(known.practice, by), False
    nameless = Nameless.for_pair(programme.pair, school_here())
    author = _person(programme, by)
    practice = draft_practice(authors=[author], by=by, **told_as_practice(programme, nameless))
    ProgrammePractice.objects.create(programme=programme, practice=practice, created_by=by.user)
    return practice, True


def _refuse(programme: Programme, by: Actor) -> None:
    if not can_tell_programme(by, programme):
        raise Forbidden("Практику из программы делает тот, кто по ней работал.")
    if programme.state != ProgrammeState.COMPLETED:
        raise Conflict("not_completed", "Практику делают из программы, когда она завершена.")


def _visible(practice: SchoolPractice, by: Actor) -> SchoolPractice:
    if not SchoolPractice.objects.visible_to(by).filter(pk=practice.pk).exists():
        first = practice.authorships.select_related("person").first()
        who = first.person.short_name if first else "напарник"
        raise Conflict(
            "told_already",
            f"Практику из этой программы уже пишет {who}. Попросите добавить вас в авторы.",
        )
    return practice


def _person(programme: Programme, by: Actor) -> Person:
    people: list[Person] = [programme.pair.mentor, *programme.pair.people]
    return next(person for person in people if by.is_person(person.user))
