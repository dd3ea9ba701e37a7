"""Guests of the school: invited for what a document names, for a time, with no right beyond it
(docs/adr/0036).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.person_names import with_clean_names
from portal.staff import access
from portal.staff.days_of_guests import works_within
from portal.staff.limits import troubles
from portal.staff.mailboxes import refuse_shared
from portal.staff.models import GuestStay, Person
from portal.staff.services.invitations import invite_person
from portal.staff.services.offices import give_office, move_last_day
from portal.staff.states import GuestKind
from portal.staff.twins import refuse_twin

LONGEST = dt.timedelta(days=366)
"""Who is lent for longer is asked about again: the stay is prolonged by another document."""
FIELDS = ("kind", "home", "home_number", "post", "basis", "started_on", "ended_on")
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Stay:
    """What is said of a guest: `ended_on` is the last day, and is always known."""

    kind: str
    home: str
    basis: str
    started_on: dt.date
    ended_on: dt.date
    home_number: int | None = None
    post: str = ""


@transaction.atomic
def invite_guest(stay: Stay, *, by: Actor, email: str, name: Mapping[str, Any]) -> GuestStay:
    """Somebody from outside comes for the first time: a card without work, the days, a letter. Raises
    Forbidden, Invalid at the field, Conflict at `last_name` for somebody who is known here.
    """
    _refuse_others(by)
    name = with_clean_names(name)
    Invalid.refuse_any(Invalid("not_allowed", said, field) for field, said in troubles(name))
    refuse_twin(name, None)
    refuse_shared(email)
    person = Person.objects.create(created_by=by.user, email=email.strip().lower(), **name)
    return begin_stay(person, stay, by=by)


@transaction.atomic
def begin_stay(person: Person, stay: Stay, *, by: Actor) -> GuestStay:
    """The days of somebody who is known here: a guest of before, or whoever has worked here. What the basis
    gives begins and ends with them. Raises Forbidden, Invalid at the field, Conflict at `started_on`.
    """
    _refuse_others(by)
    locked: Person = lock(Person, person.pk)
    _check(locked, stay, None)
    refuse_shared(locked.email, locked)
    made: GuestStay = GuestStay.objects.create(person=locked, created_by=by.user, **vars(stay))
    audit.record(by, "guest_invited", made)
    _open_way_in(made, by)
    return made


def _open_way_in(stay: GuestStay, by: Actor) -> None:
    """An office for whoever is in the portal, a letter for whoever is not; one letter is enough for several
    stays.
    """
    person = stay.person
    if person.user is not None:
        give_what_stays_name(person, by=Actor.system(school=by.school))
    elif person.email and stay.ended_on >= clock.today() and not _is_invited(person):
        invite_person(person, by=by)


def _is_invited(person: Person) -> bool:
    return any(letter.condition in ("asked", "sent") for letter in person.invitations.all())


def give_what_stays_name(person: Person, *, by: Actor) -> None:
    """The offices of all stays that are not over, for whoever has joined. Safe to repeat."""
    for stay in person.stays.filter(ended_on__gte=clock.today()):
        office, last = stay.office, stay.ended_on
        if not person.offices.filter(office=office, valid_from__range=(stay.started_on, last)).exists():
            since = max(stay.started_on, clock.today())
            give_office(person, office, basis=stay.basis, valid_from=since, valid_to=last, by=by)


@transaction.atomic
def correct_stay(stay: GuestStay, said: Stay, *, by: Actor, version: int | None = None) -> GuestStay:
    """Mend what was said, prolong the stay or end it: rights follow its last day at once. Raises as above,
    and Stale.
    """
    _refuse_others(by)
    person: Person = lock(Person, stay.person_id)
    locked: GuestStay = lock(GuestStay, stay.pk)
    locked.check_version(version)
    _check(person, said, locked)
    changed = [name for name in FIELDS if getattr(locked, name) != getattr(said, name)]
    if not changed:
        return locked
    _refuse_given(locked, said)
    was = locked.ended_on
    for name in changed:
        setattr(locked, name, getattr(said, name))
    locked.save_change(*changed)
    if was == locked.ended_on:
        audit.record(by, "stay_corrected", locked, changes={"fields": changed})
        return locked
    is_longer = locked.ended_on > was
    audit.record(by, "stay_prolonged" if is_longer else "stay_shortened", locked, changes={"fields": changed})
    _follow(locked, was, locked.ended_on, by)
    return locked


def _refuse_given(stay: GuestStay, said: Stay) -> None:
    """What was given by the stay does not become another right, nor is it begun before the first day."""
    days = (stay.started_on, stay.ended_on)
    given = [*stay.person.offices.filter(valid_from__range=days)]
    given += [*stay.person.invitations.filter(valid_from__range=days)]  # type: ignore[list-item]
    again = "Права уже даны. Уберите эту запись и запишите дни заново."
    if given and said.kind != stay.kind:
        raise Invalid("given", again, "kind")
    if any(one.valid_from < said.started_on for one in given):
        raise Invalid("given", again, "started_on")


@transaction.atomic
def take_stay_back(stay: GuestStay, *, by: Actor, version: int | None = None) -> None:
    """The guest has never come: nothing of the stay is left, nor of what it gave. Raises Forbidden, Stale."""
    _refuse_others(by)
    lock(Person, stay.person_id)
    locked: GuestStay = lock(GuestStay, stay.pk)
    locked.check_version(version)
    audit.record(by, "stay_taken_back", locked)
    _follow(locked, locked.ended_on, clock.today() - DAY, by)
    locked.delete()


def _follow(stay: GuestStay, was: dt.date, last_day: dt.date, by: Actor) -> None:
    """What the stay has given ends with it, and goes on with it."""
    office = stay.office
    moved = move_last_day(stay.person, office, was=was, last_day=last_day, by=Actor.system(school=by.school))
    if not moved and last_day >= clock.today():
        _open_way_in(stay, by)


def _refuse_others(by: Actor) -> None:
    if not access.can_keep_guests(by):
        raise Forbidden("Гостей школы записывают куратор и специалист по кадрам.")


def _check(person: Person, stay: Stay, own: GuestStay | None) -> None:
    Invalid.refuse_any(Invalid("not_allowed", said, field) for field, said in _troubles(stay))
    if works_within(person, stay.started_on, stay.ended_on):
        said = "В эти дни человек работает в школе: гостем он не бывает. Проверьте дни."
        raise Conflict("works_then", said, "started_on")
    others = GuestStay.objects.filter(person=person, started_on__lte=stay.ended_on)
    others = others.filter(ended_on__gte=stay.started_on)
    clash = (others.exclude(pk=own.pk) if own else others).first()
    if clash is not None:
        said = f"На эти дни человек уже записан гостем: {clash.words}."
        raise Conflict("stays_overlap", said, "started_on")


def _troubles(stay: Stay) -> list[tuple[str, str]]:
    found = []
    if stay.kind not in GuestKind.values:
        found.append(("kind", "Выберите, кем приходит гость."))
    if len(stay.basis.strip()) < 5:
        found.append(("basis", "Назовите договор или приказ: номер и дату."))
    if not stay.home.strip():
        found.append(("home", "Напишите, откуда гость: школа, колледж, центр."))
    if stay.ended_on < stay.started_on:
        found.append(("ended_on", "Последний день раньше первого. Проверьте оба."))
    elif stay.ended_on - stay.started_on > LONGEST:
        found.append(("ended_on", "Гость приходит не дольше чем на год. Потом дни можно продлить."))
    return found
