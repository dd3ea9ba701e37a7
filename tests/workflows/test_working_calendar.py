"""Production calendars: the city loads the file of a year, every school counts working days by it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden, Invalid
from portal.core.workdays import FIRST_KNOWN, Moved, is_working
from portal.municipality.calendar_file import calendars_in
from portal.municipality.models import CalendarYear
from portal.municipality.next_steps import next_steps
from portal.municipality.working_calendar import load_calendar
from tenants.models import School
from tests.things import open_data

D = dt.date
AUTUMN = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
YEARS = range(2026, 2029)
OFF, ON = {D(2027, 1, 11), D(2027, 12, 31)}, {D(2027, 2, 20)}
XML = """<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2027" lang="ru"><days>
{days}<day d="01.11" t="1" f="01.03"/><day d="02.20" t="3"/><day d="03.05" t="2"/><day d="12.31" t="1"/>
</days></calendar>"""
HOLIDAYS = ["01.01", "01.04", "01.05", "01.06", "01.07", "01.08", "02.23", "03.08", "05.03", "05.10"]
HOLIDAYS += ["06.14", "11.04"]


def xml() -> bytes:
    return XML.format(days="".join(f'<day d="{day}" t="1" h="1"/>' for day in HOLIDAYS)).encode()


@pytest.fixture(autouse=True)
def _autumn() -> Any:
    with clock.at(AUTUMN):
        yield


@pytest.mark.parametrize(
    "content",
    [
        open_data(2027, off=OFF, on=ON),
        open_data(2027, off=OFF, on=ON).decode().encode("cp1251"),
        open_data(2027, off=OFF, on=ON, between=";"),
        xml(),
    ],
    ids=["open data", "of Windows", "of a spreadsheet", "for programs"],
)
def test_a_year_says_what_it_moves(content: bytes) -> None:
    assert calendars_in(content, YEARS) == {2027: Moved(off=frozenset(OFF), on=frozenset(ON))}


def test_a_starred_day_is_a_short_working_one() -> None:
    starred = open_data(2027).replace(b'"1,2,3', b'"1,2,3,12*', 1)
    assert calendars_in(starred, YEARS) == calendars_in(open_data(2027), YEARS)


def test_years_that_nobody_wants_are_nobodys_trouble() -> None:
    odd = b"2020," + b",".join([b'"1,2,33"'] * 12) + b"\n1999,1\n"
    assert list(calendars_in(odd + open_data(2027), YEARS)) == [2027]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ни одного года"),
        (b"a,b\n1,2", "ни одного года"),
        (b"2027,1,2,3", "не двенадцать месяцев"),
        (open_data(2027).replace(b'"1,2,3', b'"1,2,33', 1), "такого не бывает"),
        (b"2027," + b",".join([b"1"] * 12), "12 нерабочих дней"),
        (b"<calendar year='2027'><days><day d='13.40' t='1'/></days></calendar>", "такого не бывает"),
        (b"<calendar><days/></calendar>", "какой это год"),
        (b"<calendar year='2027'>", "испорчен"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><calendar year='2027'>&b;</calendar>", "испорчен"),
        (open_data(2020), "прошлые годы"),
    ],
)
def test_a_bad_file_is_refused_at_the_field_and_changes_nothing(
    content: bytes, said: str, as_: Callable[[str], Client]
) -> None:
    answer = as_("semyon").post("/calendar/", {"file": SimpleUploadedFile("год.csv", content or b"\n")})
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("\xa0", " ")
    assert not CalendarYear.objects.exists()


def test_schools_count_by_what_the_city_has_loaded(
    school5: School, inside: Any, actor: Callable[..., Actor]
) -> None:
    with inside(school5):
        assert is_working(D(2027, 1, 11))
        assert clock.is_preliminary(D(2027, 1, 11))
        assert "2027" in clock.remark_on(D(2027, 1, 11))
        assert not clock.is_preliminary(D(2026, 12, 30))
    load_calendar(SimpleUploadedFile("год.csv", open_data(2027, off=OFF, on=ON)), by=actor("semyon"))
    with inside(school5):
        assert clock.working_days_after(D(2026, 12, 30), 1) == D(2027, 1, 12)
        assert is_working(D(2027, 2, 20))
        assert clock.remark_on(D(2027, 1, 12)) == ""


def test_a_better_file_replaces_the_year_and_another_year_stays(actor: Callable[..., Actor]) -> None:
    by = actor("semyon")
    load_calendar(SimpleUploadedFile("год.csv", open_data(2027, off=OFF)), by=by)
    load_calendar(SimpleUploadedFile("год.csv", open_data(2026)), by=by)
    load_calendar(SimpleUploadedFile("год.csv", open_data(2027, on=ON)), by=by)
    assert [(row.year, row.off, row.on) for row in CalendarYear.objects.all()] == [
        (2027, [], sorted(ON)),
        (2026, [], []),
    ]
    assert is_working(D(2026, 12, 31)), "the city's word goes before the one that came with the portal"
    assert FIRST_KNOWN[2026].off


def test_it_is_asked_for_in_november(actor: Callable[..., Actor]) -> None:
    def asked(day: dt.datetime) -> bool:
        with clock.at(day):
            return "calendar_needed" in {step.situation for step in next_steps(actor("semyon"))}

    assert not asked(dt.datetime(2026, 10, 31, 9, tzinfo=dt.UTC))
    assert asked(AUTUMN)
    load_calendar(SimpleUploadedFile("год.csv", open_data(2027)), by=actor("semyon"))
    assert not asked(AUTUMN)
    assert not asked(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC))
    assert asked(dt.datetime(2027, 11, 1, 9, tzinfo=dt.UTC))


def test_nobody_else_loads_it(actor: Callable[..., Actor]) -> None:
    with pytest.raises(Forbidden):
        load_calendar(SimpleUploadedFile("год.csv", open_data(2027)), by=actor("darya"))
    with pytest.raises(Invalid):
        load_calendar(SimpleUploadedFile("год.csv", open_data(2031)), by=actor("semyon"))
