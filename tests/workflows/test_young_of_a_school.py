"""A school may call teachers young for a shorter time than its city: from a day on, in all that the school
sees, and in nothing that the city counts. Ages are counted by the bands of the city.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from portal.core import clock
from portal.core.errors import Forbidden, Invalid
from portal.core.school_year import Turn
from portal.mentoring.selectors import figures
from portal.monitoring.indicators import counted, counters_now
from portal.school_records.models import JournalLine
from portal.staff import services
from portal.staff.age_bands import age_bands
from portal.staff.limits import age_on
from portal.staff.models import Employment, Person, YoungTerm
from portal.staff.selectors import turning, young_on
from tests.workflows.acting import NOW, refused, who
from tests.workflows.test_employments import DAY, TODAY, somebody

pytestmark = pytest.mark.usefixtures("in_school5")
SINCE = dt.date(2026, 10, 1)


def decide(years: int | None, since: dt.date = SINCE) -> YoungTerm:
    return services.decide_young(years, since, by=who("anna"))


def young_days(person: Person, *days: dt.date) -> list[bool]:
    """The query of people and the person in hand say the same of each day."""
    work = person.employments.get()
    said = [young_on(day).filter(pk=person.pk).exists() for day in days]
    assert said == [work.is_young(day) for day in days]
    return said


def in_third_year(name: str = "Зимина") -> Person:
    return somebody(name, ped_stage_years=Decimal("2.5"), stage_on=dt.date(2026, 9, 1))


def test_the_schools_term_holds_from_its_day_till_the_next_one() -> None:
    person = in_third_year()
    days = (SINCE - DAY, SINCE, TODAY - DAY, TODAY, TODAY + DAY)
    assert young_days(person, *days) == [True, True, True, True, True]
    decide(2)
    assert young_days(person, *days) == [True, False, False, False, False]
    decide(None, TODAY)
    assert young_days(person, *days) == [True, False, False, True, True]
    decide(None)
    assert young_days(person, *days) == [True, True, True, True, True]
    assert YoungTerm.objects.count() == 2


def test_every_figure_of_the_school_asks_its_term_and_the_city_its_own() -> None:
    in_third_year()
    before, sent = figures.coverage(), (counted(["A01"]), counters_now())
    assert figures.young_unspoken().filter(last_name="Зимина").exists()
    decide(2)
    assert figures.coverage()["young_total"] == before["young_total"] - 1
    assert figures.coverage(SINCE - DAY)["young_total"] == figures.coverage(SINCE)["young_total"] + 1
    assert not figures.young_unspoken().filter(last_name="Зимина").exists()
    assert (counted(["A01"]), counters_now()) == sent
    assert figures.coverage(by_city=True) == before


def test_whoever_is_no_longer_young_by_a_new_term_stands_on_the_page_of_the_year() -> None:
    person = in_third_year()
    turn = Turn(TODAY)
    assert not turning.grown_up(turn).filter(pk=person.pk).exists()
    decide(2, dt.date(2026, 9, 2))
    assert turning.grown_up(turn).filter(pk=person.pk).exists()


@pytest.mark.parametrize("years", [0, 3, 4, 30, -1])
def test_a_term_is_never_longer_than_the_citys(years: int) -> None:
    refused(Invalid, "young_years", lambda: decide(years))
    assert not YoungTerm.objects.exists()


def test_a_city_that_becomes_stricter_is_asked_by_every_school(settings: Any) -> None:
    person = somebody(ped_stage_years=Decimal("1.5"), stage_on=dt.date(2026, 9, 1))
    decide(2)
    assert young_days(person, TODAY) == [True]
    settings.YOUNG_UP_TO_YEARS = 1
    assert young_days(person, TODAY) == [False]


@pytest.mark.parametrize("since", [dt.date(2026, 8, 31), TODAY + 367 * DAY])
def test_a_term_begins_in_this_school_year_or_in_a_year(since: dt.date) -> None:
    refused(Invalid, "young_since", lambda: decide(2, since))


def test_a_decision_is_a_line_of_the_journal_and_the_same_one_again_is_none() -> None:
    with pytest.raises(Forbidden):
        services.decide_young(2, SINCE, by=who("kira"))
    for years in (2, 2, 1):
        decide(years)
    lines = JournalLine.objects.filter(verb="young_decided").order_by("pk")
    assert [line.changes for line in lines] == [
        {"years": 2, "since": "2026-10-01"},
        {"years": 1, "since": "2026-10-01"},
    ]


def test_any_terms_and_any_statement_say_the_same_in_a_query_and_in_hand() -> None:
    for years, after in ((2, 5), (1, 40), (None, 60), (2, 200)):
        decide(years, dt.date(2026, 9, 1) + after * DAY)
    for tenths in range(0, 40, 3):
        somebody(f"Человек{tenths}", ped_stage_years=Decimal(tenths) / 10, stage_on=dt.date(2026, 9, 1))
    for number in range(0, 500, 9):
        day = dt.date(2026, 8, 25) + number * DAY
        young = set(young_on(day).values_list("pk", flat=True))
        assert {one.person_id for one in Employment.objects.on(day) if one.is_young(day)} == young


# ── Bands of ages ───────────────────────────────────────────────────────────────────────────────────


def test_the_city_names_its_bands(settings: Any) -> None:
    assert [band.label for band in age_bands()] == ["35 лет и моложе", "от 36 до 54 лет", "55 лет и старше"]
    settings.AGE_BANDS = [32, 42]
    assert [band.label for band in age_bands()] == ["31 год и моложе", "от 32 до 41 года", "42 года и старше"]
    settings.AGE_BANDS = []
    assert [band.label for band in age_bands()] == ["любой возраст"]


@pytest.mark.parametrize("day", [dt.date(2026, 2, 28), dt.date(2024, 2, 29), TODAY, dt.date(2026, 1, 1)])
def test_everybody_is_in_the_band_of_the_own_age(day: dt.date) -> None:
    """Each birthday near the edges, and 29 February."""
    edges = [36, 55]
    born = {
        dt.date(day.year - age, day.month, min(day.day, 28)) + n * DAY for age in edges for n in range(-3, 4)
    }
    born |= {dt.date(1988, 2, 29), dt.date(1992, 2, 29), dt.date(1968, 2, 29)}
    people = [somebody(f"Человек{n}", birth_date=one) for n, one in enumerate(sorted(born))]
    for person in people:
        age = age_on(day, person.birth_date)  # type: ignore[arg-type]
        mine = [sum(age >= edge for edge in edges) == n for n in range(3)]
        found = [Person.objects.of_age(band, day).filter(pk=person.pk).exists() for band in age_bands()]
        assert found == mine, (person.birth_date, age)


def test_whose_birthday_is_not_known_is_in_no_band() -> None:
    person = somebody()
    assert not any(Person.objects.of_age(band).filter(pk=person.pk).exists() for band in age_bands())


@pytest.mark.parametrize("raw", ["36,a", "55,36", "36,36", "10,36", "36,99", "-3"])
def test_bands_that_are_none_are_refused_at_the_start(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGE_BANDS", raw)
    with pytest.raises(ImproperlyConfigured, match="AGE_BANDS"):
        env.rising("AGE_BANDS", "36,55", 18, 85)


def test_terms_are_read_on_another_day_of_the_clock() -> None:
    """A term that begins later is not asked before."""
    person = in_third_year()
    decide(2, TODAY + 5 * DAY)
    assert Person.objects.get(pk=person.pk).is_young
    with clock.at(NOW + 5 * DAY):
        assert not Person.objects.get(pk=person.pk).is_young
