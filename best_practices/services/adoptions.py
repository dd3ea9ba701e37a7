"""What schools tell of practices in their programmes is kept, weighed anew and published."""

from typing import cast
from uuid import UUID

from django.db import transaction

from best_practices.adoption_letters import (
    DESCRIPTION_UNCLEAR,
    AdoptionEnded,
    DescriptionUnclear,
    OutcomeTold,
    PracticeAdopted,
)
from best_practices.counted import recount
from best_practices.models import BankAdoption, Practice, PracticeRecheck
from best_practices.naming_letters import SchoolNamed
from best_practices.outcomes import Outcome
from best_practices.rechecks import can_recheck_practices
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.exchange import send
from tenants.models import School


@transaction.atomic
def keep_adoption(letter: PracticeAdopted, school: School) -> None:
    """A school has taken a practice; that of the author's own school repeats nothing and is not kept."""
    own = Practice.objects.filter(practice=letter.practice, school=school).exists()
    known = _of(letter.adoption, school.uuid)
    if known is not None:
        _move_on(known, letter)
    if own or BankAdoption.objects.filter(adoption=letter.adoption).exists():
        return
    told = letter.model_dump(exclude={"schema_version"})
    row = BankAdoption.objects.create(school=school, **told)
    audit.record(Actor.system(via="post"), "adoption_kept", row)
    recount(letter.practice)


def _move_on(row: BankAdoption, letter: PracticeAdopted) -> None:
    """The pair has taken the new text of the same practice; the principal's word about the name stays."""
    row.revision = letter.revision
    row.save_change("revision")
    audit.record(Actor.system(via="post"), "adoption_moved", row)


def _of(adoption: UUID, school: UUID) -> BankAdoption | None:
    """The adoption of this very school, locked; another's is nobody's to tell of."""
    rows = BankAdoption.objects.select_for_update(of=("self",)).filter(adoption=adoption, school__uuid=school)
    return rows.first()


@transaction.atomic
def end_adoption(letter: AdoptionEnded, school: UUID) -> None:
    """The programme is over; what was taken out of it before was no adoption."""
    row = _of(letter.adoption, school)
    if row is None:
        return
    if letter.ended_on is None:
        audit.record(Actor.system(via="post"), "adoption_taken_back", row)
        row.delete()
    else:
        row.ended_on = letter.ended_on
        row.save_change("ended_on")
        audit.record(Actor.system(via="post"), "adoption_over", row)
    recount(row.practice)


@transaction.atomic
def keep_naming(letter: SchoolNamed, school: UUID) -> None:
    """Whether the card may name the school: its principal's word, which may be taken back."""
    row = _of(letter.adoption, school)
    if row is None or row.names_school == letter.names_school:
        return
    row.names_school = letter.names_school
    row.save_change("names_school")
    audit.record(Actor.system(via="post"), "school_named" if row.names_school else "school_unnamed", row)
    recount(row.practice)


@transaction.atomic
def keep_outcome(letter: OutcomeTold, school: UUID) -> None:
    """What came of it; a later word replaces an earlier one. «Не хватило описания» goes on to the author, and
    so does that it was taken back.
    """
    row = _of(letter.adoption, school)
    if row is None or letter.outcome not in Outcome.values:
        return
    was_unclear = row.outcome == Outcome.UNCLEAR
    row.outcome, row.told_on, row.hours, row.words = (
        letter.outcome,
        letter.told_on,
        letter.hours,
        letter.words,
    )
    row.measured = [one.model_dump() for one in letter.measured]
    row.save_change("outcome", "told_on", "hours", "words", "measured")
    audit.record(Actor.system(via="post"), "outcome_kept", row)
    recount(row.practice)
    if was_unclear or row.outcome == Outcome.UNCLEAR:
        _tell_author(row)


def _tell_author(row: BankAdoption) -> None:
    practice = Practice.objects.select_related("school").filter(practice=row.practice).first()
    if practice is not None:
        said = DescriptionUnclear(
            adoption=row.adoption,
            practice=row.practice,
            revision=row.revision,
            words=row.words if row.outcome == Outcome.UNCLEAR else "",
            taken_back=row.outcome != Outcome.UNCLEAR,
        )
        by = Actor.system(via="post")
        send(DESCRIPTION_UNCLEAR, said, topic=row.practice, by=by, school=practice.school.uuid)


@transaction.atomic
def answer_recheck(recheck: PracticeRecheck, *, answer: str, by: Actor, version: int | None = None) -> None:
    """The methodist has looked, and says what follows. Raises Forbidden, Conflict, Stale, Invalid."""
    if not can_recheck_practices(by):
        raise Forbidden("Перепроверяет практики методист.")
    locked = cast("PracticeRecheck", lock(PracticeRecheck, recheck.pk))
    if locked.answered_on is not None:
        raise Conflict("answered", "Эту перепроверку уже закрыли.")
    locked.check_version(version)
    if not answer.strip():
        raise Invalid("empty", "Напишите, что решили: одной фразой.", "answer")
    locked.answered_on, locked.answer = clock.today(), answer.strip()
    locked.save_change("answered_on", "answer")
    audit.record(by, "rechecked", locked, comment=locked.answer)
