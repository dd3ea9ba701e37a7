"""Writes about production calendars: a file of the city, for every school."""

from typing import IO

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden, Invalid
from portal.municipality.calendar_file import calendars_in
from portal.municipality.models import CalendarYear
from tenants.lookup import facts_changed

AHEAD_YEARS = 2
ASK_FROM_MONTH = 11
"""The decree of the next year comes out in autumn (ст. 112 ТК РФ: a month before the year at the latest)."""


@transaction.atomic
def load_calendar(upload: IO[bytes], *, by: Actor) -> list[CalendarYear]:
    """The years of the file from this one on; what was known of them is replaced. Raises Forbidden, Invalid
    at `file`.
    """
    if not by.can("school:open"):
        raise Forbidden("Производственный календарь загружает специалист Управления.")
    this_year = clock.today().year
    found = calendars_in(upload.read(), range(this_year, this_year + AHEAD_YEARS + 1))
    if not found:
        raise Invalid(
            "other_years", f"В файле нет {this_year} года и следующих: прошлые годы уже не нужны.", "file"
        )
    rows = []
    for year, moved in sorted(found.items()):
        values = {"off": sorted(moved.off), "on": sorted(moved.on)}
        row, is_new = CalendarYear.objects.select_for_update().get_or_create(
            year=year, defaults={**values, "created_by": by.user}
        )
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            row.save_change(*changed)
        if is_new or changed:
            audit.record(by, "calendar_loaded", row)
            facts_changed()
        rows.append(row)
    return rows


def year_to_ask_for() -> int | None:
    """The next year, when its decree is out and nobody has loaded it."""
    today = clock.today()
    if today.month < ASK_FROM_MONTH or today.year + 1 in CalendarYear.known():
        return None
    return today.year + 1
