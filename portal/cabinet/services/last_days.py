"""Last days that are coming: a month and a week before each of them whoever decides about it is asked, by
kind. After it the thing stands at home.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from portal.accounts.offices import Office
from portal.cabinet.services.reminders import remind_once
from portal.core import clock
from portal.core.actor import Actor
from portal.mentoring.models import Pair
from portal.mentoring.selectors.people import users_of
from portal.mentoring.selectors.turning import MAY_GO_ON
from portal.staff.models import Absence, Employment, PersonOffice
from portal.staff.selectors import holders_of
from portal.staff.selectors.offices import ending_soon
from tenants.links import link

Said = tuple[Iterable[UUID | None], str, str]
WORDS = ((30, 7), (7, -1))
"""So many days before; the next word, which is not sent together with this one after nights that did not
run.
"""


def remind_of_last_days(by: Actor) -> None:
    """Each once for its day: a day that was moved is spoken of again."""
    for days, next_word in WORDS:
        window = _days(next_word + 1, days)
        remind_once(f"pair-{days}", _pairs(window), _of_pair, day=lambda pair: pair.planned_to)
        remind_once(f"work-{days}", _periods(window), _of_work, day=lambda period: period.ended_on)
        remind_once(f"office-{days}", _offices(window), _of_office, day=lambda held: held.valid_to)
        remind_once(f"absence-{days}", _absences(window), _of_absence, day=lambda one: one.expected_until)


def _days(first: int, last: int) -> tuple[dt.date, dt.date]:
    today = clock.today()
    return today + dt.timedelta(days=first), today + dt.timedelta(days=last)


def _pairs(window: tuple[dt.date, dt.date]) -> Any:
    return Pair.objects.filter(state__in=MAY_GO_ON, planned_to__range=window).with_people()


def _of_pair(pair: Pair) -> Said:
    return (
        {*users_of(pair), *holders_of(Office.CURATOR)},
        f"{pair.title}: последний день пары {pair.planned_to:%d.%m.%Y}. Решите, завершить её или продлить",
        link("cabinet:pair", pair.uuid),
    )


def _periods(window: tuple[dt.date, dt.date]) -> Any:
    return Employment.objects.filter(ended_on__range=window).select_related("person")


def _of_work(period: Employment) -> Said:
    return (
        {*holders_of(Office.CURATOR), *holders_of(Office.PERSONNEL_OFFICER)},
        f"{period.person.short_name}: последний рабочий день {period.ended_on:%d.%m.%Y}. Решите о парах",
        link("staff:person", period.person.uuid),
    )


def _offices(window: tuple[dt.date, dt.date]) -> Any:
    return ending_soon().filter(valid_to__range=window)


def _of_office(held: PersonOffice) -> Said:
    office = Office(held.office).label
    return (
        {held.person.user, *holders_of(Office.PRINCIPAL)},
        f"{held.person.short_name}, {office}: последний день {held.valid_to:%d.%m.%Y}, срок даёт директор",
        link("staff:office", held.uuid),
    )


def _absences(window: tuple[dt.date, dt.date]) -> Any:
    rows = Absence.objects.on(clock.today()).filter(ended_on=None, expected_until__range=window)
    return rows.select_related("person")


def _of_absence(absence: Absence) -> Said:
    """Why somebody is away is not said."""
    return (
        {*holders_of(Office.CURATOR), *holders_of(Office.PERSONNEL_OFFICER)},
        f"{absence.person.short_name}: по плану отсутствует до {absence.expected_until:%d.%m.%Y}. Ждать ли?",
        link("staff:absence", absence.uuid),
    )
