"""Entering and mending people by hand, linking accounts."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from portal import audit
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.person_names import with_clean_names
from portal.core.sorting import sort_key
from portal.municipality.reference import DEPUTY, PRINCIPAL_POSITION, positions
from portal.municipality.reference import subjects as known_subjects
from portal.staff import access
from portal.staff.days_of_guests import refuse_days_of_guest
from portal.staff.limits import troubles
from portal.staff.mailboxes import owner_of, refuse_shared
from portal.staff.models import WORK, CategoryStage, Dating, Employment, Person, Position, WorkStage
from portal.staff.models.stages import SINCE_TODAY, Held
from portal.staff.selectors.people import curator_is_appointed
from portal.staff.services.hiring import Facts, dated, facts_of, make_person
from portal.staff.services.names import PARTS, Renamed, is_renamed, keep_name, say_name, tell_renamed
from portal.staff.twins import refuse_twin

OF_A_NAME = (*PARTS, "name_override")
OF_CATEGORY = frozenset({"category", "category_on", "category_until"})


@transaction.atomic
def enter_person(*, by: Actor, position: str, subjects: list[str] | None = None, **fields: Any) -> Person:
    """A person is entered by hand. Raises Forbidden, Invalid at the field, Conflict at `last_name` for a
    person who is here already.
    """
    if not access.can_enter_person(by):
        raise Forbidden("Сотрудников вносят куратор и специалист по кадрам.")
    return _entered(by, position, subjects or [], fields)


@transaction.atomic
def enter_deputy(*, by: Actor, subjects: list[str] | None = None, **fields: Any) -> Person:
    """The principal enters the one deputy who will be the curator, before there is anybody else to do it
    (SM-17).
    """
    if not access.can_enter_deputy(by):
        raise Forbidden("Заместителя до назначения куратора вносит директор.")
    if curator_is_appointed():
        raise Conflict("curator_appointed", "Куратор уже назначен: теперь сотрудников вносит куратор.")
    return _entered(by, DEPUTY, subjects or [], fields)


def _entered(by: Actor, position: str, subjects: list[str], fields: dict[str, Any]) -> Person:
    fields = with_clean_names(fields)
    _check(fields, position, subjects)
    refuse_twin(fields, None)
    refuse_shared(fields.get("email") or "")
    person = make_person({"email": "", **fields}, position=position, subjects=subjects, created_by=by.user)
    audit.record(by, "entered", person)
    return person


@transaction.atomic
def edit_person(
    person: Person,
    *,
    by: Actor,
    version: int | None = None,
    position: str | None = None,
    subjects: list[str] | None = None,
    renamed: Renamed | None = None,
    dating: Dating = SINCE_TODAY,
    **fields: Any,
) -> Person:
    """Mend what is known of a person. The journal names the changed fields, not their values. Another name
    is a mistake of spelling that is mended, unless it is said from which day the person is `renamed`.
    Positions, their rate and hours, and the category are as they are said from a day on (`dating`).
    """
    locked = _locked(person)
    if not access.can_edit_person(by, locked):
        raise Forbidden("Данные сотрудника правят куратор и специалист по кадрам.")
    locked.check_version(version)
    fields = _without_former_days(locked, with_clean_names(fields), dating)
    _check(fields, position, subjects or [])
    renamed = _keep_former_name(locked, fields, renamed, by=by)
    facts = facts_of(fields)
    if facts.person.get("email", locked.email) != locked.email:
        refuse_shared(facts.person["email"], locked)
    had = Held.of(locked)
    changed = _written(locked, facts.person)
    refuse_twin({name: getattr(locked, name) for name in (*PARTS, "birth_date")}, locked)
    of_work = _change_work(locked, facts, Place(position, subjects or [], dating), changed, by=by)
    if changed or of_work:
        locked.save_change(*changed)
        _keep_category(locked, changed, dating, was=had, by=by)
    if set(changed) & set(PARTS):
        say_name(locked, by=by)
    if renamed is not None:
        tell_renamed(locked, by=by)
        changed = [name for name in changed if name not in OF_A_NAME]
    if changed or of_work:
        audit.record(by, "edited", locked, changes=dating.told(sorted(changed) + of_work))
    return locked


def _keep_former_name(
    person: Person, fields: dict[str, Any], renamed: Renamed | None, *, by: Actor
) -> Renamed | None:
    """What is said of the change, where the name is another one; nothing where it is the same."""
    if not is_renamed(person, fields):
        return None
    fields.setdefault("name_override", {})  # it was of the former name: the portal proposes anew
    if renamed is not None:
        keep_name(person, renamed, by=by)
    return renamed


def _without_former_days(person: Person, fields: dict[str, Any], dating: Dating) -> dict[str, Any]:
    """Where another category is said and nothing of its day: those of the card are the former one's."""
    is_other = fields.get("category", person.category) != person.category and not dating.is_mistake
    return {"category_on": None, "category_until": None, **fields} if is_other else fields


def _keep_category(person: Person, changed: list[str], dating: Dating, *, was: Held, by: Actor) -> None:
    if OF_CATEGORY & set(changed):
        CategoryStage.keep(person, dating, was=was, by=by.user)


def _locked(person: Person) -> Person:
    """Whoever changes a person, or a period of one, waits for the others who do."""
    rows = Person.objects.select_for_update().prefetch_related(WORK)
    found: Person = rows.get(pk=person.pk)
    return found


def _written(row: Any, values: dict[str, Any]) -> list[str]:
    """Which of the values are new; they are set, not saved."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


@dataclass(frozen=True)
class Place:
    """The first position as it is typed, and since when it is so; without one it stays."""

    position: str | None
    subjects: list[str]
    dating: Dating


def _change_work(person: Person, facts: Facts, place: Place, of_person: list[str], *, by: Actor) -> list[str]:
    """What is new of the present period and of its first position; others are left as they are. A day is of
    all that the person does, unless it is the day of another category.
    """
    period = person.work
    if period is None:
        return []
    began_on, changed = period.started_on, _written(period, _restated(period, facts.period))
    _check_days(person, period)
    place.dating.check(period)
    if "started_on" in changed:
        refuse_days_of_guest(person, period.started_on, period.ended_on, at="hired_on")
    if changed:
        period.save_change(*changed)
        WorkStage.follow_start(period, began_on)
    moved = _change_position(period, facts, place, by=by)
    if not moved and place.dating.since and not OF_CATEGORY & set(of_person):
        moved = ["work_since"]
    if moved:
        WorkStage.keep(period, place.dating, by=by.user)
    return sorted(changed) + moved


def _check_days(person: Person, period: Employment) -> None:
    """The period still ends after it began, and begins after the one before it has ended."""
    start = period.started_on
    if start is None:
        return
    if period.ended_on is not None and start > period.ended_on:
        raise Invalid("after_dismissed", "Приём позже увольнения. Проверьте обе даты.", "hired_on")
    others = [one for one in person.employments.all() if one.pk != period.pk]
    before = [one for one in others if one.ended_on and one.ended_on >= start and one.holds(start)]
    if before:
        last = f"{before[0].ended_on:%d.%m.%Y}"
        raise Invalid("overlaps", f"До {last} человек работал здесь по прежнему приёму.", "hired_on")


def _restated(period: Employment, values: dict[str, Any]) -> dict[str, Any]:
    """Service that is typed as it stands keeps its day, unless another day is named."""
    if "stage_years" not in values:
        return values
    is_same = values["stage_years"] == period.stage_years
    on = values.get("stage_on") or (period.stage_on if is_same else None)
    return dated({**values, "stage_on": on})


def _change_position(period: Employment, facts: Facts, place: Place, *, by: Actor) -> list[str]:
    """The first position follows the form; returns what of it is new."""
    position, subjects = place.position, place.subjects
    first = period.positions.order_by("pk").first()
    values = {name: value for name, value in facts.position.items() if value is not None or name != "rate"}
    if first is None:
        if position is not None:
            Position.objects.create(
                employment=period, position=position, subjects=subjects, created_by=by.user, **values
            )
        return [] if position is None else ["position"]
    if position is not None:
        values |= {"position": position, "subjects": subjects}
    if values.get("position", first.position) != first.position and period.positions.filter(
        position=values["position"]
    ):
        raise Invalid("position_twice", "Эта должность у человека уже есть как вторая.", "position")
    changed = _written(first, values)
    if changed:
        first.save_change(*changed)
    return sorted(changed)


def _check(fields: dict[str, Any], position: str | None, subjects: list[str]) -> None:
    if position is not None and position not in positions():
        raise Invalid("position", "Такой должности нет в списке.", "position")
    if any(code not in known_subjects() for code in subjects):
        raise Invalid("subjects", "Такого предмета нет в списке.", "subjects")
    Invalid.refuse_any(Invalid("not_allowed", sentence, field) for field, sentence in troubles(fields))


@transaction.atomic
def link_user(
    person: UUID | None,
    user: UUID,
    *,
    office: str,
    last_name: str,
    first_name: str,
    middle_name: str,
    email: str,
    by: Actor,
) -> Person | None:
    """The invited person has an account now. A principal, whom the city invited, becomes a person here.
    Safe to repeat.
    """
    found = _card_of(person) if person else Person.objects.filter(user=user).first()
    if found is None and office == "principal":
        found = _principal(user, last_name, first_name, middle_name, email=email, by=by)
    if found is None or found.user == user:
        return found
    if found.user is None and not Person.objects.filter(user=user).exists():
        found.user = user
        found.save_change("user")
        audit.record(by, "joined", found)
    return found


def _card_of(number: UUID) -> Person | None:
    """The card, or the one under which it was laid since the letter left."""
    found = Person._base_manager.select_related("merged_into").filter(uuid=number).first()
    return (found.merged_into or found) if found is not None else None


def _principal(
    user: UUID, last_name: str, first_name: str, middle_name: str, *, email: str, by: Actor
) -> Person:
    name = with_clean_names({"last_name": last_name, "first_name": first_name, "middle_name": middle_name})
    key = sort_key(" ".join(part for part in name.values() if part))
    known = Person.objects.holding(PRINCIPAL_POSITION).filter(user=None, name_key=key).first()
    if known is not None:
        return known
    # the principal comes by the city's letter; whose the shared address is, the school settles
    email = "" if owner_of(email) else email
    made = make_person({**name, "email": email, "user": user}, position=PRINCIPAL_POSITION)
    audit.record(by, "joined", made)
    return made
