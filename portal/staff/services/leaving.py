"""The last day of work, a dismissal that was a mistake, a return, the first work of a guest: periods of one
person.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from portal import audit
from portal.accounts.ending import say_dismissed
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.municipality.reference import catalogue, positions
from portal.municipality.reference import subjects as known_subjects
from portal.municipality.states import Book
from portal.staff import access
from portal.staff.days_of_guests import refuse_days_of_guest
from portal.staff.limits import troubles
from portal.staff.mailboxes import refuse_shared
from portal.staff.models import WORK, Absence, Employment, Person
from portal.staff.services.hiring import facts_of, hire
from portal.staff.services.offices import end_offices_of, open_way_in, renew_invitations


@transaction.atomic
def dismiss_person(
    person: Person,
    *,
    on: dt.date,
    reason: str,
    by: Actor,
    basis: str = "",
    version: int | None = None,
) -> Person:
    """The day is the last one of work; offices end with it, and so does an absence. Raises Forbidden, Stale,
    Invalid at `on`, Conflict for whoever has no work here.
    """
    locked, period = _with_work(person, by, version)
    _check_last_day(locked, period, on)
    if reason not in catalogue(Book.DISMISSALS):
        raise Invalid("reason", "Выберите причину из списка.", "reason")
    refuse_days_of_guest(locked, period.started_on, on, at="on")
    if (period.ended_on, period.end_reason, period.end_basis) == (on, reason, basis):
        return locked
    if period.is_over and on >= clock.today():
        refuse_shared(locked.email, locked)
    period.ended_on, period.end_reason, period.end_basis = on, reason, basis
    period.save_change("ended_on", "end_reason", "end_basis")
    locked.save_change()
    _end_absences(locked, on)
    say_dismissed(locked.uuid, user=locked.user, last_day=on)
    audit.record(by, "dismissed", locked)
    end_offices_of(locked, on=on, by=Actor.system(school=by.school))
    return locked


def _check_last_day(person: Person, period: Employment, on: dt.date) -> None:
    """It lies within the period, and before the work that is to come."""
    if period.started_on is not None and on < period.started_on:
        raise Invalid(
            "before_hired",
            f"Последний день раньше приёма, {period.started_on:%d.%m.%Y}. Проверьте оба.",
            "on",
        )
    coming = _coming(person, period)
    if coming is not None and coming.started_on is not None and on >= coming.started_on:
        raise Invalid(
            "after_taken_on",
            f"С {coming.started_on:%d.%m.%Y} записана новая работа: последний день прежней раньше.",
            "on",
        )


def _end_absences(person: Person, on: dt.date) -> None:
    """Nobody is away from a school that one has left."""
    for absence in Absence.objects.filter(person=person).exclude(ended_on__lte=on):
        if absence.started_on > on:
            absence.delete()
        else:
            absence.ended_on = on
            absence.save_change("ended_on")


@transaction.atomic
def take_dismissal_back(person: Person, *, by: Actor, version: int | None = None) -> Person:
    """The dismissal was a mistake: the same period goes on. Raises Forbidden, Stale, Conflict, Invalid at
    `email` (the address is another's by now).
    """
    locked, period = _with_work(person, by, version)
    _refuse_coming(locked, period)
    if period.ended_on is None:
        raise Conflict("not_dismissed", "Увольнение не записано: отменять нечего.")
    refuse_days_of_guest(locked, period.started_on, None, at="hired_on")
    refuse_shared(locked.email, locked)
    last_day, period.ended_on = period.ended_on, None
    period.end_reason, period.end_basis = "", ""
    period.save_change("ended_on", "end_reason", "end_basis")
    locked.save_change()
    say_dismissed(locked.uuid, user=locked.user, last_day=_left_before(locked, period))
    audit.record(by, "dismissal_taken_back", locked)
    system, next_day = Actor.system(school=by.school), last_day + dt.timedelta(days=1)
    renew_invitations(locked, ended_on=last_day, by=system)
    open_way_in(locked, since=max(next_day, clock.today()), basis="увольнение отменено", by=system)
    return locked


def _left_before(person: Person, period: Employment) -> dt.date | None:
    """The last day of the work before this one."""
    days = (one.ended_on for one in person.employments.all() if one.pk != period.pk and one.ended_on)
    return max(days, default=None)


@transaction.atomic
def take_on(
    person: Person,
    *,
    by: Actor,
    position: str,
    subjects: list[str] | None = None,
    version: int | None = None,
    **fields: Any,
) -> Person:
    """The person is back, or was a guest and works here now: a new period, with its own day, position and
    statement of service; the former one stays as it was, and so does the end of what was given in it. Raises
    Forbidden, Stale, Conflict, Invalid at the field.
    """
    locked = _locked(person, by, version)
    last = locked.work
    if last is not None:
        _refuse_coming(locked, last)
    _check(fields, position, subjects or [])
    started = fields["hired_on"]
    if last is not None:
        _check_first_day(last, started)
    refuse_days_of_guest(locked, started, None, at="hired_on")
    refuse_shared(locked.email, locked)
    hire(locked, facts_of(fields), position=position, subjects=subjects, created_by=by.user)
    locked.save_change()
    audit.record(by, "taken_on_again" if last else "entered", locked)
    open_way_in(locked, since=started, basis="приём на работу", by=Actor.system(school=by.school))
    return locked


def _check_first_day(last: Employment, started: dt.date) -> None:
    """The former work has ended before it."""
    if last.ended_on is None:
        raise Conflict("works_here", "Этот человек и так работает в школе.")
    if started <= last.ended_on:
        raise Invalid(
            "before_dismissed",
            f"Прежняя работа закончилась {last.ended_on:%d.%m.%Y}: новая начинается позже. Если увольнения "
            "не было, отмените его.",
            "hired_on",
        )


def _coming(person: Person, period: Employment) -> Employment | None:
    """Work that begins on a later day, beside this period."""
    return person.employments.filter(started_on__gt=clock.today()).exclude(pk=period.pk).first()


def _refuse_coming(person: Person, period: Employment) -> None:
    """Whoever is to begin on a later day has been taken on already."""
    is_new = period.ended_on is None and period.started_on is not None and period.started_on > clock.today()
    coming = period if is_new else _coming(person, period)
    if coming is not None:
        raise Conflict("taken_on", f"Этого человека уже приняли, с {coming.started_on:%d.%m.%Y}.")


def _check(fields: dict[str, Any], position: str, subjects: list[str]) -> None:
    if position not in positions():
        raise Invalid("position", "Такой должности нет в списке.", "position")
    if any(code not in known_subjects() for code in subjects):
        raise Invalid("subjects", "Такого предмета нет в списке.", "subjects")
    if fields.get("ped_stage_years") is None:
        raise Invalid(
            "stage", "Назовите стаж на день приёма: за время отсутствия он мог вырасти.", "ped_stage_years"
        )
    Invalid.refuse_any(Invalid("not_allowed", sentence, field) for field, sentence in troubles(fields))


def _with_work(person: Person, by: Actor, version: int | None) -> tuple[Person, Employment]:
    """The person and the last period, both for this transaction alone."""
    locked = _locked(person, by, version)
    period = locked.work
    if period is None:
        raise Conflict("no_work", "Этот человек не работал в школе: увольнять некого.")
    return locked, period


def _locked(person: Person, by: Actor, version: int | None) -> Person:
    if not access.can_enter_person(by):
        raise Forbidden("Приём и увольнение отмечают куратор и специалист по кадрам.")
    rows = Person.objects.select_for_update().prefetch_related(WORK)
    locked: Person = rows.get(pk=person.pk)
    locked.check_version(version)
    return locked
