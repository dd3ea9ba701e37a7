"""The list of staff from a table: good, bad and hostile files, a repeat, a kill between two chunks."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.documents.sheets import Column, read_rows, write_sheet
from portal.school_records.models import Outbox
from portal.staff import exports, services
from portal.staff.list_rows import COLUMNS
from portal.staff.models import Employee, EmployeePosition, StaffImport
from portal.staff.services import imports, judging
from portal.staff.states import RowVerdict
from portal.staff.workflow import IMPORT
from tenants.models import School

Inside = Callable[[School], Any]
PERSON = {
    "last_name": "Гаврилова",
    "first_name": "Ольга",
    "middle_name": "Сергеевна",
    "birth_date": dt.date(1998, 3, 12),
    "position": "учитель",
    "subjects": "математика, информатика",
    "hired_on": "01.09.2022",
    "ped_stage_years": "2,5",
    "education_level": "высшее",
    "is_ped_education": "да",
    "category": "первая",
    "rate": "1,25",
    "hours_week": 18,
    "email": "gavrilova@school5.example",
}
LETTERS = "абвгдежзик"


def surname(number: int) -> str:
    """A name of letters only, another for each number."""
    return "Фамилия" + "".join(LETTERS[int(digit)] for digit in str(number))


def table(*rows: dict[str, Any], name: str = "список.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, write_sheet("Сотрудники", COLUMNS, rows), content_type=exports.XLSX)


def checked(upload: SimpleUploadedFile, by: Actor) -> StaffImport:
    made = services.upload_staff(upload, by=by)
    services.check_rows(by=by, import_uuid=str(made.uuid))
    made.refresh_from_db()
    return made


def accepted(made: StaffImport, by: Actor) -> StaffImport:
    IMPORT.move(made, "confirm", by=by)
    services.accept_rows(by=by, import_uuid=str(made.uuid))
    made.refresh_from_db()
    return made


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


@pytest.mark.covers("house: staff import")
def test_a_good_row_becomes_a_person_with_everything_read(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        made = accepted(checked(table(PERSON), anna), anna)
        person = Employee.objects.get(last_name="Гаврилова")
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
    ({"position": "учитиль"}, "Должность", "Похоже на «учитель»"),
    ({"rate": "3,5"}, "Ставка", "больше 2,5"),
    ({"rate": "0,01"}, "Ставка", "меньше 0,05"),
    ({"last_name": ""}, "Фамилия", "Не заполнена фамилия"),
    ({"last_name": "Иванов2"}, "Фамилия", "лишний знак «2»"),
    ({"ped_stage_years": "70"}, "Пед. стаж", "от 0 до 60"),
    ({"ped_stage_years": "25"}, "Пед. стаж", "возраст"),
    ({"ped_stage_years": "много"}, "Пед. стаж", "не похоже на число"),
    ({"subjects": "матиматика"}, "Предметы", "Похоже на «математика»"),
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
            IMPORT.move(made, "confirm", by=anna)
        assert not Employee.objects.filter(first_name="Ольга", middle_name="Сергеевна").exists()


@pytest.mark.covers("house: staff import")
def test_the_same_file_again_adds_nobody(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        before = Employee.objects.count()
        again = checked(table({**PERSON, "last_name": "ГАВРИЛОВА"}), anna)
        assert (again.good, again.known) == (0, 1)
        with pytest.raises(Conflict):
            IMPORT.move(again, "confirm", by=anna)
        assert Employee.objects.count() == before


def test_twins_in_one_file_and_a_second_position(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        other = {**PERSON, "position": "педагог-психолог", "subjects": "", "rate": "0,5"}
        different = {**PERSON, "hours_week": 9}
        made = checked(table(PERSON, PERSON, other, different), anna)
        assert list(made.rows.values_list("verdict", flat=True)) == ["good", "twin", "good", "bad"]
        accepted(made, anna)
        person = Employee.objects.get(last_name="Гаврилова")
        assert list(person.positions.values_list("position", flat=True)) == ["teacher", "psychologist"]


def test_rows_to_mend_can_be_loaded_back(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        made = checked(table(PERSON, {**PERSON, "last_name": "Данилова", "rate": "3,5"}), anna)
        content = exports.rows_to_mend(made, list(made.rows.all())).content
        mend = (*COLUMNS, Column("mend", "Что поправить"))
        row = next(iter(read_rows(io.BytesIO(content), mend)))
        assert row.values["last_name"] == "Данилова"
        assert "Ставка не может быть больше 2,5" in str(row.values["mend"])
        again = checked(SimpleUploadedFile("ошибки.xlsx", content), anna)
        assert (again.total, again.bad) == (1, 1)


def test_the_sample_is_a_good_file(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        made = checked(SimpleUploadedFile("образец.xlsx", exports.sample().content), anna)
        assert (made.good, made.bad) == (2, 0)


HOSTILE = [
    ("список.xlsx", b"", "пуст"),
    ("список.xlsx", b"PK\x03\x04 not an archive", "повреждён"),
    ("список.xlsx", b"%PDF-1.7 hello", "не книга Excel"),
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


def test_a_formula_spoils_the_file_with_a_sentence(school5: School, inside: Inside, anna: Actor) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write_sheet("Сотрудники", COLUMNS, [PERSON, PERSON])))  # type: ignore[list-item]
    book.worksheets[0]["A3"] = '=HYPERLINK("http://evil.example","Иванова")'
    out = io.BytesIO()
    book.save(out)
    with inside(school5):
        made = checked(SimpleUploadedFile("список.xlsx", out.getvalue()), anna)
        assert made.state == "failed"
        assert "формула" in made.trouble


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
        before = Employee.objects.count()
        made = services.upload_staff(table(*rows, rows[3]), by=anna)
        for _ in range(2):
            try:
                services.check_rows(by=anna, import_uuid=str(made.uuid))
            except Killed:
                continue
        made.refresh_from_db()
        assert (made.state, made.good, made.known, made.rows.count()) == ("ready", 25, 1, 26)
        IMPORT.move(made, "confirm", by=anna)
        for _ in range(3):
            try:
                services.accept_rows(by=anna, import_uuid=str(made.uuid))
            except Killed:
                assert Employee.objects.count() == before + 10
        made.refresh_from_db()
        assert (made.state, made.accepted, Employee.objects.count() - before) == ("accepted", 25, 25)
        assert EmployeePosition.objects.filter(employee__last_name__startswith="Фамилия").count() == 25
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
        before = Employee.objects.count()
        made = services.upload_staff(table(*rows), by=anna)
        services.check_rows(by=anna, import_uuid=str(made.uuid))
        made.refresh_from_db()
        assert (made.good, made.bad) == (950, 50)
        IMPORT.move(made, "confirm", by=anna)
        for _ in range(2):
            services.accept_rows(by=anna, import_uuid=str(made.uuid))
        assert Employee.objects.count() == before + 950


def test_a_word_near_to_the_list_is_mended_in_place(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        made = checked(
            table({**PERSON, "position": "учитиль", "subjects": "матиматика, английский, инфарматика"}), anna
        )
        row = made.rows.get()
        near = {error["field"]: (error["near"], error["instead"]) for error in row.errors}
        assert near["position"] == ("учитель", "учитель")
        assert near["subjects"] == ("математика, информатика", "математика, английский язык, информатика")
        row = services.mend_row(row, {"position": "учитель"}, by=anna, version=row.version)
        assert (row.verdict, [error["field"] for error in row.errors]) == (RowVerdict.BAD, ["subjects"])
        with pytest.raises(Stale):
            services.mend_row(row, {"subjects": near["subjects"][1]}, by=anna, version=row.version - 1)
        with pytest.raises(Invalid) as refusal:
            services.mend_row(row, {"subjects": "магия"}, by=anna)
        assert refusal.value.field == "subjects"
        assert services.mend_row(row, {"subjects": near["subjects"][1]}, by=anna).verdict == RowVerdict.GOOD
        with pytest.raises(Conflict):
            services.mend_row(row, {"position": "учитель"}, by=anna)
        made.refresh_from_db()
        assert (made.good, made.bad) == (1, 0)
        accepted(made, anna)
        assert Employee.objects.get(last_name="Гаврилова").position_title.startswith("учитель математики")


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
        before = Employee.objects.count()
        made = accepted(
            checked(
                table(PERSON, {**PERSON, "last_name": "Данилова", "position": "учитиль", "email": ""}), anna
            ),
            anna,
        )
        assert (made.accepted, made.good, made.bad) == (1, 0, 1)
        with pytest.raises(Conflict):
            IMPORT.move(made, "confirm", by=anna)
        with pytest.raises(Forbidden):
            services.mend_row(made.rows.get(verdict="bad"), {"position": "учитель"}, by=actor("boris"))
        services.mend_row(made.rows.get(verdict="bad"), {"position": "учитель"}, by=anna)
        made.refresh_from_db()
        made = accepted(made, anna)
        assert (made.state, made.accepted, made.bad, Employee.objects.count() - before) == (
            "accepted",
            2,
            0,
            2,
        )


def test_the_principal_who_joined_before_the_list_is_not_a_second_person(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        begun = Employee.objects.get(positions__position="principal")
        Employee.objects.filter(pk=begun.pk).update(
            birth_date=None, hired_on=None, match_key=judging.undated_key(begun.full_name)
        )
        before = Employee.objects.count()
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
        assert (begun.birth_date, begun.positions.count(), Employee.objects.count() - before) == (
            PERSON["birth_date"],
            1,
            1,
        )
        assert checked(table(row), anna).known == 1
