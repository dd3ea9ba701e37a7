"""The positions of a period of work beside the first one: taken on, mended, given up."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.municipality.reference import positions, subjects
from portal.staff import access
from portal.staff.limits import troubles
from portal.staff.models import Dating, Employment, Person, Position, WorkStage
from portal.staff.models.stages import SINCE_TODAY
from portal.staff.states import PositionKind


@dataclass(frozen=True, kw_only=True)
class Post:
    """What somebody does, how much of it, and whether it is the main work."""

    position: str
    kind: str = PositionKind.INTERNAL
    subjects: list[str] = field(default_factory=list)
    rate: Decimal = Decimal(1)
    hours_week: int | None = None


@transaction.atomic
def add_position(person: Person, post: Post, *, by: Actor, dating: Dating = SINCE_TODAY) -> Position:
    """One more position in the present period, from a day on. Raises Forbidden, Conflict for whoever has
    left, Invalid at the field.
    """
    person = _locked(person, by)
    work = person.work
    if work is None or work.is_over:
        raise Conflict("has_left", "Этот человек сейчас не работает в школе.")
    _check(work, post, None)
    dating.check(work)
    made = Position.objects.create(employment=work, created_by=by.user, **vars(post))
    WorkStage.keep(work, dating, by=by.user)
    person.save_change()
    audit.record(by, "position_added", person, changes=dating.told())
    return made


@transaction.atomic
def change_position(
    position: Position,
    post: Post,
    *,
    by: Actor,
    version: int | None = None,
    dating: Dating = SINCE_TODAY,
) -> Position:
    """Another one from a day on, or a mistake that is mended. Raises as above, and Stale."""
    person = _locked(position.employment.person, by)
    locked: Position = lock(Position, position.pk)
    locked.check_version(version)
    _check(locked.employment, post, locked)
    dating.check(locked.employment)
    changed = [name for name, value in vars(post).items() if getattr(locked, name) != value]
    if changed or dating.since:
        for name in changed:
            setattr(locked, name, getattr(post, name))
        locked.save_change(*changed)
        WorkStage.keep(locked.employment, dating, by=by.user, about=locked.position)
        person.save_change()
        audit.record(by, "position_changed", person, changes=dating.told(sorted(changed)))
    return locked


@transaction.atomic
def give_position_up(
    position: Position, *, by: Actor, version: int | None = None, dating: Dating = SINCE_TODAY
) -> None:
    """It is over since today, or was written down by mistake; the last one ends by a dismissal only. Raises
    Forbidden, Stale, Conflict.
    """
    person = _locked(position.employment.person, by)
    locked: Position = lock(Position, position.pk)
    locked.check_version(version)
    if not locked.employment.positions.exclude(pk=locked.pk).exists():
        raise Conflict("last_position", "Эта должность у человека одна: её меняют правкой или увольнением.")
    locked.delete()
    if dating.is_mistake:
        WorkStage.forget(locked.employment, locked.position)
    else:  # until yesterday it was held, also where that was written down only today
        work, today = locked.employment, clock.today()
        WorkStage.keep(work, Dating(since=max(work.started_on or today, today)), by=by.user)
    person.save_change()
    audit.record(by, "position_given_up", person)


def _locked(person: Person, by: Actor) -> Person:
    if not access.can_enter_person(by):
        raise Forbidden("Должности правят куратор и специалист по кадрам.")
    found: Person = lock(Person, person.pk)
    return found


def _check(work: Employment, post: Post, own: Position | None) -> None:
    if post.position not in positions():
        raise Invalid("position", "Такой должности нет в списке.", "position")
    if post.kind not in PositionKind.values:
        raise Invalid("kind", "Выберите вид работы из списка.", "kind")
    if any(code not in subjects() for code in post.subjects):
        raise Invalid("subjects", "Такого предмета нет в списке.", "subjects")
    values = {"rate": post.rate, "hours_week": post.hours_week}
    Invalid.refuse_any(Invalid("not_allowed", sentence, field) for field, sentence in troubles(values))
    others = work.positions.all() if own is None else work.positions.exclude(pk=own.pk)
    if others.filter(position=post.position).exists():
        raise Invalid("position_twice", "Эта должность у человека уже есть.", "position")
    if post.kind == PositionKind.MAIN and others.filter(kind=PositionKind.MAIN).exists():
        raise Invalid(
            "main_twice", "Основная работа у человека одна: у другой должности смените вид.", "kind"
        )
