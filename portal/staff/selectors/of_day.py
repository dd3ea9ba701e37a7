"""The people of the school on a past day, as it is known today (docs/adr/0040), and what is not known."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from portal.core import clock
from portal.core.actor import Actor
from portal.staff.models import WORK, Absence, Employment, Person


def people_on(day: dt.date, by: Actor) -> QuerySet[Person]:
    """Whom the school employed on the day, with `was_away`."""
    away = Absence.objects.on(day).filter(person=OuterRef("pk"))
    rows = Person.objects.visible_to(by).employed(day).in_order_of_work(day)
    return rows.annotate(was_away=Exists(away)).prefetch_related(WORK)


def undated_on(day: dt.date) -> QuerySet[Person]:
    """People of the day of whom nobody has written down since when they work: they may have come later."""
    periods = Employment.objects.on(day).filter(person=OuterRef("pk"), started_on=None)
    return Person.objects.filter(Exists(periods))


def known_since() -> dt.date | None:
    """Since when the list is kept in the portal: of whoever left before, nothing is known."""
    first = Person.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return clock.local(first).date() if first else None


def unstated_on(day: dt.date) -> QuerySet[Person]:
    """People of the day whose service nobody has stated."""
    periods = Employment.objects.on(day).filter(person=OuterRef("pk"), stage_years=None)
    return Person.objects.filter(Exists(periods))


def unborn_on(day: dt.date) -> QuerySet[Person]:
    """People of the day whose day of birth nobody has written down."""
    return Person.objects.working(day).filter(birth_date=None)
