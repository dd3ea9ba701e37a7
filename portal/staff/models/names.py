"""The names that somebody has borne before, each till its last day (docs/adr/0035)."""

import datetime as dt
from typing import Any

from django.db import models

from portal.core import clock
from portal.core.once import once_a_page
from portal.core.person_names import FIRST, LAST, MIDDLE, Named, PersonNameField
from portal.core.privacy import Privacy, along, ordinary
from portal.core.sorting import SortKeyField
from portal.staff.models.employments import LABOUR
from tenants.base import SchoolEntity


class FormerName(Named, SchoolEntity):
    """A name that was borne till `ended_on`, that day included. It begins where the one before it ends, so
    the names of a person cover each day once, whatever is written down.
    """

    privacy = Privacy(subjects=("person",), basis=LABOUR, keep=along("person", "Как дело сотрудника"))

    person = models.ForeignKey(
        "staff.Person", on_delete=models.CASCADE, related_name="former_names", verbose_name="сотрудник"
    )
    last_name = ordinary(PersonNameField("фамилия", part=LAST, max_length=100))
    first_name = ordinary(PersonNameField("имя", part=FIRST, max_length=100))
    middle_name = ordinary(PersonNameField("отчество", part=MIDDLE, max_length=100, blank=True))
    name_key = ordinary(SortKeyField(source="full_name"))
    name_override = ordinary(models.JSONField("имя в падежах", default=dict, blank=True))
    ended_on = ordinary(models.DateField("последний день"))
    basis = ordinary(models.CharField("основание смены", max_length=250, blank=True))

    class Meta:
        verbose_name = "прежнее имя"
        ordering = ["ended_on"]
        constraints = [
            models.UniqueConstraint(fields=["person", "ended_on"], name="former_name_ends_once"),
        ]

    def __str__(self) -> str:
        return self.full_name


COLUMNS = ("person_id", "last_name", "first_name", "middle_name", "name_override", "ended_on")


@once_a_page
def former_names() -> dict[int, list[FormerName]]:
    """Of everybody who has borne another name, the earliest first: one question a page, whoever is asked
    about. A page shows the person anyway, so these rows note nobody.
    """
    found: dict[int, list[FormerName]] = {}
    for values in FormerName.objects.order_by("ended_on").values(*COLUMNS):
        found.setdefault(values["person_id"], []).append(FormerName(**values))
    return found


def name_on(person: Any, day: dt.date | None) -> Any:
    """What carries the names of the day: the row of a former name, or the person. Without a day, of today."""
    if day is None or day >= clock.today():
        return person
    return next((one for one in former_names().get(person.pk, ()) if day <= one.ended_on), person)
