"""Writing down that somebody is away for long, mending it, and that the person is back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.municipality.reference import catalogue
from portal.municipality.states import Book
from portal.staff import access
from portal.staff.models import Absence, Person

AHEAD_DAYS = 366
"""An order about a leave may be written before its first day, but not years ahead."""
FIELDS = ("kind", "started_on", "expected_until", "ended_on", "basis")


@dataclass(frozen=True, kw_only=True)
class Away:
    """What is said of an absence: `ended_on` is its last day, `expected_until` the one that is planned."""

    kind: str
    started_on: dt.date
    expected_until: dt.date | None = None
    ended_on: dt.date | None = None
    basis: str = ""


@transaction.atomic
def begin_absence(person: Person, away: Away, *, by: Actor) -> Absence:
    """From the first day on nothing is asked of the person. Raises Forbidden, Invalid at the field, Conflict
    at `started_on` (another absence holds some of the days).
    """
    locked = _locked(person, by)
    _check(locked, away, None)
    made = Absence.objects.create(person=locked, created_by=by.user, **vars(away))
    audit.record(by, "absence_begun", made)
    return made


@transaction.atomic
def correct_absence(absence: Absence, away: Away, *, by: Actor, version: int | None = None) -> Absence:
    """Mend what was said, or say the last day. Raises as above, and Stale."""
    person = _locked(absence.person, by)
    locked: Absence = lock(Absence, absence.pk)
    locked.check_version(version)
    _check(person, away, locked)
    changed = [name for name in FIELDS if getattr(locked, name) != getattr(away, name)]
    if not changed:
        return locked
    is_over = locked.ended_on is None and away.ended_on is not None
    for name in changed:
        setattr(locked, name, getattr(away, name))
    locked.save_change(*changed)
    audit.record(by, "absence_ended" if is_over else "absence_corrected", locked, changes={"fields": changed})
    return locked


@transaction.atomic
def take_absence_back(absence: Absence, *, by: Actor, version: int | None = None) -> None:
    """It was written down by mistake: there was none. Raises Forbidden, Stale."""
    _locked(absence.person, by)
    locked: Absence = lock(Absence, absence.pk)
    locked.check_version(version)
    audit.record(by, "absence_taken_back", locked)
    locked.delete()


def _locked(person: Person, by: Actor) -> Person:
    """Two who write down absences of one person wait for each other."""
    if not access.can_keep_absences(by):
        raise Forbidden("Отсутствия отмечают куратор и специалист по кадрам.")
    found: Person = lock(Person, person.pk)
    return found


def _check(person: Person, away: Away, own: Absence | None) -> None:
    Invalid.refuse_any(Invalid("not_allowed", sentence, field) for field, sentence in _troubles(person, away))
    others = Absence.objects.filter(person=person)
    clash = _overlapping(others.exclude(pk=own.pk) if own else others, away)
    if clash is not None:
        until = f"по {clash.ended_on:%d.%m.%Y}" if clash.ended_on else "и ещё не закончилось"
        raise Conflict(
            "absence_overlaps",
            f"На эти дни отсутствие уже записано: с {clash.started_on:%d.%m.%Y} {until}.",
            "started_on",
        )


def _troubles(person: Person, away: Away) -> list[tuple[str, str]]:
    found = []
    if away.kind not in catalogue(Book.ABSENCES):
        found.append(("kind", "Выберите причину из списка."))
    if away.started_on > clock.today() + dt.timedelta(days=AHEAD_DAYS):
        found.append(("started_on", "Первый день слишком далеко впереди. Проверьте год."))
    if away.expected_until is not None and away.expected_until < away.started_on:
        found.append(("expected_until", "Этот день раньше первого. Проверьте оба."))
    if away.ended_on is not None and away.ended_on < away.started_on:
        found.append(("ended_on", "Последний день раньше первого. Проверьте оба."))
    if not Person.objects.employed(away.started_on).filter(pk=person.pk).exists():
        found.append(("started_on", "В этот день человек в школе не работал. Проверьте дату."))
    return found


def _overlapping(others: QuerySet[Absence], away: Away) -> Absence | None:
    lasting = others.exclude(ended_on__lt=away.started_on)
    return (lasting.exclude(started_on__gt=away.ended_on) if away.ended_on else lasting).first()
