"""How a school takes an office away at once: the last day is written where every request asks who the person
is.

A letter follows for the city's own record. It may wait, stop or be refused; the right is gone all the same.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from portal.accounts.models import OfficeEnd
from portal.accounts.offices import Office
from tenants.context import school_here


def say_last_day(
    person: UUID, office: str, *, user: UUID | None, valid_from: dt.date, last_day: dt.date | None
) -> None:
    """Called inside the school. None takes an earlier word back: the office goes on. The principal's office
    is the city's to end.
    """
    if office == Office.PRINCIPAL:
        return
    own: dict[str, Any] = {
        "contour": school_here().schema_name,
        "office": office,
        "valid_from": valid_from,
        "person": person,
    }
    if last_day is None:
        OfficeEnd.objects.filter(**own).delete()
    else:
        OfficeEnd.objects.update_or_create(**own, defaults={"last_day": last_day, "user": user})


EVERY_OFFICE, ALWAYS = "", dt.date(1, 1, 1)


def say_dismissed(person: UUID, *, user: UUID | None, last_day: dt.date | None) -> None:
    """Whoever leaves the school has nothing in it after the day, whatever offices the school knows of. None:
    the dismissal was taken back.
    """
    say_last_day(person, EVERY_OFFICE, user=user, valid_from=ALWAYS, last_day=last_day)


def last_day_said(person: UUID, office: str, *, valid_from: dt.date) -> dt.date | None:
    """What the school itself has said of the end of this office, if anything."""
    own: dict[str, Any] = {
        "contour": school_here().schema_name,
        "office": office,
        "valid_from": valid_from,
        "person": person,
    }
    return OfficeEnd.objects.filter(**own).values_list("last_day", flat=True).first()
