"""Whole files as schools keep them: which column is what, who of the rows is a person, and what is asked."""

import datetime as dt
import io
from collections.abc import Iterator

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from portal.core import clock
from portal.core.errors import Invalid
from portal.documents.books import read_book
from portal.staff.list_rows import TITLES, ReadRow, read_row
from portal.staff.table_layout import Layout, find_layout, heading
from portal.staff.table_people import Found, people_of
from tests.documents.test_books import ods_of, ods_row, ods_text
from tests.tables.labelled import HERE, TODAY


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock.at(dt.datetime.combine(TODAY, dt.time(12), dt.UTC)):
        yield


def read(content: bytes, remembered: dict[str, str] | None = None) -> tuple[Layout, Found, list[ReadRow]]:
    sheets = read_book(io.BytesIO(content))
    layout = find_layout(sheets, remembered or {})
    found = people_of(sheets[layout.sheet].lines, layout)
    absent = frozenset(TITLES) - set(layout.keys)
    return (
        layout,
        found,
        [read_row(one.number, {**one.values, "away": one.away}, absent) for one in found.people],
    )


ASKED = {
    "01_site_two_headers_totals.xlsx": ["category_on", ""],
    "05_list_cp1251.csv": ["", "", ""],
    "05b_list_utf8.csv": ["", "", ""],
    "07_list_on_second_sheet.xlsx": ["", "", ""],
    "09_fio_one_column.xlsx": [""],
    "10_other_words_in_headers.xlsx": [""],
    "11_sections_and_totals.xlsx": ["", "", "away"],
    "13_same_mail.xlsx": ["", ""],
    "14_excel_made_dates.xlsx": ["ped_stage_years", "rate", "rate", "ped_stage_years", "hours_week"],
    "15_formula.xlsx": ["rate"],
    "16_stamp_above.xlsx": ["", "", ""],
    "18_old_surname_after_marriage.xlsx": [""],
    "19_rehired.xlsx": [""],
    "20_same_people_next_year.xlsx": ["", "", ""],
    "21_latin_letter_and_no_patronymic.xlsx": ["", "", "", "", ""],
    "30_old_excel.xls": ["", "", "away"],
    "31_open_document.ods": ["", "", "away"],
    "32_formulas_not_kept.xls": ["ped_stage_years", "category"],
}
"""File → for each of its people the cells that are asked about."""


@pytest.mark.covers("found F7")
@pytest.mark.parametrize("name", sorted(path.name for path in (HERE / "staff").iterdir()))
def test_every_file_of_the_first_walk_is_read(name: str) -> None:
    _, _, rows = read((HERE / "staff" / name).read_bytes())
    assert [" ".join(key for key, _ in row.errors) for row in rows] == ASKED[name]
    assert all(row.full_name.split()[0][0].isupper() for row in rows)


def test_the_stamp_the_second_row_of_a_header_and_the_total_are_no_people() -> None:
    layout, found, rows = read((HERE / "staff" / "01_site_two_headers_totals.xlsx").read_bytes())
    titles = {column.key: column.title for column in layout.columns}
    assert titles["ped_stage_years"] == "Стаж пед."
    assert [(one.number, one.why) for one in found.passed] == [(7, "итог")]
    assert [str(row.parsed["ped_stage_years"]) for row in rows] == ["28.0", "12.0"]
    assert rows[0].proposals == {"category_on": ("01.12.2023",)}


def test_whoever_stands_under_a_heading_of_absence_is_not_lost() -> None:
    _, found, rows = read((HERE / "staff" / "11_sections_and_totals.xlsx").read_bytes())
    assert [one.away for one in found.people] == ["", "", "Находятся в отпуске по уходу за ребёнком"]
    assert "away" not in rows[2].parsed, "с какого дня, не сказано: спросим"
    assert [key for key, _ in rows[2].errors][-1] == "away"
    assert found.people[2].away in dict(rows[2].errors)["away"]
    assert {one.why for one in found.passed} == {"номера столбцов", "раздел", "итог"}


def table(*lines: str) -> bytes:
    return "\n".join(lines).encode()


HEAD = "№;ФИО;Дата рождения;Должность;Категория"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (";Учителя-предметники;;;", "раздел"),
        ("Декрет;;;;", "раздел"),
        (";Всего;25;;", "итог"),
        ("3;Вакансия;;учитель физики;", "вакансия"),
        (";Директор школы;;Петров И. И.;", "подпись или пояснение"),
        ("Директор ____________ /Петров И. И./;;;;", "подпись или пояснение"),
        ("Исп. Сидорова А. А., тел. 22-33-44;;;;", "подпись или пояснение"),
        (HEAD, "повтор заголовка"),
        ("1;2;3;4;5", "номера столбцов"),
    ],
)
def test_what_is_nobody(line: str, why: str) -> None:
    person = "1;Фролова Анна Ивановна;01.02.1980;учитель;первая"
    _, found, rows = read(table(HEAD, person, line, person.replace("Анна", "Инна")))
    assert [row.parsed["first_name"] for row in rows] == ["Анна", "Инна"]
    assert [one.why for one in found.passed] == [why]


def test_a_second_line_of_a_person_is_a_second_position() -> None:
    head = "ФИО;Дата рождения;Дата приёма;Должность;Ставка"
    _, found, rows = read(
        table(head, "Фролова Анна Ивановна;01.02.1980;01.09.2015;учитель;1", ";;;педагог-психолог;0,5")
    )
    assert found.passed == []
    assert [(row.full_name, row.parsed["position"], str(row.parsed["rate"])) for row in rows] == [
        ("Фролова Анна Ивановна", "teacher", "1.00"),
        ("Фролова Анна Ивановна", "psychologist", "0.50"),
    ]
    assert rows[1].parsed["hired_on"] == dt.date(2015, 9, 1)
    assert rows[1].errors == []


def test_an_absence_in_a_column_of_remarks_is_told() -> None:
    head = "ФИО;Дата рождения;Должность;Примечание"
    _, found, _ = read(table(head, "Фролова Анна Ивановна;01.02.1980;учитель;отпуск по уходу за ребёнком"))
    assert found.people[0].away == "отпуск по уходу за ребёнком"


def test_the_days_beside_a_person_belong_to_the_heading_of_absence_above() -> None:
    head = "ФИО;Дата рождения;Должность;Примечание"
    person = "Фролова Анна Ивановна;01.02.1980;учитель;"
    lines = (
        person,
        "Находятся в отпуске по уходу за ребёнком;;;",
        f"{person}с 01.09.2025 по 15.03.2027",
        person,
    )
    _, _, rows = read(table(head, *lines, f"{person}на больничном с 05.10.2026"))
    assert [row.parsed.get("away") for row in rows] == [
        None,
        "отпуск по уходу за ребёнком с 01.09.2025 по 15.03.2027",
        None,
        "длительная болезнь с 05.10.2026",
    ]


@pytest.mark.parametrize(
    "head",
    [
        ("ФИО;Дата рождения;Должность;Стаж", ";;;общий", ";;;педагогический"),
        ("ФИО;Дата рождения;Должность;Стаж", ";;;общий /", ";;;пед."),
        ('ФИО;Дата рождения;Должность;"Стаж\nобщий\nпедагогический"',),
        ("ФИО;Дата рождения;Должность;Стаж (общий, пед.)",),
    ],
)
def test_two_services_in_one_column_are_asked_about(head: tuple[str, ...]) -> None:
    """Neither left out in silence nor taken for one of the two."""
    person = "Фролова Анна Ивановна;01.02.1980;учитель;25/20"
    layout, found, _ = read(table(*head, person))
    asked = layout.columns[-1]
    assert (asked.key, asked.how, layout.is_certain, len(found.people)) == ("", "unknown", False, 1)
    layout, found, rows = read(table(*head, person), {heading(asked.title): "ped_stage_years"})
    assert (layout.is_certain, found.passed) == (True, [])
    assert rows[0].proposals["ped_stage_years"] == ("25", "20")
    assert "ped_stage_years" not in rows[0].parsed


def test_a_header_of_two_rows_under_a_common_title() -> None:
    layout, _, rows = read(
        table(
            "ФИО;Дата рождения;Сведения о работе;;Стаж;",
            ";;Должность;Предмет;общий;пед.",
            "Фролова Анна Ивановна;01.02.1980;учитель;физика;20;15",
        )
    )
    assert layout.is_certain
    assert (rows[0].parsed["subjects"], str(rows[0].parsed["ped_stage_years"])) == (["physics"], "15.0")


@pytest.mark.parametrize(
    ("head", "stage"),
    [
        (
            ["Сведения о работе;;", "Должность;Стаж;", ";общий;педагогический"],
            "Стаж педагогический",
        ),
        (["Должность;Общий стаж;Стаж", ";;педагогический"], "Стаж педагогический"),
    ],
)
def test_a_header_of_three_rows_and_a_row_of_it_with_one_word(head: list[str], stage: str) -> None:
    first, *under = head
    person = "Фролова Анна Ивановна;01.02.1980;учитель;20;15"
    rows_of_head = [f"ФИО;Дата рождения;{first}", *(f";;{words}" for words in under)]
    layout, found, rows = read(table(*rows_of_head, person))
    assert {column.key: column.title for column in layout.columns}["ped_stage_years"] == stage
    assert (layout.is_certain, layout.first) == (True, len(head) + 1)
    assert (found.passed, [str(row.parsed["ped_stage_years"]) for row in rows]) == ([], ["15.0"])


@pytest.mark.parametrize("said", ["Декретный отпуск", "учитель", "Находятся в отпуске по уходу за ребёнком"])
def test_a_section_that_stands_under_the_header_is_no_part_of_it(said: str) -> None:
    head = "ФИО;Дата рождения;Должность;Категория"
    person = "Фролова Анна Ивановна;01.02.1980;учитель;первая"
    layout, found, rows = read(table(head, f";;{said};", person))
    assert (layout.is_certain, layout.first, len(rows)) == (True, 2, 1)
    assert found.people[0].away == ("" if said == "учитель" else said)


def test_a_formula_without_a_value_in_an_open_document_is_asked_about() -> None:
    """As an empty cell the rate would be taken for one that nobody has named."""
    cells = ["Фролова Анна Ивановна", "01.02.1980", "учитель"]
    counted = '<table:table-cell table:formula="of:=18/18"/>'
    rows = [
        ods_row(*(ods_text(title) for title in ("ФИО", "Дата рождения", "Должность", "Ставка"))),
        ods_row(*(ods_text(text) for text in cells), counted),
    ]
    _, _, read_rows = read(ods_of("".join(rows).encode()))
    assert [key for key, _ in read_rows[0].errors] == ["rate"]
    assert read_rows[0].raw["rate"] == "=18/18"


def test_a_person_of_whom_little_is_known_is_still_one() -> None:
    _, found, rows = read(table(HEAD, "1;Фролова Анна Ивановна;;учитель;", "2;Ким А. С.;01.02.1980;;"))
    assert (found.passed, len(rows)) == ([], 2)
    assert [key for key, _ in rows[1].errors] == ["whole_name", "position"]


def test_without_a_header_columns_are_known_by_what_they_hold() -> None:
    lines = ["Фролова Анна Ивановна;01.02.1980;учитель математики;первая;01.09.2015"] * 3
    layout, _, rows = read(table(*lines))
    assert set(layout.keys) == {"whole_name", "birth_date", "position", "category", "hired_on"}
    assert not layout.is_certain
    assert len(rows) == 3


def test_a_strange_header_over_known_words_is_understood_and_asked_about() -> None:
    head = "Кто;Родился(лась);Кем;Сколько"
    layout, _, _ = read(table(head, *["Фролова Анна Ивановна;01.02.1980;учитель;3"] * 2))
    assert {column.title: (column.key, column.how) for column in layout.columns}["Кто"] == (
        "whole_name",
        "content",
    )
    assert {column.title: column.key for column in layout.columns}["Сколько"] == ""
    assert not layout.is_certain


def test_what_was_said_before_is_remembered() -> None:
    head = "ФИО;Дата рождения;Должность;Чем занят"
    person = "Фролова Анна Ивановна;01.02.1980;учитель;математика"
    assert read(table(head, person))[0].keys.get("subjects") == 3
    assert not read(table(head, person))[0].is_certain
    remembered, _, rows = read(table(head, person), {"чем занят": "subjects"})
    assert remembered.is_certain
    assert rows[0].parsed["subjects"] == ["mathematics"]


def test_two_columns_of_one_meaning_are_asked_about() -> None:
    layout, _, _ = read(
        table("ФИО;Дата рождения;Должность;Должность", "Фролова Анна Ивановна;01.02.1980;учитель;завуч")
    )
    assert [column.key for column in layout.columns] == ["whole_name", "birth_date", "position", ""]


def test_a_column_chosen_twice_and_nobody_to_be_told_are_refused() -> None:
    layout, _, _ = read(table(HEAD, "1;Фролова Анна Ивановна;01.02.1980;учитель;первая"))
    with pytest.raises(Invalid) as twice:
        layout.choose({2: "whole_name"})
    assert twice.value.field == "c2"
    layout, _, _ = read(table(HEAD, "1;Фролова Анна Ивановна;01.02.1980;учитель;первая"))
    with pytest.raises(Invalid) as missing:
        layout.choose({2: "ignored"})
    assert missing.value.code == "columns_missing"


@pytest.mark.parametrize("lines", [["Просто;текст", "без;людей"], ["Товар;Цена", "Хлеб;50", "Сыр;700"]])
def test_a_table_without_people_is_refused(lines: list[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        read(table(*lines))
    assert refusal.value.field == "file"


def test_people_on_another_sheet_are_not_passed_in_silence() -> None:
    book = Workbook()
    for title, name in (("Учителя", "Фролова Анна Ивановна"), ("Воспитатели", "Ким Анна Львовна")):
        sheet = book.create_sheet(title)
        sheet.append(["ФИО", "Дата рождения", "Должность"])
        sheet.append([name, "01.02.1980", "учитель"])
    out = io.BytesIO()
    book.save(out)
    layout, _, _ = read(out.getvalue())
    assert (layout.sheet_title, layout.others, layout.is_certain) == ("Учителя", ["Воспитатели"], False)


def test_people_whose_names_are_formulas_without_values_are_asked_about_and_not_passed() -> None:
    """Not as a section either, where all that stands in the row is such a formula."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    sheet.append(["ФИО", "Дата рождения", "Должность", "Дата приёма", "Стаж", "Образование"])
    sheet.append(['=A9&" "&B9', "12.03.1998", "учитель", "01.09.2022", 3, "высшее"])
    sheet.append(['=A9&" "&B9', None, None, None, None, None])
    sheet.append(["=A9"] * 6)
    sheet.append([None, None, None, None, "=SUM(E2:E4)", None])
    made = io.BytesIO()
    book.save(made)
    _, found, rows = read(made.getvalue())
    assert [row.number for row in rows] == [2, 3, 4]
    assert all("В ячейке формула" in dict(row.errors)["whole_name"] for row in rows)
    assert [one.number for one in found.passed] == [5]
