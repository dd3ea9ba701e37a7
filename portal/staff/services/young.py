"""Till how many years of service a teacher is young: the school may take a shorter term than the city."""

import datetime as dt

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import one_at_a_time
from portal.core.errors import Forbidden, Invalid
from portal.core.school_year import SchoolYear
from portal.staff import access
from portal.staff.models import YoungTerm
from portal.staff.models.young import city_years

AHEAD_DAYS = 366
"""A local act may be adopted before its first day, but not years ahead."""


@transaction.atomic
def decide_young(years: int | None, since: dt.date, *, by: Actor) -> YoungTerm:
    """From the day on a teacher is young till so many years of service; None: as the city says. What the
    figures of later days were is changed by it. Raises Forbidden, Invalid at `young_years` and `young_since`.
    """
    if not access.can_decide_young(by):
        raise Forbidden("Порядок наставничества меняют куратор и директор.")
    _check(years, since)
    one_at_a_time("staff.young")
    row = YoungTerm.objects.filter(started_on=since).first()
    if row is None:
        row = YoungTerm.objects.create(started_on=since, years=years, created_by=by.user)
    elif row.years == years:
        return row
    else:
        row.years = years
        row.save_change("years")
    audit.record(by, "young_decided", row, changes={"years": years, "since": since.isoformat()})
    return row


def _check(years: int | None, since: dt.date) -> None:
    if years is not None and not 1 <= years < city_years():
        sentence = f"В городе это {city_years()}. Школа может взять срок короче, длиннее нельзя."
        raise Invalid("young_years", sentence, "young_years")
    first, last = SchoolYear.current().starts_on, clock.today() + dt.timedelta(days=AHEAD_DAYS)
    if not first <= since <= last:
        raise Invalid("young_since", f"Назовите день от {first:%d.%m.%Y} до {last:%d.%m.%Y}.", "young_since")
