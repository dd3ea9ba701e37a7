"""A list of a school names a position that the city offers no more: it is said and asked, and never taken
without a word; whoever has the position keeps it (docs/adr/0041).
"""

from collections.abc import Callable

import pytest

from portal.core.actor import Actor
from portal.municipality.entries import offer_entry
from portal.municipality.models import ReferenceEntry
from portal.municipality.states import Book
from portal.staff import services
from portal.staff.models import Person
from portal.staff.states import RowVerdict
from tenants.models import School
from tests.workflows.staff_lists import PERSON, Inside, accepted, checked, table

TUTOR = {**PERSON, "position": "тьютор", "subjects": ""}
KEPT = "тьютор (оставить)"


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


def put_away(by: Actor, *, offered: bool = False) -> None:
    offer_entry(ReferenceEntry.objects.get(book=Book.POSITIONS, code="tutor"), offered, by=by)


def positions_of() -> list[str]:
    return [post.position for post in Person.objects.get(last_name="Гаврилова").positions]


def test_a_new_person_is_asked_about_and_may_keep_it(
    school5: School, inside: Inside, actor: Callable[..., Actor], anna: Actor
) -> None:
    put_away(actor("semyon"))
    with inside(school5):
        made = checked(table(TUTOR), anna)
        row = made.rows.get()
        [error] = row.errors
        assert (row.verdict, error["field"], error["proposals"]) == (RowVerdict.BAD, "position", [KEPT])
        assert "Город больше не предлагает должность «тьютор»" in error["sentence"]
        row = services.mend_row(row, {"position": KEPT}, by=anna)
        assert (row.verdict, row.remarks) == (RowVerdict.GOOD, [])
        made.refresh_from_db()
        accepted(made, anna)
        assert positions_of() == ["tutor"]


def test_another_one_may_be_chosen(
    school5: School, inside: Inside, actor: Callable[..., Actor], anna: Actor
) -> None:
    put_away(actor("semyon"))
    with inside(school5):
        made = checked(table(TUTOR, {**TUTOR, "last_name": "Ивлева", "email": ""}), anna)
        first, second = made.rows.all()
        assert services.mend_row(first, {"position": "методист"}, by=anna).verdict == RowVerdict.GOOD
        second.refresh_from_db()
        assert second.verdict == RowVerdict.BAD, "an answer of one row is no answer of another"


def test_who_has_it_keeps_it_and_the_own_table_comes_back_without_a_question(
    school5: School, inside: Inside, actor: Callable[..., Actor], anna: Actor
) -> None:
    with inside(school5):
        accepted(checked(table(TUTOR), anna), anna)
    put_away(actor("semyon"))
    with inside(school5):
        assert checked(table(TUTOR), anna).rows.get().verdict == RowVerdict.KNOWN
        second = {**TUTOR, "position": "тьютор, методист"}
        assert checked(table(second), anna).rows.get().verdict != RowVerdict.BAD


def test_a_second_position_is_asked_about_too(
    school5: School, inside: Inside, actor: Callable[..., Actor], anna: Actor
) -> None:
    put_away(actor("semyon"))
    with inside(school5):
        row = checked(table({**TUTOR, "position": "методист, тьютор"}), anna).rows.get()
        [error] = row.errors
        assert error["proposals"] == ["методист, тьютор (оставить)"]
        row = services.mend_row(row, {"position": error["proposals"][0]}, by=anna)
        assert row.verdict == RowVerdict.GOOD


def test_offered_again_it_is_taken_as_before(
    school5: School, inside: Inside, actor: Callable[..., Actor], anna: Actor
) -> None:
    put_away(actor("semyon"))
    put_away(actor("semyon"), offered=True)
    with inside(school5):
        assert checked(table(TUTOR), anna).rows.get().verdict == RowVerdict.GOOD
