"""Offices in the portal: given by an order or by the principal, told to the city as opaque numbers, confirmed
by its answer.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from portal import audit, exchange
from portal.accounts.ending import last_day_said, say_last_day
from portal.accounts.letters import OFFICE, OfficeLetter
from portal.accounts.offices import HAND_OFFICES, SCHOOL_OFFICES, Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.staff import access
from portal.staff.mailboxes import refuse_shared
from portal.staff.models import GuestStay, Person, PersonOffice
from portal.staff.services.invitations import invite_person

DAY = dt.timedelta(days=1)


@transaction.atomic
def give_office(
    person: Person,
    office: str,
    *,
    basis: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    by: Actor,
) -> PersonOffice:
    """A person gets an office on the basis of a document; who has not joined yet is invited into it. Safe
    to repeat.

    Raises Forbidden, Invalid (curator must be a deputy principal: Положение 6.1; an end before the start, or
    after the last day of work).
    """
    if not access.can_give_office(by, person):
        raise Forbidden("Должности в портале даёт директор.")
    if office not in SCHOOL_OFFICES:
        raise Invalid("office", "Такой должности в школе нет.", "office")
    if office == Office.CURATOR and not person.is_deputy:
        raise Invalid(
            "curator_not_deputy",
            "Куратором может быть только заместитель директора (Положение, 6.1).",
            "person",
        )
    if valid_to is not None and valid_to < valid_from:
        raise Invalid("period", "Окончание раньше начала.", "valid_to")
    refuse_without_work(person, valid_from)
    refuse_beyond_stay(person, office, valid_from, valid_to)
    refuse_beyond_work(person, valid_from, valid_to)
    held, made = PersonOffice.objects.select_for_update().get_or_create(
        person=person,
        office=office,
        valid_from=valid_from,
        defaults={"basis": basis[:250], "valid_to": valid_to, "created_by": by.user},
    )
    if made or _begins_anew(held, basis, valid_to):
        audit.record(by, "office_given", held)
        _tell_city(held, by)
        if person.user is None and person.email:
            invite_person(person, office=office, basis=basis, valid_from=valid_from, valid_to=valid_to, by=by)
    return held


def refuse_without_work(person: Person, day: dt.date) -> None:
    """Nobody has a right on a day on which no work is written down. Raises Invalid at `valid_from`."""
    if Person.objects.taking_part(day).filter(pk=person.pk).exists():
        return
    if Person.objects.employed(day).filter(pk=person.pk).exists():
        return
    begins = person.hired_on
    said = (
        f"На работу человек выходит {begins:%d.%m.%Y}: раньше этого дня должность не дают."
        if begins is not None and begins > day
        else "В этот день человек в школе не работает. Проверьте дату."
    )
    raise Invalid("no_work_then", said, "valid_from")


def refuse_beyond_stay(person: Person, office: str, since: dt.date, until: dt.date | None) -> None:
    """A guest has what the basis of the stay names, in its days. Raises Invalid at the field."""
    stay = GuestStay.objects.on(since).filter(person=person).first()
    if stay is None:
        return
    if office != stay.office:
        raise Invalid("not_of_guest", "Гостю даётся только то, что названо в основании.", "office")
    if until is None or until > stay.ended_on:
        last = f"{stay.ended_on:%d.%m.%Y}"
        raise Invalid("beyond_stay", f"Гость в школе по {last}: дольше этого дня права не дают.", "valid_to")


def refuse_beyond_work(person: Person, since: dt.date, until: dt.date | None) -> None:
    """Whoever leaves has no right after the last day. Of a guest the stay is asked. Raises Invalid at
    `valid_to`.
    """
    last = person.works_until(since)
    if last is None or (until is not None and until <= last):
        return
    if not GuestStay.objects.on(since).filter(person=person).exists():
        said = f"Человек работает здесь по {last:%d.%m.%Y}: дольше этого дня права не дают."
        raise Invalid("beyond_work", said, "valid_to")


def _begins_anew(held: PersonOffice, basis: str, valid_to: dt.date | None) -> bool:
    """An office that was taken back as a mistake, or ended before its day came, is given from the same day
    again.
    """
    over = held.valid_to is not None and (
        held.valid_to < held.valid_from or (held.end_basis and held.valid_to < clock.today())
    )
    if over and (valid_to is None or valid_to >= clock.today()):
        held.basis, held.valid_to, held.end_basis, held.confirmed_at = basis[:250], valid_to, "", None
        held.save_change("basis", "valid_to", "end_basis", "confirmed_at")
        return True
    return False


@transaction.atomic
def give_office_by_hand(
    person: Person,
    office: str,
    *,
    basis: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    email: str = "",
    by: Actor,
) -> PersonOffice:
    """The principal gives an office that needs no order of a set form. Raises Forbidden, Invalid and Conflict
    at the field.
    """
    if not access.can_lead_offices(by):
        raise Forbidden("Должности в портале даёт директор.")
    if office not in HAND_OFFICES:
        raise Invalid(
            "office_not_by_hand",
            "Куратора назначает приказ, директора назначает город. Выберите другую должность.",
            "office",
        )
    if len(basis.strip()) < 5:
        raise Invalid(
            "basis", "Назовите документ: вид, номер и дату. Например, приказ № 12-к от 01.09.2026.", "basis"
        )
    address = (email or person.email).strip()
    if person.user is None and not address:
        raise Invalid(
            "email", "Этого человека ещё нет в портале. Впишите почту, на неё придёт приглашение.", "email"
        )
    held = _overlapping(person, office, valid_from, valid_to)
    if held is not None:
        until = f"до {held.valid_to:%d.%m.%Y}" if held.valid_to else "без срока"
        raise Conflict(
            "office_held",
            f"Эта должность у человека уже есть: с {held.valid_from:%d.%m.%Y} {until}. Сначала закончите "
            "прежнюю.",
            "office",
        )
    if person.user is None and address != person.email:
        refuse_shared(address, person)
        person.email = address.lower()
        person.save_change("email")
    return give_office(person, office, basis=basis.strip(), valid_from=valid_from, valid_to=valid_to, by=by)


def _overlapping(person: Person, office: str, start: dt.date, end: dt.date | None) -> PersonOffice | None:
    held = person.offices.filter(Q(valid_to=None) | Q(valid_to__gte=start), office=office)
    return (held.filter(valid_from__lte=end) if end else held).first()


@transaction.atomic
def end_office(
    held: PersonOffice, *, on: dt.date, by: Actor, basis: str = "", version: int | None = None
) -> PersonOffice:
    """The day is the last one of the office. Raises Forbidden, Stale, Invalid at `on` or `basis`.

    The day before the first one takes back an office that was given by mistake.
    """
    locked: PersonOffice = lock(PersonOffice, held.pk)
    if not access.can_end_office(by, locked):
        raise Forbidden("Должности в портале заканчивает директор. Директора назначает и меняет город.")
    locked.check_version(version)
    if not by.is_system and len(basis.strip()) < 5:
        raise Invalid(
            "basis", "Назовите документ: вид, номер и дату. Например, приказ № 14-к от 20.11.2026.", "basis"
        )
    if on < locked.valid_from - DAY:
        raise Invalid(
            "on",
            f"Должность началась {locked.valid_from:%d.%m.%Y}: последний день не может быть раньше. "
            f"Если её дали по ошибке, укажите {locked.valid_from - DAY:%d.%m.%Y}.",
            "on",
        )
    if locked.valid_to is not None and on > locked.valid_to:
        raise Invalid(
            "on",
            f"Должность и так закончится {locked.valid_to:%d.%m.%Y}. Чтобы продлить её, дайте должность "
            "заново на новый срок.",
            "on",
        )
    return _ended(locked, on, basis.strip()[:250], by)


def _ended(held: PersonOffice, on: dt.date, basis: str, by: Actor) -> PersonOffice:
    held.valid_to, held.end_basis, held.confirmed_at = on, basis, None
    held.save_change("valid_to", "end_basis", "confirmed_at")
    audit.record(by, "office_ended", held)
    _tell_city(held, by)
    return held


def end_offices_of(person: Person, *, on: dt.date, by: Actor, why: str = "увольнение") -> None:
    """The person leaves: offices and unanswered invitations end with the day. The principal's office is the
    city's to end.
    """
    alive = Q(valid_to=None) | Q(valid_to__gt=on)
    told = set()
    for held in person.offices.filter(alive).exclude(office=Office.PRINCIPAL):
        _ended(held, _cut_short(on, held.valid_from), why, by)
        told.add((held.office, held.valid_from))
    for asked in person.invitations.filter(alive, accepted_at=None):
        if (asked.office, asked.valid_from) in told:
            continue
        asked.valid_to = _cut_short(on, asked.valid_from)
        asked.save_change("valid_to")
        _send(person, asked.office, asked.basis, asked.valid_from, valid_to=asked.valid_to, by=by)


def move_last_day(person: Person, office: str, *, was: dt.date, last_day: dt.date, by: Actor) -> bool:
    """The stay of a guest ends on another day: what it gave, and an unanswered invitation, follow. False
    where there is nothing to be moved.
    """
    held = list(person.offices.filter(office=office, valid_to=was))
    for one in held:
        _move_office(one, last_day, by)
    asked = list(person.invitations.filter(office=office, valid_to=was, accepted_at=None))
    for letter in asked:
        letter.valid_to = _cut_short(last_day, letter.valid_from)
        letter.save_change("valid_to")
        _send(person, office, letter.basis, letter.valid_from, valid_to=letter.valid_to, by=by)
    return bool(held or asked)


def _move_office(held: PersonOffice, last_day: dt.date, by: Actor) -> None:
    is_shorter = held.valid_to is None or last_day < held.valid_to
    held.valid_to, held.confirmed_at = _cut_short(last_day, held.valid_from), None
    held.save_change("valid_to", "confirmed_at")
    audit.record(by, "office_ended" if is_shorter else "office_given", held)
    _tell_city(held, by)


def _cut_short(on: dt.date, valid_from: dt.date) -> dt.date:
    """The last day of what a dismissal ends: what was to begin later never begins."""
    return max(on, valid_from - DAY)


def open_way_in(person: Person, *, since: dt.date, basis: str, by: Actor) -> None:
    """Whoever works here again comes in as a teacher from the day on; other offices are given by the
    principal. Who has not joined yet needs an invitation, not an office.
    """
    held = person.offices.filter(Q(valid_to=None) | Q(valid_to__gte=since), valid_from__lte=since)
    if person.user is not None and not held.exists():
        last = person.works_until(since)
        give_office(person, Office.TEACHER, basis=basis, valid_from=since, valid_to=last, by=by)


def renew_invitations(person: Person, *, ended_on: dt.date, by: Actor) -> None:
    """The dismissal was a mistake: what it has cut short of unanswered invitations goes on."""
    for asked in person.invitations.filter(office=Office.TEACHER, accepted_at=None):
        if asked.valid_to != _cut_short(ended_on, asked.valid_from):
            continue
        asked.valid_to = None
        asked.save_change("valid_to")
        _send(person, asked.office, asked.basis, asked.valid_from, valid_to=None, by=by)


def confirm_office(
    uuid: UUID, office: str, *, valid_from: dt.date, valid_to: dt.date | None, basis: str = ""
) -> None:
    """The city's answer. An office that the school has no line of (an accepted invitation) gets one. Safe to
    repeat.
    """
    person = Person.objects.filter(uuid=uuid).first()
    if person is None:
        return
    # the person left while the news of joining was on its way
    ended = last_day_said(uuid, office, valid_from=valid_from)
    given = {"basis": (basis or "приглашение")[:250], "valid_to": ended or valid_to}
    held, _ = PersonOffice.objects.get_or_create(
        person=person, office=office, valid_from=valid_from, defaults=given
    )
    if held.confirmed_at is None and held.valid_to == valid_to:
        PersonOffice.objects.filter(pk=held.pk).update(confirmed_at=clock.now(), updated_at=clock.now())


def tell_again(person: Person, *, by: Actor) -> None:
    """The person has just joined: offices that waited for it are told to the city once more."""
    for held in person.offices.filter(Q(valid_to=None) | Q(valid_to__gte=clock.today()), confirmed_at=None):
        _tell_city(held, by)


def _tell_city(held: PersonOffice, by: Actor) -> None:
    _send(held.person, held.office, held.basis, held.valid_from, valid_to=held.valid_to, by=by)


def _send(
    person: Person, office: str, basis: str, valid_from: dt.date, *, valid_to: dt.date | None, by: Actor
) -> None:
    """The last day acts at once, by itself; the letter is for the city's own record."""
    say_last_day(person.uuid, office, user=person.user, valid_from=valid_from, last_day=valid_to)
    letter = OfficeLetter(
        person=person.uuid,
        user=person.user,
        office=office,
        basis=basis,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    exchange.send(OFFICE, letter, topic=person.uuid, by=by)
