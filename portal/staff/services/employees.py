"""Entering and mending people by hand, linking accounts."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from portal import audit
from portal.accounts.ending import say_dismissed
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.person_names import with_clean_names
from portal.core.sorting import sort_key
from portal.municipality.reference import DEPUTY, POSITIONS, PRINCIPAL_POSITION, SUBJECTS
from portal.staff import access
from portal.staff.limits import troubles
from portal.staff.mailboxes import owner_of, refuse_shared
from portal.staff.models import Employee, EmployeePosition, match_source
from portal.staff.selectors.people import curator_is_appointed

FIELDS = frozenset(
    {
        "last_name",
        "first_name",
        "middle_name",
        "gender",
        "birth_date",
        "hired_on",
        "dismissed_on",
        "dismissal_reason",
        "ped_stage_years",
        "education_level",
        "is_ped_education",
        "category",
        "category_on",
        "rate",
        "hours_week",
        "email",
        "name_override",
    }
)


@transaction.atomic
def enter_employee(*, by: Actor, position: str, subjects: list[str] | None = None, **fields: Any) -> Employee:
    """A person is entered by hand. Raises Forbidden, Invalid at the field, Conflict at `last_name` for a
    person who is here already.
    """
    if not access.can_enter_employee(by):
        raise Forbidden("Сотрудников вносят куратор и специалист по кадрам.")
    return _entered(by, position, subjects or [], fields)


@transaction.atomic
def enter_deputy(*, by: Actor, subjects: list[str] | None = None, **fields: Any) -> Employee:
    """The principal enters the one deputy who will be the curator, before there is anybody else to do it
    (SM-17).
    """
    if not access.can_enter_deputy(by):
        raise Forbidden("Заместителя до назначения куратора вносит директор.")
    if curator_is_appointed():
        raise Conflict("curator_appointed", "Куратор уже назначен: теперь сотрудников вносит куратор.")
    return _entered(by, DEPUTY, subjects or [], fields)


def _entered(by: Actor, position: str, subjects: list[str], fields: dict[str, Any]) -> Employee:
    fields = with_clean_names(fields)
    _check(fields, position, subjects)
    _refuse_twin(fields, None)
    refuse_shared(fields.get("email") or "")
    employee = Employee.objects.create(created_by=by.user, **{"email": "", **fields})
    EmployeePosition.objects.create(
        employee=employee,
        position=position,
        subjects=subjects,
        rate=fields.get("rate", 1),
        created_by=by.user,
    )
    audit.record(by, "entered", employee)
    return employee


@transaction.atomic
def edit_employee(
    employee: Employee,
    *,
    by: Actor,
    version: int | None = None,
    position: str | None = None,
    subjects: list[str] | None = None,
    **fields: Any,
) -> Employee:
    """Mend what is known of a person. The journal names the changed fields, not their values."""
    locked = Employee.objects.select_for_update().prefetch_related("positions").get(pk=employee.pk)
    if not access.can_edit_employee(by, locked):
        raise Forbidden("Данные сотрудника правят куратор и специалист по кадрам.")
    locked.check_version(version)
    fields = with_clean_names(fields)
    _check(fields, position, subjects or [])
    if fields.get("email", locked.email) != locked.email or _comes_back(locked, fields):
        refuse_shared(fields.get("email", locked.email), locked)
    changed = [name for name, value in fields.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, fields[name])
    _refuse_twin(
        {name: getattr(locked, name) for name in ("last_name", "first_name", "middle_name", "birth_date")},
        locked,
    )
    if changed:
        locked.save_change(*changed)
    if "dismissed_on" in changed:
        say_dismissed(locked.uuid, user=locked.user, last_day=locked.dismissed_on)
    moved = position is not None and _change_position(locked, position, subjects or [], by)
    if changed or moved:
        audit.record(
            by, "edited", locked, changes={"fields": sorted(changed) + (["position"] if moved else [])}
        )
    return locked


def _comes_back(employee: Employee, fields: dict[str, Any]) -> bool:
    """A dismissal is taken back or moved to a later day: meanwhile the address may have become another's."""
    last = fields.get("dismissed_on", employee.dismissed_on)
    return not employee.is_working and (last is None or last > clock.today())


def _change_position(employee: Employee, position: str, subjects: list[str], by: Actor) -> bool:
    """The first position follows the form; others are left as they are."""
    first = employee.positions.order_by("pk").first()
    if first is None:
        EmployeePosition.objects.create(
            employee=employee, position=position, subjects=subjects, rate=employee.rate, created_by=by.user
        )
        return True
    if (first.position, first.subjects) == (position, subjects):
        return False
    if position != first.position and employee.positions.filter(position=position).exists():
        raise Invalid("position_twice", "Эта должность у человека уже есть как вторая.", "position")
    first.position, first.subjects = position, subjects
    first.save_change("position", "subjects")
    return True


def _check(fields: dict[str, Any], position: str | None, subjects: list[str]) -> None:
    unknown = set(fields) - FIELDS
    if unknown:
        raise ValueError(f"no such fields of an employee: {sorted(unknown)}")
    if position is not None and position not in POSITIONS:
        raise Invalid("position", "Такой должности нет в списке.", "position")
    if any(code not in SUBJECTS for code in subjects):
        raise Invalid("subjects", "Такого предмета нет в списке.", "subjects")
    Invalid.refuse_any(Invalid("not_allowed", sentence, field) for field, sentence in troubles(fields))


def _refuse_twin(fields: dict[str, Any], own: Employee | None) -> None:
    if not fields.get("birth_date"):
        return
    name = " ".join(fields.get(part) or "" for part in ("last_name", "first_name", "middle_name"))
    twins = Employee.objects.filter(match_key=sort_key(match_source(name, fields["birth_date"])))
    if (twins.exclude(pk=own.pk) if own else twins).exists():
        raise Conflict(
            "employee_known", "Человек с таким именем и датой рождения уже есть в списке.", "last_name"
        )


@transaction.atomic
def dismiss_employee(
    employee: Employee, *, on: dt.date, reason: str, by: Actor, version: int | None = None
) -> Employee:
    """The person leaves the school; offices end with the last day."""
    from portal.staff.services.offices import end_offices_of

    locked = edit_employee(employee, by=by, version=version, dismissed_on=on, dismissal_reason=reason)
    end_offices_of(locked, on=on, by=Actor.system(school=by.school))
    return locked


@transaction.atomic
def link_user(
    employee: UUID | None,
    user: UUID,
    *,
    office: str,
    last_name: str,
    first_name: str,
    middle_name: str,
    email: str,
    by: Actor,
) -> Employee | None:
    """The invited person has an account now. A principal, whom the city invited, becomes an employee here.
    Safe to repeat.
    """
    found = (
        Employee.objects.filter(uuid=employee).first()
        if employee
        else Employee.objects.filter(user=user).first()
    )
    if found is None and office == "principal":
        found = _principal(user, last_name, first_name, middle_name, email=email, by=by)
    if found is None or found.user == user:
        return found
    if found.user is None and not Employee.objects.filter(user=user).exists():
        found.user = user
        found.save_change("user")
        audit.record(by, "joined", found)
    return found


def _principal(
    user: UUID, last_name: str, first_name: str, middle_name: str, *, email: str, by: Actor
) -> Employee:
    name = with_clean_names({"last_name": last_name, "first_name": first_name, "middle_name": middle_name})
    key = sort_key(" ".join(part for part in name.values() if part))
    known = Employee.objects.filter(user=None, name_key=key, positions__position=PRINCIPAL_POSITION).first()
    if known is not None:
        return known
    # the principal comes by the city's letter; whose the shared address is, the school settles
    email = "" if owner_of(email) else email
    made = Employee.objects.create(
        last_name=last_name, first_name=first_name, middle_name=middle_name, email=email, user=user
    )
    EmployeePosition.objects.create(employee=made, position=PRINCIPAL_POSITION)
    audit.record(by, "joined", made)
    return made
