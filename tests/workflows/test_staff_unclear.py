"""What a list does not say clearly: asked, answered in place, compared again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.staff import services
from portal.staff.list_rows import LEAVE_EMPTY
from portal.staff.models import Person
from portal.staff.services import judging
from portal.staff.states import RowVerdict
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tenants.models import School
from tests.workflows.staff_lists import PERSON, Inside, accepted, checked, table


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


def test_what_is_not_certain_is_asked_and_answered_in_place(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        made = checked(
            table({**PERSON, "position": "учитель, сотрудник", "subjects": "китайский язык, музыка"}), anna
        )
        row = made.rows.get()
        proposed = {error["field"]: error["proposals"] for error in row.errors}
        assert proposed == {"position": ["учитель"], "subjects": ["музыка"]}
        assert not {"position", "subjects"} & set(row.parsed)
        row = services.mend_row(row, {"position": "учитель"}, by=anna, version=row.version)
        assert (row.verdict, [error["field"] for error in row.errors]) == (RowVerdict.BAD, ["subjects"])
        with pytest.raises(Stale):
            services.mend_row(row, {"subjects": "музыка"}, by=anna, version=row.version - 1)
        with pytest.raises(Invalid) as refusal:
            services.mend_row(row, {"subjects": "магия"}, by=anna)
        assert refusal.value.field == "subjects"
        assert services.mend_row(row, {"subjects": "музыка"}, by=anna).verdict == RowVerdict.GOOD
        with pytest.raises(Conflict):
            services.mend_row(row, {"position": "учитель"}, by=anna)
        made.refresh_from_db()
        assert (made.good, made.bad) == (1, 0)
        accepted(made, anna)
        assert Person.objects.get(last_name="Гаврилова").position_title == "учитель музыки"


def test_what_is_left_empty_stays_so(school5: School, inside: Inside, anna: Actor) -> None:
    """The position names a subject that is not in the list: «Оставить пустым» is an answer, though the cell
    of subjects was empty from the beginning.
    """
    with inside(school5):
        made = checked(table({**PERSON, "position": "учитель китайского языка", "subjects": ""}), anna)
        row = made.rows.get()
        assert [error["field"] for error in row.errors] == ["subjects"]
        assert services.mend_row(row, {"subjects": LEAVE_EMPTY}, by=anna).verdict == RowVerdict.GOOD


def test_two_positions_of_a_cell_are_two_of_the_person(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        made = checked(
            table({**PERSON, "position": "педагог-психолог, учитель физики", "subjects": ""}), anna
        )
        assert made.rows.get().note == "Добавится ещё должность: учитель"
        accepted(made, anna)
        person = Person.objects.get(last_name="Гаврилова")
        assert [(post.position, post.subjects) for post in person.positions] == [
            ("psychologist", []),
            ("teacher", ["physics"]),
        ]


def test_a_mended_row_is_compared_with_the_others_again(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        made = checked(table({**PERSON, "rate": "3,5"}, PERSON), anna)
        first, second = made.rows.order_by("number")
        assert [first.verdict, second.verdict] == ["bad", "bad"]
        services.mend_row(first, {"rate": "1,25"}, by=anna)
        assert list(made.rows.values_list("verdict", flat=True)) == ["good", "twin"]


def test_rows_mended_after_the_acceptance_are_accepted_too(
    school5: School, inside: Inside, anna: Actor, actor: Callable[..., Actor]
) -> None:
    with inside(school5):
        before = Person.objects.count()
        made = accepted(
            checked(
                table(PERSON, {**PERSON, "last_name": "Данилова", "position": "учитиль", "email": ""}), anna
            ),
            anna,
        )
        assert (made.accepted, made.good, made.bad) == (1, 0, 1)
        with pytest.raises(Conflict):
            IMPORT.move(made, "confirm", by=anna, asked=ListAccepted())
        with pytest.raises(Forbidden):
            services.mend_row(made.rows.get(verdict="bad"), {"position": "учитель"}, by=actor("boris"))
        services.mend_row(made.rows.get(verdict="bad"), {"position": "учитель"}, by=anna)
        made.refresh_from_db()
        made = accepted(made, anna)
        assert (made.state, made.accepted, made.bad, Person.objects.count() - before) == (
            "accepted",
            2,
            0,
            2,
        )


def test_the_principal_who_joined_before_the_list_is_not_a_second_person(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        begun = Person.objects.holding("principal").get()
        Person.objects.filter(pk=begun.pk).update(
            birth_date=None, match_key=judging.undated_key(begun.full_name)
        )
        begun.employments.update(started_on=None)
        before = Person.objects.count()
        row = {
            **PERSON,
            "last_name": begun.last_name,
            "first_name": begun.first_name,
            "middle_name": begun.middle_name,
            "position": "директор",
            "subjects": "",
        }
        namesake = {
            **row,
            "birth_date": dt.date(1990, 1, 1),
            "hired_on": "01.09.2020",
            "position": "воспитатель",
            "email": "",
        }
        made = checked(table(row, namesake), anna)
        assert "Дополнит карточку" in made.rows.get(number=2).note
        accepted(made, anna)
        begun.refresh_from_db()
        assert (begun.birth_date, len(begun.positions), Person.objects.count() - before) == (
            PERSON["birth_date"],
            1,
            1,
        )
        assert checked(table(row), anna).known == 1


UNCLEAR = {**PERSON, "last_name": "Ткач", "first_name": "Саша", "middle_name": ""}


@pytest.mark.covers("found F11")
@pytest.mark.parametrize(("answer", "gender"), [("женский", "f"), ("мужской", "m"), (LEAVE_EMPTY, "")])
def test_a_gender_that_the_name_does_not_tell_is_asked_once(
    school5: School, inside: Inside, anna: Actor, answer: str, gender: str
) -> None:
    with inside(school5):
        made = checked(table(UNCLEAR), anna)
        row = made.rows.get()
        assert [(error["column"], error["proposals"]) for error in row.errors] == [
            ("Пол", ["мужской", "женский"])
        ]
        services.mend_row(row, {"gender": answer}, by=anna)
        made.refresh_from_db()
        accepted(made, anna)
        assert Person.objects.get(last_name="Ткач").gender == gender
        again = checked(table(UNCLEAR), anna)
        assert (again.bad, again.known) == (0, 1), "who is here already is not asked of again"


@pytest.mark.covers("found F11")
@pytest.mark.parametrize(
    "told", [{"gender": "ж"}, {"middle_name": "Игоревна"}, {"last_name": "Ткачёва"}, {"first_name": "Вера"}]
)
def test_a_gender_that_is_told_is_not_asked(
    school5: School, inside: Inside, anna: Actor, told: dict[str, Any]
) -> None:
    with inside(school5):
        assert checked(table({**UNCLEAR, **told}), anna).bad == 0
