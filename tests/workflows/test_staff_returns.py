"""Somebody of a list who has left is back by it, with a new period; and what has happened between the check
of a list and its acceptance is said at the row, never written over.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.staff import services
from portal.staff.models import Employment, FormerName, ImportRow, Person
from portal.staff.services.names import Renamed
from portal.staff.states import RowVerdict
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tenants.models import School
from tests.workflows.staff_lists import PERSON, accepted, checked, table

Inside = Callable[[School], Any]
BORN = dt.date(1998, 3, 12)
LEFT = dt.date(2026, 8, 31)
BACK = {**PERSON, "hired_on": "01.10.2026", "ped_stage_years": "4"}


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


def person() -> Person:
    return Person.objects.get(birth_date=BORN)


def periods() -> list[tuple[dt.date | None, dt.date | None]]:
    return list(Employment.objects.filter(person__birth_date=BORN).values_list("started_on", "ended_on"))


def written_and_left(by: Actor, **said: Any) -> None:
    accepted(checked(table({**PERSON, **said}), by), by)
    services.dismiss_person(person(), on=LEFT, reason="other", by=by)


def asked(row: ImportRow) -> dict[str, str]:
    return {error["field"]: error["sentence"] for error in row.errors}


@pytest.mark.parametrize("back_on", [dt.date(2026, 10, 1), dt.date(2027, 1, 11)])
def test_who_has_left_is_back_by_a_list_with_all_that_it_says(
    school5: School, inside: Inside, anna: Actor, back_on: dt.date
) -> None:
    """On a day that is over, or on one to come: the second position belongs to the new work then too."""
    back = {**BACK, "hired_on": f"{back_on:%d.%m.%Y}"}
    with inside(school5):
        written_and_left(anna)
        second = {**back, "position": "педагог-психолог", "subjects": "", "rate": "0,5"}
        made = checked(table({**back, "category": "высшая", "email": ""}, second), anna)
        first = made.rows.order_by("number")[0]
        assert (first.verdict, [one["field"] for one in first.changes]) == (RowVerdict.GOOD, ["category"])
        accepted(made, anna)
        assert periods() == [(dt.date(2022, 9, 1), LEFT), (back_on, None)]
        found = person()
        assert found.work is not None
        assert (found.category, str(found.work.stage_years)) == ("highest", "4.0")
        assert [(one.position, str(one.rate)) for one in found.positions] == [
            ("teacher", "1.25"),
            ("psychologist", "0.50"),
        ]
        again = checked(table({**back, "category": "высшая"}), anna)
        assert [row.verdict for row in again.rows.all()] == [RowVerdict.KNOWN]


@pytest.mark.parametrize("hired", ["01.09.2022", "31.08.2026", "", None])
def test_a_return_is_asked_for_its_day_and_its_service(
    school5: School, inside: Inside, anna: Actor, hired: str | None
) -> None:
    """The list of last year still names who has left: nobody is taken on by it without a word."""
    with inside(school5):
        written_and_left(anna)
        row = {**BACK, "hired_on": hired, "ped_stage_years": "4" if hired else None}
        made = checked(table({key: value for key, value in row.items() if value is not None}), anna)
        found = made.rows.get()
        assert found.verdict == RowVerdict.BAD
        assert set(asked(found)) == ({"hired_on"} if hired else {"hired_on", "ped_stage_years"})
        with pytest.raises(Conflict):
            IMPORT.move(made, "confirm", by=anna, asked=ListAccepted())
        services.mend_row(found, {"hired_on": "01.10.2026", "ped_stage_years": "4"}, by=anna)
        made.refresh_from_db()
        accepted(made, anna)
        assert periods()[1:] == [(dt.date(2026, 10, 1), None)]


def test_who_is_back_under_another_surname_is_renamed_and_taken_on(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        written_and_left(anna)
        made = checked(table({**BACK, "last_name": "Зимина", "hired_on": "01.09.2022"}), anna)
        row = made.rows.get()
        assert (row.verdict, [one["field"] for one in row.changes]) == (RowVerdict.CHANGED, ["last_name"])
        since = Renamed(since=dt.date(2026, 9, 12), basis="свидетельство о браке")
        row = services.decide_row(row, "take", by=anna, renamed=since)
        assert (row.verdict, list(asked(row))) == (RowVerdict.BAD, ["hired_on"])
        row = services.mend_row(row, {"hired_on": "01.10.2026"}, by=anna)
        assert (row.verdict, row.choice) == (RowVerdict.CHANGED, "take")
        made.refresh_from_db()
        accepted(made, anna)
        assert (person().last_name, periods()[1:]) == ("Зимина", [(dt.date(2026, 10, 1), None)])
        former = FormerName.objects.get(person=person())
        assert (former.last_name, former.ended_on) == ("Гаврилова", dt.date(2026, 9, 11))


def test_whoever_is_taken_on_already_from_a_later_day_is_known(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        written_and_left(anna)
        services.take_on(
            person(),
            by=anna,
            position="teacher",
            hired_on=dt.date(2027, 1, 11),
            ped_stage_years=4,
        )
        row = checked(table(BACK), anna).rows.get()
        assert (row.verdict, row.note) == (RowVerdict.KNOWN, "Этого человека уже снова приняли, с 11.01.2027")


def test_whoever_was_dismissed_while_the_list_waited_is_asked_about(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        made = checked(table({**PERSON, "position": "педагог-психолог", "subjects": ""}), anna)
        services.dismiss_person(person(), on=LEFT, reason="other", by=anna)
        made = accepted(made, anna)
        row = made.rows.get()
        assert (made.state, row.verdict, list(asked(row))) == ("accepted", RowVerdict.BAD, ["hired_on"])
        assert periods() == [(dt.date(2022, 9, 1), LEFT)]


def test_of_two_lists_the_later_one_says_what_it_has_not_written(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        one, two = (checked(table({**PERSON, "category": word}), anna) for word in ("первая", "высшая"))
        accepted(one, anna)
        two = accepted(two, anna)
        row = two.rows.get()
        assert (two.accepted, row.verdict, person().category) == (0, RowVerdict.KNOWN, "first")
        assert "уже записали" in row.note
        with pytest.raises(Conflict):
            IMPORT.move(two, "confirm", by=anna, asked=ListAccepted())


def test_a_second_position_brings_what_is_certain_and_says_the_rest(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        other = {**PERSON, "position": "педагог-психолог", "subjects": "", "category": "высшая"}
        made = checked(table({**other, "ped_stage_years": "1"}), anna)
        row = made.rows.get()
        assert [one["field"] for one in row.changes] == ["category"]
        assert "Пед. стаж: в карточке «2,5», в файле «1». Карточку не меняем" in row.remarks
        accepted(made, anna)
        assert (person().category, str(person().ped_stage_years)) == ("highest", "2.5")
