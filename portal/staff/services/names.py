"""A name that has changed, and the names that were borne before it (docs/adr/0035)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal import audit
from portal.accounts.letters import NAME_SAID, NameAnsweredLetter, NameSaidLetter
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.person_names import name_troubles, with_clean_names
from portal.exchange import send
from portal.notify.notices import tell
from portal.staff import access
from portal.staff.models import FormerName, Person
from portal.staff.selectors.holders import holders_of
from tenants.links import link

PARTS = ("last_name", "first_name", "middle_name")
KEPT = (*PARTS, "ended_on", "basis")
DAY = dt.timedelta(days=1)
NOT_ALLOWED = "Имена сотрудников правят куратор и специалист по кадрам."


@dataclass(frozen=True, kw_only=True)
class Renamed:
    """Somebody is called otherwise from the day on: no mistake of spelling is mended."""

    since: dt.date
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Borne:
    """A former name as it is typed: `ended_on` is its last day."""

    last_name: str
    first_name: str
    ended_on: dt.date
    middle_name: str = ""
    basis: str = ""


def is_renamed(person: Person, values: dict[str, Any]) -> bool:
    """Whether these values say another name than the card does."""
    return any(getattr(person, part) != values.get(part, getattr(person, part)) for part in PARTS)


def keep_name(person: Person, renamed: Renamed, *, by: Actor) -> None:
    """The name that is about to be changed goes into the history, with its cases. Raises Invalid at
    `renamed_on`.
    """
    check_renamed(person, renamed)
    borne = {name: getattr(person, name) for name in (*PARTS, "name_override")}
    FormerName.objects.create(
        person=person,
        created_by=by.user,
        ended_on=renamed.since - DAY,
        basis=renamed.basis.strip()[:250],
        **borne,
    )


def check_renamed(person: Person, renamed: Renamed) -> None:
    """The first day of the new name has come, and is later than what was written down before. Raises Invalid
    or Conflict at `renamed_on`.
    """
    last_day = renamed.since - DAY
    _check_day(person, last_day, "renamed_on")
    later = FormerName.objects.filter(person=person, ended_on__gte=last_day).first()
    if later is not None:
        said = f"По {later.ended_on:%d.%m.%Y} человек носил прежнее имя. Проверьте дату."
        raise Conflict("borne_then", said, "renamed_on")


def tell_renamed(person: Person, *, by: Actor) -> None:
    """A line of the journal, and a word to whoever is called otherwise now."""
    audit.record(by, "renamed", person, changes={"fields": list(PARTS)})
    text = f"В школе записано ваше новое имя: {person.full_name}. Если это ошибка, скажите куратору."
    tell([person.user], "renamed", text, link("staff:person", person.uuid), about=person)


def say_name(person: Person, *, by: Actor) -> None:
    """Whoever has joined is called so in the city, too: at once, or when the person has confirmed it."""
    if person.user is not None:
        name = {part: getattr(person, part) for part in PARTS}
        letter = NameSaidLetter(person=person.uuid, user=person.user, **name)
        send(NAME_SAID, letter, topic=person.uuid, by=by)


def hear_answer(said: NameAnsweredLetter, *, by: Actor) -> None:
    """What the person has said of the name in the card, or how the portal calls them now. Those who keep the
    list look at it; the card itself stays as the school has written it.
    """
    person = Person.objects.filter(user=said.user).first()
    name = {part: getattr(said, part) for part in PARTS}
    is_refused = said.outcome == "refused"
    if person is None or is_renamed(person, name) == is_refused:
        return
    audit.record(by, "name_answered", person, changes={"outcome": ["", said.outcome]})
    _ask_to_compare(person, " ".join(part for part in name.values() if part), is_refused)


def _ask_to_compare(person: Person, called: str, is_refused: bool) -> None:
    text = f"{person.short_name}: другое имя в портале, {called}. Сверьте карточку с документами"
    if is_refused:
        text = f"{person.short_name}: имя в карточке не подтверждено, {called}. Сверьте его с документами"
    keepers = [*holders_of(Office.CURATOR), *holders_of(Office.PERSONNEL_OFFICER)]
    tell(keepers, "staff.name_answered", text, link("staff:person", person.uuid), about=person)


@transaction.atomic
def add_former_name(person: Person, borne: Borne, *, by: Actor) -> FormerName:
    """A name that was borne before anybody wrote it down here. Raises Forbidden, Invalid at the field,
    Conflict at `ended_on`.
    """
    locked = _locked(person, by)
    values = _checked(locked, borne, None)
    made: FormerName = FormerName.objects.create(person=locked, created_by=by.user, **values)
    audit.record(by, "former_name_added", made)
    return made


@transaction.atomic
def correct_former_name(
    former: FormerName, borne: Borne, *, by: Actor, version: int | None = None
) -> FormerName:
    """Mend how a former name was spelt, or its last day. Raises as above, and Stale."""
    person = _locked(former.person, by)
    locked: FormerName = lock(FormerName, former.pk)
    locked.check_version(version)
    values = _checked(person, borne, locked)
    changed = [name for name in KEPT if getattr(locked, name) != values[name]]
    if changed:
        for name in changed:
            setattr(locked, name, values[name])
        if set(changed) & set(PARTS):
            locked.name_override = {}  # the cases were typed of another spelling
        locked.save_change("name_override", "name_key", *changed)
        audit.record(by, "former_name_corrected", locked, changes={"fields": changed})
    return locked


@transaction.atomic
def take_former_name_away(former: FormerName, *, by: Actor, version: int | None = None) -> None:
    """There was no such name: a mistake of spelling was written down as a change. Raises Forbidden, Stale."""
    _locked(former.person, by)
    locked: FormerName = lock(FormerName, former.pk)
    locked.check_version(version)
    audit.record(by, "former_name_taken_away", locked)
    locked.delete()


def _locked(person: Person, by: Actor) -> Person:
    """Two who write down names of one person wait for each other."""
    found: Person = lock(Person, person.pk)
    if not access.can_edit_person(by, found):
        raise Forbidden(NOT_ALLOWED)
    return found


def _checked(person: Person, borne: Borne, own: FormerName | None) -> dict[str, Any]:
    values = with_clean_names(vars(borne))
    Invalid.refuse_any(Invalid("not_allowed", said, name) for name, said in name_troubles(values))
    _check_day(person, borne.ended_on, "ended_on")
    others = FormerName.objects.filter(person=person, ended_on=borne.ended_on)
    if (others.exclude(pk=own.pk) if own else others).exists():
        raise Conflict("borne_then", "Этим днём уже закончилось другое прежнее имя.", "ended_on")
    return {**values, "basis": borne.basis.strip()}


def _check_day(person: Person, last_day: dt.date, at: str) -> None:
    """The last day of a name lies behind, and after the birth."""
    if last_day >= clock.today():
        raise Invalid("not_yet", "Смену имени записывают, когда её день наступил. Проверьте дату.", at)
    if person.birth_date is not None and last_day < person.birth_date:
        raise Invalid("before_birth", "Этот день раньше дня рождения. Проверьте дату.", at)
