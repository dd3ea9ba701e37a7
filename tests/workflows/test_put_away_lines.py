"""A list of a school names a position, a subject, a reason of absence that the city offers no more: it is
said and asked, and never taken without a word; whoever has it keeps it (docs/adr/0041).
"""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.actor import Actor
from portal.municipality.entries import Wording, add_entry, offer_entry
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


def put_away(by: Actor, code: str = "tutor", book: Book = Book.POSITIONS, *, offered: bool = False) -> None:
    offer_entry(ReferenceEntry.objects.get(book=book, code=code), offered, by=by)


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


DRAWS = {**PERSON, "position": "учитель", "subjects": "физика, черчение"}


def subjects_of() -> list[list[str]]:
    return [post.subjects for post in Person.objects.get(last_name="Гаврилова").positions]


@pytest.mark.parametrize(
    ("cells", "field", "kept"),
    [
        ({"subjects": "физика, черчение"}, "subjects", "физика, черчение (оставить)"),
        ({"subjects": "", "position": "учитель черчения"}, "position", "учитель черчения (оставить)"),
        (
            {"subjects": "", "position": "методист, учитель черчения"},
            "position",
            "методист, учитель черчения (оставить)",
        ),
        (
            {"subjects": "черчение", "position": "методист, учитель"},
            "subjects",
            "черчение (оставить)",
        ),
    ],
    ids=["own cell", "said by the position", "of a second position", "of the first of two"],
)
def test_a_subject_put_away_is_asked_about_in_the_cell_that_names_it(
    school5: School,
    inside: Inside,
    actor: Callable[..., Actor],
    anna: Actor,
    cells: dict[str, str],
    field: str,
    kept: str,
) -> None:
    put_away(actor("semyon"), "drawing", Book.SUBJECTS)
    with inside(school5):
        made = checked(table({**PERSON, **cells}), anna)
        row = made.rows.get()
        [error] = row.errors
        assert (row.verdict, error["field"], error["proposals"]) == (RowVerdict.BAD, field, [kept])
        assert "Город больше не предлагает предмет «черчение»" in error["sentence"]
        row = services.mend_row(row, {field: kept}, by=anna)
        assert (row.verdict, row.errors, row.remarks) == (RowVerdict.GOOD, [], [])
        made.refresh_from_db()
        accepted(made, anna)
        assert any("drawing" in codes for codes in subjects_of())


def test_another_subject_may_be_chosen(
    school5: School, inside: Inside, actor: Callable[..., Actor], anna: Actor
) -> None:
    put_away(actor("semyon"), "drawing", Book.SUBJECTS)
    with inside(school5):
        row = checked(table(DRAWS), anna).rows.get()
        row = services.mend_row(row, {"subjects": "физика"}, by=anna)
        assert row.verdict == RowVerdict.GOOD
        assert row.parsed["subjects"] == ["physics"]


def test_who_teaches_it_goes_on_and_who_begins_to_is_asked_about(
    school5: School, inside: Inside, actor: Callable[..., Actor], anna: Actor
) -> None:
    with inside(school5):
        accepted(checked(table(DRAWS), anna), anna)
    put_away(actor("semyon"), "drawing", Book.SUBJECTS)
    put_away(actor("semyon"), "astronomy", Book.SUBJECTS)
    with inside(school5):
        assert checked(table(DRAWS), anna).rows.get().verdict == RowVerdict.KNOWN
        [error] = checked(table({**DRAWS, "subjects": "черчение, астрономия"}), anna).rows.get().errors
        assert "«астрономия»" in error["sentence"]
        assert "«черчение»" not in error["sentence"]


def test_a_position_and_a_subject_of_one_cell_are_asked_about_at_once(
    school5: School, inside: Inside, actor: Callable[..., Actor], anna: Actor
) -> None:
    put_away(actor("semyon"))
    put_away(actor("semyon"), "drawing", Book.SUBJECTS)
    with inside(school5):
        both = {**PERSON, "position": "тьютор, учитель черчения", "subjects": ""}
        [error] = checked(table(both), anna).rows.get().errors
        assert "должность «тьютор», предмет «черчение»" in error["sentence"]


def away_table(words: str) -> SimpleUploadedFile:
    head = "ФИО;Дата рождения;Должность;Дата приёма;Пед. стаж;Образование;Отсутствие"
    olga = "Гаврилова Ольга Сергеевна;12.03.1998;методист;01.09.2022;2;высшее"
    return SimpleUploadedFile("список.csv", f"{head}\n{olga};{words}".encode(), content_type="text/csv")


def test_a_reason_of_absence_put_away_is_asked_about_too(
    school5: School, inside: Inside, actor: Callable[..., Actor], anna: Actor
) -> None:
    studies = add_entry(Book.ABSENCES, Wording("очное обучение"), by=actor("semyon"))
    words = "очное обучение с 01.09.2026 по 30.06.2027"
    with inside(school5):
        assert checked(away_table(words), anna).rows.get().verdict == RowVerdict.GOOD
    put_away(actor("semyon"), studies.code, Book.ABSENCES)
    with inside(school5):
        row = checked(away_table(words), anna).rows.get()
        [error] = row.errors
        assert "больше не предлагает причину отсутствия «очное обучение»" in error["sentence"]
        row = services.mend_row(row, {"away": error["proposals"][0]}, by=anna)
        assert (row.verdict, row.parsed["away"]) == (RowVerdict.GOOD, words)
