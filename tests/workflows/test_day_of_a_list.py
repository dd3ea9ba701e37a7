"""What a list says otherwise of somebody's work is so since the day that is named when it is accepted."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Invalid
from portal.staff import services
from portal.staff.models import CategoryStage, ImportRow, WorkStage
from portal.staff.states import RowVerdict
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tenants.models import School
from tests.workflows.staff_lists import PERSON, accepted, checked, table

Inside = Callable[[School], Any]
BORN = dt.date(1998, 3, 12)
BEFORE, SINCE, NOW = dt.date(2026, 6, 1), dt.date(2026, 9, 1), dt.date(2026, 10, 12)


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


def at(day: dt.date) -> AbstractContextManager[None]:
    return clock.at(dt.datetime.combine(day, dt.time(9), dt.UTC))


def written(by: Actor, *rows: dict[str, Any], since: dt.date | None = SINCE) -> list[ImportRow]:
    """The list is accepted, as of the day."""
    made = checked(table(*rows), by)
    IMPORT.move(made, "confirm", by=by, asked=ListAccepted(changed_on=since))
    services.accept_rows(by=by, import_uuid=str(made.uuid))
    return list(made.rows.order_by("number"))


def hours() -> list[tuple[dt.date, list[int | None]]]:
    rows = WorkStage.objects.filter(employment__person__birth_date=BORN).order_by("started_on")
    return [(row.started_on, [post["hours_week"] for post in row.posts]) for row in rows]


def categories() -> list[tuple[dt.date, str]]:
    rows = CategoryStage.objects.filter(person__birth_date=BORN).order_by("started_on")
    return list(rows.values_list("started_on", "category"))


def test_hours_category_and_one_more_position_are_since_the_day_of_the_list(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5), at(BEFORE):
        accepted(checked(table(PERSON), anna), anna)
    with inside(school5), at(NOW):
        second = {**PERSON, "position": "педагог-психолог", "subjects": "", "hours_week": 9, "rate": "0,5"}
        rows = written(anna, {**PERSON, "hours_week": 24, "category": "высшая"}, second)
        assert {row.verdict for row in rows} == {RowVerdict.ACCEPTED}
        assert hours() == [(BEFORE, [18]), (SINCE, [24, 9])]
        assert categories()[-1] == (SINCE, "highest")


def test_a_row_that_says_nothing_of_work_gets_no_day(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5), at(BEFORE):
        accepted(checked(table(PERSON), anna), anna)
    with inside(school5), at(NOW):
        assert written(anna, {**PERSON, "email": "olga@school5.example"})[0].verdict == RowVerdict.ACCEPTED
        assert hours() == [(BEFORE, [18])]


def test_whoever_was_hired_after_the_day_changes_since_the_first_day_of_work(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5), at(NOW):
        later = {**PERSON, "hired_on": "05.10.2026"}
        accepted(checked(table(later), anna), anna)
        assert written(anna, {**later, "hours_week": 24})[0].verdict == RowVerdict.ACCEPTED
        assert hours() == [(dt.date(2026, 10, 5), [24])]


def test_a_day_to_come_is_refused_and_nothing_is_written(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5), at(NOW):
        accepted(checked(table(PERSON), anna), anna)
        with pytest.raises(Invalid) as refused:
            written(anna, {**PERSON, "hours_week": 24}, since=dt.date(2026, 10, 13))
        assert refused.value.field == "changed_on"
        assert [found for _, found in hours()] == [[18]]
