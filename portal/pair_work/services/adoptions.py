"""«Взять в программу»: a practice of the bank becomes deeds of a plan, and the pair says what came of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from best_practices.models import BankPractice
from best_practices.outcomes import Outcome
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.text import quoted
from portal.pair_work.access import adoptions as access
from portal.pair_work.dated import deeds_of
from portal.pair_work.models import Adoption, Programme, ProgrammeActivity
from portal.pair_work.selectors.adoptions import deeds_from, is_of_this_school, why_not
from portal.pair_work.services.adoption_letters import tell_over, tell_taken
from portal.pair_work.services.naming import ask_to_name
from portal.pair_work.states import ActivityBlock, ProgrammeState, WorkForm
from portal.pair_work.workflow import PROGRAMME

MOST_DEEDS = 60
GONE = "Практику тем временем сняли с публикации. В вашей программе ничего не изменилось."
NEW_TEXT = "Практику тем временем обновили. Посмотрите новую редакцию и возьмите её."


@transaction.atomic
def take_practice(
    programme: Programme,
    card: UUID,
    *,
    by: Actor,
    revision: int | None = None,
    names_school: bool = False,
    version: int | None = None,
) -> tuple[Adoption, bool]:
    """Put the steps of a published practice into the plan, with days from the programme's start. A programme
    that runs is thereby corrected: its pair agrees once more (SM-4). Returns the adoption, and False when the
    practice is in this programme already. `revision`: the text of the practice that was read; `names_school`:
    the principal is asked to let its card name the school. The city hears of it. Raises Forbidden, Conflict,
    Stale, Invalid (too many deeds).
    """
    programme = lock(Programme, programme.pk)
    if not access.can_take_practice(by, programme):
        raise Forbidden("Практику берёт в программу её наставник.")
    known = Adoption.objects.live().filter(programme=programme, card=card).first()
    if known is not None:
        _refuse_old(programme, version)
        return known, False
    found = _card(by, card, revision)
    programme.check_version(version)
    if reason := why_not(programme):
        raise Conflict("not_now", reason)
    adoption = _write_down(programme, found, by)
    tell_taken(adoption, by=by)
    if names_school:
        ask_to_name(adoption, by=by)
    if programme.state == ProgrammeState.IN_PROGRESS:
        why = f"Взята практика {found.code} {quoted(found.title)}"
        programme = PROGRAMME.move(programme, "correct", by=by, comment=why)
    _add_deeds(programme, found, by)
    audit.record(by, "practice_taken", programme, changes={"practice": found.code})
    return adoption, True


def _refuse_old(programme: Programme, version: int | None) -> None:
    """From a page that was drawn before the practice was taken."""
    if version is not None and version != programme.version:
        raise Conflict("taken_already", "Эта практика уже в программе: второй раз её не берут.")


def _card(by: Actor, uuid: UUID, revision: int | None) -> BankPractice:
    """Raises Conflict for a practice that was taken off or has another text now."""
    found = access.card_to_take(by, uuid)
    if found is None:
        raise Conflict("practice_gone", GONE)
    if revision is not None and revision != found.revision:
        raise Conflict("practice_changed", NEW_TEXT)
    return found


def _write_down(programme: Programme, card: BankPractice, by: Actor) -> Adoption:
    return Adoption.objects.create(
        programme=programme,
        practice=card.practice,
        card=card.uuid,
        code=card.code,
        title=card.title,
        revision=card.revision,
        is_own=is_of_this_school(card),
        taken_on=clock.today(),
        created_by=by.user,
    )


def _add_deeds(programme: Programme, card: BankPractice, by: Actor) -> None:
    known = list(programme.activities.values_list("number", flat=True))
    deeds = deeds_of(card.text.steps, deeds_from(programme), programme.ends_on)
    if len(known) + len(deeds) > MOST_DEEDS:
        raise Invalid("too_many", f"В плане бывает до {MOST_DEEDS} дел: шаги практики не помещаются.")
    ProgrammeActivity.objects.bulk_create(
        ProgrammeActivity(
            programme=programme,
            number=number,
            block=ActivityBlock.METHOD,
            work_form=WorkForm.CONSULTATION,
            created_by=by.user,
            content=deed.content,
            starts_on=deed.starts_on,
            ends_on=deed.ends_on,
        )
        for number, deed in enumerate(deeds, max(known, default=0) + 1)
    )
    programme.save_change()


@transaction.atomic
def move_to_new_text(adoption: Adoption, *, by: Actor, version: int | None = None) -> Adoption:
    """The pair works by the text of the practice that stands in the bank now; its plan it changes itself.
    Raises Forbidden, Conflict (ended, taken off), Stale.
    """
    locked: Adoption = lock(Adoption, adoption.pk)
    if not access.can_drop_adoption(by, locked):
        raise Forbidden("На новую редакцию переходит наставник.")
    locked.check_version(version)
    card = access.card_to_take(by, locked.card)
    if card is None:
        raise Conflict("practice_gone", GONE)
    if locked.ended_on is not None or locked.dropped_on is not None:
        raise Conflict("ended", "Практика уже не в работе: остаётся её прежняя редакция.")
    if card.revision <= locked.revision:
        return locked
    locked.revision, locked.title = card.revision, card.title
    locked.save_change("revision", "title")
    tell_taken(locked, by=by)
    audit.record(by, "practice_moved", locked.programme, changes={"practice": locked.code})
    return locked


@transaction.atomic
def drop_adoption(adoption: Adoption, *, by: Actor, version: int | None = None) -> Adoption:
    """The practice is no more of the programme, which has not ended; its deeds stay in the plan till the
    mentor changes it. Raises Forbidden, Conflict, Stale.
    """
    locked = lock(Adoption, adoption.pk)
    if not access.can_drop_adoption(by, locked):
        raise Forbidden("Практику убирает из программы её наставник.")
    locked.check_version(version)
    if locked.dropped_on is not None:
        return locked  # type: ignore[no-any-return]
    if locked.ended_on is not None:
        raise Conflict("ended", "Программа закончилась: скажите, как сработала практика.")
    drop(locked, by=by)
    return locked  # type: ignore[no-any-return]


def drop(adoption: Adoption, *, by: Actor) -> None:
    adoption.dropped_on = clock.today()
    adoption.save_change("dropped_on")
    tell_over(adoption, by=by)
    audit.record(by, "practice_dropped", adoption.programme, changes={"practice": adoption.code})


@transaction.atomic
def tell_outcome(
    adoption: Adoption,
    *,
    outcome: str,
    by: Actor,
    measured: Sequence[dict[str, Any]] = (),
    hours: int | None = None,
    words: str = "",
    version: int | None = None,
) -> Adoption:
    """What came of the practice; either of the pair says it, and may mend it. The same once more changes
    nothing. `measured`: rows of indicator, unit, before, after. Raises Forbidden, Conflict, Stale, Invalid.
    """
    locked = lock(Adoption, adoption.pk)
    if not access.can_tell_outcome(by, locked):
        raise Forbidden("Как сработала практика, говорит сама пара.")
    if locked.dropped_on is not None or locked.ended_on is None:
        raise Conflict("not_ended", "Как сработала практика, спрашивают, когда программа закончилась.")
    if outcome not in Outcome.values:
        raise Invalid("outcome", "Выберите, как сработала практика.", "outcome")
    locked.check_version(version)
    said = {"outcome": outcome, "measured": list(measured), "hours": hours, "words": words.strip()}
    if all(getattr(locked, name) == value for name, value in said.items()):
        return locked  # type: ignore[no-any-return]
    for name, value in said.items():
        setattr(locked, name, value)
    locked.told_on, locked.told_by, locked.sent_on = clock.today(), by.user, None
    locked.save_change(*said, "told_on", "told_by", "sent_on")
    audit.record(by, "outcome_told", locked.programme, changes={"practice": locked.code})
    return locked  # type: ignore[no-any-return]
