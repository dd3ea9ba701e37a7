"""The same people a year later: what is new is shown, taken or left row by row, and never without a word
where it is not certain who or what is meant.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Stale
from portal.staff import exports, services
from portal.staff.models import ImportRow, Person, StaffImport
from portal.staff.states import RowVerdict
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tenants.models import School
from tests.tables.labelled import HERE
from tests.workflows.staff_lists import PERSON, accepted, checked, table

Inside = Callable[[School], Any]
BORN = dt.date(1998, 3, 12)


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


def of_file(name: str, by: Actor) -> StaffImport:
    return checked(SimpleUploadedFile(name, (HERE / "staff" / name).read_bytes()), by)


def changed(made: StaffImport) -> dict[str, tuple[str, str]]:
    """Field → (was, now) of the one row."""
    return {one["field"]: (one["was"], one["now"]) for one in made.rows.get().changes}


def choices(made: StaffImport) -> list[str]:
    return list(made.rows.order_by("number").values_list("choice", flat=True))


def person() -> Person:
    return Person.objects.get(birth_date=BORN)


@pytest.mark.covers("found F3")
def test_the_list_of_the_next_year_says_what_is_new_and_writes_it(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        accepted(of_file("16_stamp_above.xlsx", anna), anna)
        before = Person.objects.count()
        made = of_file("20_same_people_next_year.xlsx", anna)
        assert (made.good, made.changed, made.bad, made.known) == (0, 3, 0, 0)
        first = made.rows.order_by("number").first()
        assert first is not None
        assert [(one["field"], one["was"], one["now"]) for one in first.changes] == [
            ("ped_stage_years", "11", "14"),
            ("category", "первая", "высшая"),
            ("category_on", "28.02.2024", "01.10.2026"),
            ("email", "frolova0@school0.ru", "new0@school0.ru"),
            ("hours_week", "18", "24"),
        ]
        made = accepted(made, anna)
        found = Person.objects.get(email="new0@school0.ru")
        assert (found.ped_stage_years, found.category, found.hours_week) == (Decimal(14), "highest", 24)
        assert (made.accepted, Person.objects.count()) == (3, before)
        again = of_file("20_same_people_next_year.xlsx", anna)
        assert (again.good, again.changed, again.known) == (0, 0, 3)


def test_a_row_that_is_left_changes_nothing(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        made = checked(table({**PERSON, "hours_week": 24}), anna)
        row = made.rows.get()
        assert (row.verdict, row.choice, changed(made)) == ("changed", "take", {"hours_week": ("18", "24")})
        with pytest.raises(Stale):
            services.decide_row(row, "leave", by=anna, version=row.version - 1)
        services.decide_row(row, "leave", by=anna, version=row.version)
        made.refresh_from_db()
        assert made.changed == 0
        with pytest.raises(Conflict):
            IMPORT.move(made, "confirm", by=anna, asked=ListAccepted())
        services.decide_row(made.rows.get(), "take", by=anna)
        made.refresh_from_db()
        accepted(made, anna)
        assert person().hours_week == 24
        with pytest.raises(Conflict):
            services.decide_row(made.rows.get(), "leave", by=anna)


@pytest.mark.parametrize(
    ("news", "field"),
    [
        ({"ped_stage_years": "1,5"}, "ped_stage_years"),
        ({"category": "без категории"}, "category"),
        ({"hired_on": "01.09.2021"}, "hired_on"),
    ],
)
def test_what_has_become_less_is_not_taken_without_a_word(
    school5: School, inside: Inside, anna: Actor, news: dict[str, Any], field: str
) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        made = checked(table({**PERSON, **news}), anna)
        assert (choices(made), list(changed(made)), made.changed) == ([""], [field], 0)


def test_an_empty_cell_takes_nothing_away(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        poor = {**PERSON, "email": "", "category": "", "hours_week": "", "subjects": "", "rate": ""}
        assert checked(table(poor), anna).known == 1


def test_the_mailbox_of_somebody_who_signs_in_is_asked_about(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        who = person()
        who.user = uuid4()
        who.save_change("user")
        made = checked(table({**PERSON, "email": "another@school5.example"}), anna)
        assert choices(made) == [""]


@pytest.mark.covers("found F3")
def test_an_old_surname_is_the_same_person_when_somebody_says_so(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        before = Person.objects.count()
        made = checked(table({**PERSON, "last_name": "Зимина"}), anna)
        row = made.rows.get()
        assert (row.verdict, row.choice, row.person) == (RowVerdict.CHANGED, "", person().uuid)
        assert changed(made) == {"last_name": ("Гаврилова", "Зимина")}
        assert "Гаврилова Ольга Сергеевна" in row.note
        services.decide_row(row, "take", by=anna)
        made.refresh_from_db()
        accepted(made, anna)
        assert (person().last_name, Person.objects.count()) == ("Зимина", before)


def test_another_person_of_the_same_birthday_is_added_when_somebody_says_so(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        before = Person.objects.count()
        made = checked(table({**PERSON, "last_name": "Зимина", "email": "zimina@school5.example"}), anna)
        row = services.decide_row(made.rows.get(), "other", by=anna)
        assert (row.verdict, row.changes) == (RowVerdict.GOOD, [])
        made.refresh_from_db()
        accepted(made, anna)
        assert Person.objects.count() == before + 1


@pytest.mark.covers("found F10")
@pytest.mark.parametrize(("here", "there"), [("", "Сергеевна"), ("Сергеевна", "")])
def test_a_patronymic_that_is_told_only_once_is_asked_about(
    school5: School, inside: Inside, anna: Actor, here: str, there: str
) -> None:
    with inside(school5):
        accepted(checked(table({**PERSON, "middle_name": here}), anna), anna)
        made = checked(table({**PERSON, "middle_name": there, "hours_week": 20}), anna)
        assert made.rows.get().verdict == RowVerdict.CHANGED
        assert ("middle_name" in changed(made)) == bool(there)


@pytest.mark.covers("found F8", "found F9", "found F10")
def test_a_latin_letter_is_a_repeat_and_an_absent_patronymic_a_question(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        made = of_file("21_latin_letter_and_no_patronymic.xlsx", anna)
        rows = {row.number: row for row in made.rows.all()}
        assert [rows[number].verdict for number in range(2, 7)] == ["good", "twin", "good", "good", "bad"]
        assert rows[4].parsed["middle_name"] == ""
        assert "строке 5: Ким Анна" in rows[6].errors[0]["sentence"]
        assert services.decide_row(rows[6], "other", by=anna).verdict == RowVerdict.GOOD


def test_a_card_that_was_changed_meanwhile_is_not_overwritten(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        made = checked(table({**PERSON, "hours_week": 24}), anna)
        services.edit_person(person(), by=anna, hours_week=20)
        made = accepted(made, anna)
        row = made.rows.get()
        assert (row.verdict, row.choice, person().hours_week) == (RowVerdict.CHANGED, "", 20)
        assert "карточку изменили" in row.note


def test_who_may_decide(school5: School, inside: Inside, anna: Actor, actor: Callable[..., Actor]) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        row = checked(table({**PERSON, "hours_week": 24}), anna).rows.get()
        with pytest.raises(Forbidden):
            services.decide_row(row, "take", by=actor("boris"))
        with pytest.raises(Conflict):
            services.decide_row(row, "nonsense", by=anna)


def test_remarks_stay_when_another_row_is_mended(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        made = checked(
            table(
                {**PERSON, "position": "учитель, классный руководитель"},
                {
                    **PERSON,
                    "last_name": "Данилова",
                    "email": "",
                    "rate": "3,5",
                    "birth_date": dt.date(1999, 1, 1),
                },
            ),
            anna,
        )
        services.mend_row(made.rows.get(number=3), {"rate": "1"}, by=anna)
        assert made.rows.get(number=2).remarks == ["«классный руководитель» не записываем"]


def test_the_exported_list_loads_back_without_a_difference(
    school5: School, inside: Inside, anna: Actor
) -> None:
    with inside(school5):
        rich = {**PERSON, "gender": "ж", "category": "высшая", "category_on": "25.04.2024"}
        other = {**PERSON, "last_name": "О'Нил-Ким", "first_name": "Ян", "middle_name": "", "email": ""}
        accepted(
            checked(table(rich, {**other, "birth_date": dt.date(1990, 5, 6), "subjects": ""}), anna), anna
        )
        dated = Person.objects.exclude(birth_date=None).exclude(employments__started_on=None)
        people = dated.prefetch_related("employments")
        content = exports.people_table(people).content
        made = checked(SimpleUploadedFile("Сотрудники.xlsx", content), anna)
        assert [
            (row.number, row.changes, row.errors) for row in made.rows.all() if row.changes or row.errors
        ] == []
        assert (made.total, made.known) == (people.count(), people.count())
        assert {row.verdict for row in ImportRow.objects.filter(staff_import=made)} == {RowVerdict.KNOWN}
