"""Service grows from a statement of a day; who is young follows from it, in hand and in a query alike."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.core import clock
from portal.staff import services
from portal.staff.models import Employment, Person
from portal.staff.periods import full_months
from portal.staff.selectors import young_on
from portal.staff.services.absences import Away
from tests.workflows.acting import NOW, who
from tests.workflows.test_employments import DAY, TODAY, dismissed, somebody

pytestmark = pytest.mark.usefixtures("in_school5")


@pytest.mark.parametrize(
    ("stated", "on", "asked", "years"),
    [
        ("11", (2026, 9, 1), (2026, 9, 1), "11.0"),
        ("11", (2026, 9, 1), (2027, 8, 31), "11.9"),
        ("11", (2026, 9, 1), (2027, 9, 1), "12.0"),
        ("11", (2026, 9, 1), (2029, 9, 1), "14.0"),
        ("0", (2026, 8, 31), (2026, 9, 30), "0.0"),
        ("0.5", (2026, 12, 31), (2027, 2, 27), "0.5"),
        ("0.5", (2026, 12, 31), (2027, 2, 28), "0.6"),
        ("2.5", (2024, 2, 29), (2025, 2, 28), "3.5"),
        ("2", (2026, 9, 1), (2025, 9, 1), "1.0"),
        ("0.2", (2026, 9, 1), (2025, 9, 1), "0"),
    ],
)
def test_service_grows_by_the_calendar(stated: str, on: Any, asked: Any, years: str) -> None:
    work = Employment(stage_years=Decimal(stated), stage_on=dt.date(*on))
    assert work.service(dt.date(*asked)) == Decimal(years)


def test_service_that_nobody_has_stated_is_not_known() -> None:
    person = somebody()
    assert person.ped_stage_years is None
    assert not person.is_young
    assert not young_on().filter(pk=person.pk).exists()
    with pytest.raises(IntegrityError, match="employment_service_is_dated"), transaction.atomic():
        person.employments.update(stage_years=5)


def test_service_stands_still_after_the_last_day() -> None:
    person = somebody(ped_stage_years=3, stage_on=dt.date(2020, 9, 1))
    dismissed(person, on=dt.date(2022, 9, 1))
    assert Person.objects.get(pk=person.pk).ped_stage_years == Decimal("5.0")


def test_service_grows_while_somebody_is_away() -> None:
    person = somebody(ped_stage_years=1, stage_on=dt.date(2025, 9, 1))
    services.begin_absence(person, Away(kind="childcare", started_on=dt.date(2025, 10, 1)), by=who("anna"))
    with clock.at(dt.datetime(2027, 9, 1, 9, tzinfo=dt.UTC)):
        assert Person.objects.get(pk=person.pk).ped_stage_years == Decimal("3.0")


def test_a_statement_keeps_its_day_until_another_is_made() -> None:
    person = services.enter_person(
        by=who("anna"), position="teacher", last_name="Зимина", first_name="Алла", ped_stage_years=Decimal(2)
    )
    with clock.at(NOW + 400 * DAY):
        services.edit_person(person, by=who("anna"), ped_stage_years=Decimal(2), stage_on=None)
        assert Employment.objects.get(person=person).stage_on == TODAY
        services.edit_person(person, by=who("anna"), ped_stage_years=Decimal(4), stage_on=None)
        assert Employment.objects.get(person=person).stage_on == TODAY + 400 * DAY
        services.edit_person(person, by=who("anna"), ped_stage_years=Decimal(4), stage_on=TODAY)
        assert Employment.objects.get(person=person).stage_on == TODAY


LAST_DAYS = [
    (dt.date(2024, 5, 31), dt.date(2027, 5, 31)),
    (dt.date(2024, 6, 1), dt.date(2027, 6, 1)),
    (dt.date(2024, 8, 31), dt.date(2027, 8, 31)),
    (dt.date(2024, 9, 1), dt.date(2027, 9, 1)),
    (dt.date(2024, 12, 31), dt.date(2027, 12, 31)),
    (dt.date(2025, 1, 1), dt.date(2028, 1, 1)),
    (dt.date(2024, 2, 29), dt.date(2027, 2, 28)),
    (dt.date(2025, 2, 28), dt.date(2028, 2, 28)),
    (dt.date(2026, 11, 23), dt.date(2029, 11, 23)),
]


@pytest.mark.parametrize(("began", "last"), LAST_DAYS)
def test_three_years_after_the_first_day_of_service_is_the_last_of_youth(
    began: dt.date, last: dt.date
) -> None:
    """The person in hand and the query of people say the same, on each side of the day."""
    person = somebody(hired_on=dt.date(2024, 1, 1), ped_stage_years=0, stage_on=began)
    work = person.employments.get()
    for day, is_young in ((last, True), (last + 2 * DAY, False), (last - 900 * DAY, True)):
        assert work.is_young(day) == is_young
        assert young_on(day).filter(pk=person.pk).exists() == is_young
        with clock.at(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)):
            assert person.is_young == is_young


def test_whoever_is_young_by_the_query_is_so_in_hand() -> None:
    """Any statement on any day."""
    chance = random.Random(33)
    for number in range(60):
        stated = Decimal(chance.randint(0, 40)) / 10
        somebody(f"Человек{number}", ped_stage_years=stated, stage_on=TODAY + chance.randint(-1500, 0) * DAY)
    for number in range(-1200, 1200, 37):
        day = TODAY + number * DAY
        young = set(young_on(day).values_list("pk", flat=True))
        assert {one.person_id for one in Employment.objects.on(day) if one.is_young(day)} == young


@pytest.mark.parametrize("years", [2, 5])
def test_the_city_says_till_when_one_is_young(years: int, settings: Any) -> None:
    settings.YOUNG_UP_TO_YEARS = years
    person = somebody(ped_stage_years=3, stage_on=TODAY - 30 * DAY)
    assert person.is_young == (years == 5)
    assert young_on().filter(pk=person.pk).exists() == (years == 5)


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ((2026, 1, 31), (2026, 2, 27), 0),
        ((2026, 1, 31), (2026, 2, 28), 1),
        ((2024, 2, 29), (2025, 2, 28), 12),
        ((2026, 9, 1), (2026, 9, 1), 0),
        ((2026, 9, 1), (2026, 8, 31), -1),
        ((2026, 9, 1), (2025, 9, 1), -12),
    ],
)
def test_full_months(since: Any, until: Any, months: int) -> None:
    assert full_months(dt.date(*since), dt.date(*until)) == months
