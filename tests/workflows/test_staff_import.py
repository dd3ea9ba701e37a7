"""The list of staff from a table: good, bad and hostile files, a repeat, a kill between two chunks."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.documents.books import read_book
from portal.school_records.models import Outbox
from portal.staff import exports, services
from portal.staff.list_rows import COLUMNS
from portal.staff.models import Person, Position, StaffImport
from portal.staff.services import imports
from portal.staff.states import RowVerdict
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tenants.models import School
from tests.workflows.staff_lists import PERSON, Inside, accepted, checked, surname, table


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


@pytest.mark.covers("house: staff import")
def test_a_good_row_becomes_a_person_with_everything_read(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        made = accepted(checked(table(PERSON), anna), anna)
        person = Person.objects.get(last_name="Гаврилова")
        assert (
            made.state,
            made.accepted,
            str(person.ped_stage_years),
            str(person.rate),
            person.hours_week,
        ) == ("accepted", 1, "2.5", "1.25", 18)
        assert (person.birth_date, person.hired_on, person.category) == (
            dt.date(1998, 3, 12),
            dt.date(2022, 9, 1),
            "first",
        )
        assert person.position_title == "учитель математики и информатики"
        steps = Outbox.objects.filter(kind="municipality.school_step").values_list("payload__step", flat=True)
        assert list(steps) == ["staff_imported"]


BAD = [
    ({"hired_on": "31.02.2024"}, "Дата приёма", "нет в календаре"),
    ({"birth_date": "12.03.2020"}, "Дата рождения", "от 18 до 85"),
    ({"position": "учитиль"}, "Должность", "нет в списке"),
    ({"rate": "3,5"}, "Ставка", "больше 2,5"),
    ({"rate": "0,01"}, "Ставка", "меньше 0,05"),
    ({"last_name": ""}, "Фамилия", "Не заполнена фамилия"),
    ({"last_name": "Иванов2"}, "Фамилия", "лишний знак «2»"),
    ({"ped_stage_years": "70"}, "Пед. стаж", "от 0 до 60"),
    ({"ped_stage_years": "25"}, "Пед. стаж", "возраст"),
    ({"ped_stage_years": "много"}, "Пед. стаж", "сколько это лет"),
    ({"subjects": "матиматика"}, "Предметы", "Предмета «матиматика» нет в списке"),
    ({"hours_week": "60"}, "Часы", "от 0 до 48"),
    ({"email": "не почта"}, "Почта", "не похоже на адрес"),
    ({"category": "без категории", "category_on": "01.02.2024"}, "Дата категории", "категории нет"),
]


@pytest.mark.parametrize(
    ("change", "column", "words"), BAD, ids=[f"{next(iter(b[0]))}-{n}" for n, b in enumerate(BAD)]
)
@pytest.mark.covers("house: staff import")
def test_a_bad_row_says_in_russian_what_to_mend(
    school5: School, inside: Inside, anna: Actor, change: dict[str, Any], column: str, words: str
) -> None:
    with inside(school5):
        made = checked(table({**PERSON, **change}), anna)
        row = made.rows.get()
        assert (made.bad, made.good, row.verdict) == (1, 0, RowVerdict.BAD)
        assert any(error["column"] == column and words in error["sentence"] for error in row.errors), (
            row.errors
        )
        with pytest.raises(Conflict):
            IMPORT.move(made, "confirm", by=anna, asked=ListAccepted())
        assert not Person.objects.filter(first_name="Ольга", middle_name="Сергеевна").exists()


@pytest.mark.covers("house: staff import")
def test_the_same_file_again_adds_nobody(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        before = Person.objects.count()
        again = checked(table({**PERSON, "last_name": "ГАВРИЛОВА"}), anna)
        assert (again.good, again.known) == (0, 1)
        with pytest.raises(Conflict):
            IMPORT.move(again, "confirm", by=anna, asked=ListAccepted())
        assert Person.objects.count() == before


def test_twins_in_one_file_and_a_second_position(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        other = {**PERSON, "position": "педагог-психолог", "subjects": "", "rate": "0,5"}
        different = {**PERSON, "hours_week": 9}
        made = checked(table(PERSON, PERSON, other, different), anna)
        assert list(made.rows.values_list("verdict", flat=True)) == ["good", "twin", "good", "bad"]
        accepted(made, anna)
        person = Person.objects.get(last_name="Гаврилова")
        assert [one.position for one in person.positions] == ["teacher", "psychologist"]


def test_rows_to_mend_can_be_loaded_back(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        made = checked(table(PERSON, {**PERSON, "last_name": "Данилова", "rate": "3,5"}), anna)
        content = exports.rows_to_mend(made, list(made.rows.all())).content
        row = read_book(io.BytesIO(content))[0].lines[1]
        assert row.cells[0] == "Данилова"
        assert "Ставка не может быть больше 2,5" in str(row.cells[len(COLUMNS)])
        again = checked(SimpleUploadedFile("ошибки.xlsx", content), anna)
        assert (again.total, again.bad) == (1, 1)


def test_the_sample_is_a_good_file(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        made = checked(SimpleUploadedFile("образец.xlsx", exports.sample().content), anna)
        assert (made.good, made.bad) == (2, 0)


HOSTILE = [
    ("список.xlsx", b"", "пуст"),
    ("список.xlsx", b"PK\x03\x04 not an archive", "повреждён"),
    ("список.xlsx", b"%PDF-1.7 hello", "не таблица"),
]


@pytest.mark.parametrize(("name", "content", "words"), HOSTILE, ids=["empty", "broken", "pdf"])
def test_a_hostile_file_is_refused_at_its_field(
    school5: School, inside: Inside, anna: Actor, name: str, content: bytes, words: str
) -> None:
    with inside(school5):
        with pytest.raises(Invalid) as refusal:
            services.upload_staff(SimpleUploadedFile(name, content), by=anna)
        assert refusal.value.field == "file"
        assert words in refusal.value.sentence
        assert not StaffImport.objects.exists()


def test_a_formula_without_its_value_is_asked_about_and_stops_nobody_else(
    school5: School, inside: Inside, anna: Actor
) -> None:
    from openpyxl import load_workbook

    book = load_workbook(
        table(PERSON, {**PERSON, "last_name": "Данилова"}),
    )
    book.worksheets[0]["A3"] = '=HYPERLINK("http://evil.example","Иванова")'
    out = io.BytesIO()
    book.save(out)
    with inside(school5):
        made = checked(SimpleUploadedFile("список.xlsx", out.getvalue()), anna)
        assert (made.state, made.good, made.bad) == ("ready", 1, 1)
        assert "формула" in made.rows.get(number=3).errors[0]["sentence"]


def test_a_file_with_the_least_columns_is_written_too(school5: School, inside: Inside, anna: Actor) -> None:
    """Of what a school does not have in its list nothing is known, and nothing is invented."""
    text = "ФИО;Дата рождения;Должность\nГаврилова Ольга Сергеевна;12.03.1998;учитель физики\n"
    with inside(school5):
        made = accepted(checked(SimpleUploadedFile("список.csv", text.encode()), anna), anna)
        person = Person.objects.get(last_name="Гаврилова")
        assert (made.accepted, person.hired_on, person.ped_stage_years) == (1, None, None)
        assert (person.education_level, person.category, person.position_title) == (
            "",
            "none",
            "учитель физики",
        )


@pytest.mark.parametrize("column", ["birth_date", "position", "hired_on", "education_level", "last_name"])
def test_a_dash_in_a_needed_cell_is_no_value(
    school5: School, inside: Inside, anna: Actor, column: str
) -> None:
    with inside(school5):
        row = checked(table({**PERSON, column: "—"}), anna).rows.get()
        assert (row.verdict, [error["field"] for error in row.errors]) == (RowVerdict.BAD, [column])


def test_only_those_who_keep_the_list_load_it(
    school5: School, inside: Inside, actor: Callable[..., Actor]
) -> None:
    with inside(school5):
        for key in ("zhanna", "boris", "irina", "lev"):
            with pytest.raises(Forbidden):
                services.upload_staff(table(PERSON), by=actor(key))
        assert services.upload_staff(table(PERSON), by=actor("kira")).state == "uploaded"


class Killed(BaseException):
    """As if by `kill -9`: no handler of ours sees it."""


@pytest.mark.parametrize("stage", ["checked", "accepted"])
@pytest.mark.covers("house: staff import")
def test_killed_between_chunks_it_comes_to_the_same_end(
    school5: School, inside: Inside, anna: Actor, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{**PERSON, "last_name": surname(n), "email": ""} for n in range(25)]
    monkeypatch.setattr(imports, "CHECK_CHUNK", 10)
    monkeypatch.setattr(imports, "ACCEPT_CHUNK", 10)
    seen: list[str] = []

    def kill(now: str) -> None:
        seen.append(now)
        if now == stage and seen.count(stage) == 1:
            raise Killed

    monkeypatch.setattr(imports, "after_chunk", kill)
    with inside(school5):
        before = Person.objects.count()
        made = services.upload_staff(table(*rows, rows[3]), by=anna)
        for _ in range(2):
            try:
                services.check_rows(by=anna, import_uuid=str(made.uuid))
            except Killed:
                continue
        made.refresh_from_db()
        assert (made.state, made.good, made.known, made.rows.count()) == ("ready", 25, 1, 26)
        IMPORT.move(made, "confirm", by=anna, asked=ListAccepted())
        for _ in range(3):
            try:
                services.accept_rows(by=anna, import_uuid=str(made.uuid))
            except Killed:
                assert Person.objects.count() == before + 10
        made.refresh_from_db()
        assert (made.state, made.accepted, Person.objects.count() - before) == ("accepted", 25, 25)
        assert Position.objects.filter(employment__person__last_name__startswith="Фамилия").count() == 25
        assert Outbox.objects.filter(kind="municipality.school_step").count() == 1


def test_a_thousand_rows_with_fifty_bad_ones(school5: School, inside: Inside, anna: Actor) -> None:
    """How long it takes is measured by tests/bench; here: that all of it is done, and a second run adds
    nothing.
    """
    rows = [
        {**PERSON, "last_name": surname(n), "email": "", "rate": "3,5" if n % 20 == 0 else "1"}
        for n in range(1000)
    ]
    with inside(school5):
        before = Person.objects.count()
        made = services.upload_staff(table(*rows), by=anna)
        services.check_rows(by=anna, import_uuid=str(made.uuid))
        made.refresh_from_db()
        assert (made.good, made.bad) == (950, 50)
        IMPORT.move(made, "confirm", by=anna, asked=ListAccepted())
        for _ in range(2):
            services.accept_rows(by=anna, import_uuid=str(made.uuid))
        assert Person.objects.count() == before + 950
