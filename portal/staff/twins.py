"""Two cards of one name and one day of birth: nobody makes the second one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from portal.core.errors import Conflict
from portal.core.sorting import sort_key
from portal.staff.models import FormerName, Person, match_source


def refuse_twin(fields: Mapping[str, Any], own: Person | None) -> None:
    """Raises Conflict at `last_name`."""
    twin = twin_of(fields, own)
    if twin is None:
        return
    if twin.match_key == _key(fields):
        said = "У человека с таким именем и датой рождения уже есть карточка."
        raise Conflict("person_known", said, "last_name")
    said = f"У этого человека уже есть карточка под новым именем: {twin.full_name}."
    raise Conflict("person_renamed", said, "last_name")


def twin_of(fields: Mapping[str, Any], own: Person | None = None) -> Person | None:
    """Whoever has this name and day of birth, or has borne the name before: staff, a guest, or somebody who
    has left.
    """
    if not fields.get("birth_date"):
        return None
    twins = Person.objects.filter(match_key=_key(fields))
    found = (twins.exclude(pk=own.pk) if own else twins).first()
    return found if found or own else _called_otherwise(_name(fields), fields["birth_date"])


def _name(fields: Mapping[str, Any]) -> str:
    return " ".join(fields.get(part) or "" for part in ("last_name", "first_name", "middle_name"))


def _key(fields: Mapping[str, Any]) -> str:
    return sort_key(match_source(_name(fields), fields["birth_date"]))


def _called_otherwise(name: str, born: dt.date) -> Person | None:
    """Whoever bore the name before, born on the day."""
    borne = FormerName.objects.filter(name_key=sort_key(" ".join(name.split())), person__birth_date=born)
    found = borne.select_related("person").first()
    return found.person if found else None
