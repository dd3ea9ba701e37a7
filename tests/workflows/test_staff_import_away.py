"""Who stands in a list as being away is away in the portal: kind and days as the list says them, or asked."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.staff import exports, services
from portal.staff.import_forms import row_form
from portal.staff.models import Absence, ImportRow, Person, StaffImport
from portal.staff.services.absences import Away
from portal.staff.states import RowVerdict
from tests.workflows.acting import NOW, who
from tests.workflows.staff_lists import accepted, checked

pytestmark = pytest.mark.usefixtures("in_school5")
TODAY = NOW.date()
HEAD = "ФИО;Дата рождения;Должность;Дата приёма;Пед. стаж;Образование"
OLGA = "Гаврилова Ольга Сергеевна;12.03.1998;учитель;01.09.2022;2;высшее"
ANNA = "Фролова Анна Ивановна;01.02.1980;методист;01.09.2015;20;высшее"
LEAVE = "отпуск по уходу за ребёнком с 01.09.2025 по 15.03.2027"


def loaded(*lines: str, head: str = HEAD) -> StaffImport:
    content = "\n".join((head, *lines)).encode()
    return checked(SimpleUploadedFile("список.csv", content, content_type="text/csv"), who("anna"))


def row_of(made: StaffImport, surname: str = "Гаврилова") -> ImportRow:
    return next(row for row in made.rows.all() if surname in str(row.raw))


def absences(surname: str = "Гаврилова") -> list[tuple[Any, ...]]:
    rows = Absence.objects.filter(person__last_name=surname).order_by("started_on")
    return list(rows.values_list("kind", "started_on", "expected_until", "ended_on"))


CARE = ("childcare", dt.date(2025, 9, 1), dt.date(2027, 3, 15), None)


def test_whoever_stands_under_the_heading_is_away_and_the_others_are_not() -> None:
    made = loaded(ANNA, f";{LEAVE.capitalize()};;;;", OLGA)
    row = row_of(made)
    assert (row.verdict, row.parsed["away"]) == (RowVerdict.GOOD, LEAVE)
    accepted(made, who("anna"))
    assert absences() == [CARE]
    assert absences("Фролова") == []
    assert Person.objects.away().filter(last_name="Гаврилова").exists()


def test_a_heading_without_days_is_asked_about_and_answered() -> None:
    made = loaded(ANNA, ";Находятся в отпуске по уходу за ребёнком;;;;", OLGA)
    row = row_of(made)
    assert row.verdict == RowVerdict.BAD
    assert [(error["field"], error["column"]) for error in row.errors] == [("away", "Отсутствие")]
    assert "Если отсутствие записывать не нужно" in str(row_form(row)().fields["away"].help_text)
    mended = services.mend_row(row, {"away": LEAVE}, by=who("anna"))
    assert mended.verdict == RowVerdict.GOOD
    accepted(made, who("anna"))
    assert absences() == [CARE]


def test_an_absence_may_be_left_out() -> None:
    made = loaded(ANNA, ";В декрете с 01.09.2025;;;;", OLGA)
    assert len(row_of(made).errors[0]["proposals"]) == 2
    services.mend_row(row_of(made), {"away": "-"}, by=who("anna"))
    accepted(made, who("anna"))
    assert absences() == []
    assert Person.objects.filter(last_name="Гаврилова").exists()


def test_nobody_is_away_before_the_first_day_of_work() -> None:
    made = loaded(OLGA + ";на больничном с 31.08.2022", head=f"{HEAD};Отсутствие")
    row = row_of(made)
    assert row.errors[0]["sentence"].startswith("Отсутствие начинается раньше дня приёма, 01.09.2022")
    services.mend_row(row, {"away": "на больничном с 01.09.2022 по 01.02.2023"}, by=who("anna"))
    accepted(made, who("anna"))
    assert absences() == [("illness", dt.date(2022, 9, 1), None, dt.date(2023, 2, 1))]


def test_whoever_is_here_already_goes_on_leave_by_the_list_and_only_once() -> None:
    accepted(loaded(OLGA, ANNA), who("anna"))
    again = loaded(ANNA, f";{LEAVE};;;;", OLGA)
    row = row_of(again)
    assert (row.verdict, row.choice) == (RowVerdict.CHANGED, "take")
    [change] = row.changes
    assert (change["column"], change["was"], change["now"]) == ("Отсутствие", "пусто", LEAVE)
    accepted(again, who("anna"))
    assert absences() == [CARE]
    third = loaded(ANNA, ";Находятся в отпуске;;;;", OLGA)
    assert [row.verdict for row in third.rows.all()] == [RowVerdict.KNOWN, RowVerdict.KNOWN]


def test_an_absence_that_was_written_by_hand_meanwhile_is_not_written_over() -> None:
    accepted(loaded(OLGA, ANNA), who("anna"))
    again = loaded(ANNA, f";{LEAVE};;;;", OLGA)
    person = Person.objects.get(last_name="Гаврилова")
    by_hand = Away(kind="illness", started_on=TODAY)
    services.begin_absence(person, by_hand, by=who("anna"))
    accepted(again, who("anna"))
    row = row_of(again)
    assert (row.verdict, row.choice) == (RowVerdict.CHANGED, "")
    assert "карточку изменили" in row.note
    assert absences() == [("illness", TODAY, None, None)]


def test_the_rows_to_mend_keep_the_absence() -> None:
    """Mended in the file and loaded again, they say it themselves."""
    made = loaded(
        ANNA.replace("методист", "мтд"),
        f"{OLGA};{LEAVE}".replace("учитель", "учтл"),
        head=f"{HEAD};Отсутствие",
    )
    content = exports.rows_to_mend(made, list(made.rows.all())).content
    fixed = SimpleUploadedFile("строки.xlsx", content, content_type=exports.XLSX)
    again = checked(fixed, who("anna"))
    assert row_of(again).raw["away"] == LEAVE
    assert "away" not in row_of(again, "Фролова").raw
