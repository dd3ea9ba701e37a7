"""Till how many years of service a teacher of this school is a young one: as the city says, or sooner."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Subquery
from django.db.models.functions import Coalesce, Least

from portal.core.once import once_a_page
from portal.core.privacy import Privacy, plain
from tenants.base import SchoolEntity


class YoungTerm(SchoolEntity):
    """What the school has decided by its local act: from this day on, till its next row begins. It may be
    shorter than the city's term, never longer; without years the city's holds again.
    """

    privacy = Privacy()

    started_on = plain(models.DateField("с какого дня", unique=True))
    years = plain(models.PositiveSmallIntegerField("до скольких лет стажа", null=True, blank=True))

    class Meta:
        verbose_name = "срок молодого педагога"
        ordering = ["started_on"]


def city_years() -> int:
    return int(settings.YOUNG_UP_TO_YEARS)


@once_a_page
def _decided() -> list[tuple[dt.date, int | None]]:
    return list(YoungTerm.objects.order_by("started_on").values_list("started_on", "years"))


def young_years(day: dt.date) -> int:
    """The school's term of the day."""
    held = [years for since, years in _decided() if since <= day]
    return min(held[-1] or city_years(), city_years()) if held else city_years()


def young_years_of_query(day: dt.date) -> Any:
    """The same inside a query: what is asked of every school by the same words is asked of its own rows."""
    rows = YoungTerm.objects.filter(started_on__lte=day).order_by("-started_on")
    city = models.Value(city_years())
    return Least(Coalesce(Subquery(rows.values("years")[:1]), city), city)
