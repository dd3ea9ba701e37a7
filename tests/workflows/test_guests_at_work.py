"""A guest who is hired keeps the card, by hand and by a list; no day is both work and stay."""

import datetime as dt
from typing import Any

import pytest

from portal.core.errors import Conflict, Invalid
from portal.staff import services
from portal.staff.models import GuestStay, ImportRow, Person
from portal.staff.selectors.merging import preview
from portal.staff.services.hiring import make_person
from portal.staff.states import RowVerdict
from tests.workflows.acting import NOW, refused, who
from tests.workflows.staff_lists import PERSON, accepted, checked, table
from tests.workflows.test_guests import NAME, joined, said

pytestmark = pytest.mark.usefixtures("in_school5")
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
BORN = dt.date(1998, 3, 12)
WORK: dict[str, Any] = {"position": "teacher", "subjects": ["physics"], "ped_stage_years": 5, "rate": 1}
OF_LIST = {"last_name": "Гаврилова", "first_name": "Ольга", "middle_name": "Сергеевна", "gender": "f"}


def guest(since: int = -40, till: int = -10, **name: Any) -> GuestStay:
    return services.invite_guest(said(since, till), by=who("anna"), email="", name={**NAME, **name})


def of_list(since: int = -40, till: int = -10) -> GuestStay:
    """Whoever stands in the list of the tests of import, as a guest."""
    return guest(since, till, **OF_LIST, birth_date=BORN)


def hired(stay: GuestStay, day: dt.date = TODAY) -> Person:
    return services.take_on(stay.person, by=who("anna"), hired_on=day, **WORK)


def row_of(**cells: str) -> ImportRow:
    """What a list says of the guest, hired on a day after the stay."""
    first_day = f"{TODAY - 5 * DAY:%d.%m.%Y}"
    found: ImportRow = checked(table({**PERSON, "hired_on": first_day, **cells}), who("anna")).rows.get()
    return found


# ── By hand ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_guest_who_is_hired_keeps_the_card_and_the_way_in() -> None:
    stay = guest(-40, 60)
    found = joined(stay)
    services.correct_stay(stay, said(-40, -1), by=who("anna"))
    assert hired(stay).pk == found.pk
    found = Person.objects.get(pk=found.pk)
    assert found.position_title == "учитель физики"
    assert [(held.office, held.valid_to) for held in found.offices.order_by("pk")] == [
        ("guest", TODAY - DAY),
        ("teacher", None),
    ]
    refused(Conflict, "works_here", lambda: hired(stay, TODAY + DAY))


@pytest.mark.parametrize(("day", "is_taken"), [(-41, False), (-40, False), (-10, False), (-9, True)])
def test_work_begins_after_the_last_day_of_a_guest(day: int, is_taken: bool) -> None:
    stay = guest()
    if is_taken:
        hired(stay, TODAY + day * DAY)
        assert Person.objects.get(pk=stay.person_id).hired_on == TODAY + day * DAY
    else:
        with pytest.raises(Invalid) as refusal:
            hired(stay, TODAY + day * DAY)
        assert (refusal.value.code, refusal.value.field) == ("guest_then", "hired_on")


def test_no_change_of_work_reaches_into_the_days_of_a_guest() -> None:
    """The first day earlier, the last day later, a dismissal taken back."""
    before, after = guest(-40, -30), guest(-5, 5, last_name="Белов")
    anna = who("anna")
    worked = hired(before, TODAY - 29 * DAY)
    early = TODAY - 35 * DAY
    refused(Invalid, "guest_then", lambda: services.edit_person(worked, by=anna, hired_on=early))
    services.edit_person(worked, by=anna, hired_on=TODAY - 28 * DAY)
    left = make_person({"last_name": "Зимина", "first_name": "Алла", "hired_on": dt.date(2020, 9, 1)})
    GuestStay.objects.filter(pk=after.pk).update(person=left)

    def dismissed(day: int) -> Any:
        return services.dismiss_person(left, on=TODAY + day * DAY, reason="other", by=anna)

    refused(Invalid, "guest_then", lambda: dismissed(-5))
    dismissed(-6)
    refused(Invalid, "guest_then", lambda: dismissed(1))
    refused(Invalid, "guest_then", lambda: services.take_dismissal_back(left, by=anna))
    services.take_stay_back(after, by=anna)
    services.take_dismissal_back(left, by=anna)


def test_two_cards_are_not_one_where_work_and_stay_share_a_day() -> None:
    stay = guest(-5, 5)
    works = make_person({**NAME, "hired_on": TODAY}, position="teacher")
    for kept, gone in ((works, stay.person), (stay.person, works)):
        assert any("приходятся на работу" in said for said in preview(kept, gone).troubles)
    services.correct_stay(stay, said(-5, -1), by=who("anna"))
    assert preview(works, Person.objects.get(pk=stay.person_id)).troubles == []


def test_nobody_has_a_second_card_under_one_name_and_birthday() -> None:
    """Neither a guest who is entered as staff, nor whoever has worked here and is invited."""
    anna = who("anna")
    born: dict[str, Any] = {"birth_date": dt.date(1990, 1, 2)}
    entered: dict[str, Any] = {**WORK, **NAME, **born}
    guest(**born)
    refused(Conflict, "person_known", lambda: services.enter_person(by=anna, **entered))
    make_person({"last_name": "Зимина", "first_name": "Алла", **born}, position="teacher")
    refused(
        Conflict, "person_known", lambda: guest(last_name="Зимина", first_name="Алла", middle_name="", **born)
    )


# ── By a list ───────────────────────────────────────────────────────────────────────────────────────


def test_a_row_with_the_name_and_birthday_of_a_guest_goes_on_with_the_card() -> None:
    stay = of_list(till=60)
    found = joined(stay)
    services.correct_stay(stay, said(-40, -10), by=who("anna"))
    row = row_of(category="высшая")
    assert (row.verdict, row.person) == (RowVerdict.GOOD, found.uuid)
    assert (row.note, row.remarks) == ("Человек был гостем школы: запишем работу в ту же карточку", [])
    accepted(row.staff_import, who("anna"))
    found = Person.objects.get(birth_date=BORN)
    assert (found.uuid, found.category, found.position_title) == (
        row.person,
        "highest",
        "учитель математики и информатики",
    )
    assert found.hired_on == TODAY - 5 * DAY
    assert found.offices.filter(office="teacher", valid_to=None).exists()


@pytest.mark.parametrize("day", ["01.09.2022", f"{TODAY - 10 * DAY:%d.%m.%Y}"])
def test_a_row_that_begins_work_within_the_days_of_a_guest_waits(day: str) -> None:
    of_list()
    row = row_of(hired_on=day)
    assert row.verdict == RowVerdict.BAD
    assert [error["field"] for error in row.errors] == ["hired_on"]
    assert row.errors[0]["sentence"].startswith("Человек записан гостем школы с ")
    row = services.mend_row(row, {"hired_on": f"{TODAY - 9 * DAY:%d.%m.%Y}"}, by=who("anna"))
    assert row.verdict == RowVerdict.GOOD


def test_a_stay_that_was_written_while_the_list_waited_is_said_at_the_row() -> None:
    stay = of_list()
    row = row_of()
    services.begin_stay(stay.person, said(-3, 20), by=who("anna"))
    accepted(row.staff_import, who("anna"))
    row.refresh_from_db()
    assert (row.verdict, row.errors[0]["field"]) == (RowVerdict.BAD, "hired_on")
    assert Person.objects.get(birth_date=BORN).work is None


def test_a_guest_of_another_surname_is_asked_about_and_taken_on() -> None:
    of_list()
    row = row_of(last_name="Зимина")
    assert row.verdict == RowVerdict.CHANGED
    assert "карточка гостя" in row.note
    row = services.decide_row(row, "take", by=who("anna"))
    accepted(row.staff_import, who("anna"))
    found = Person.objects.get(birth_date=BORN)
    assert (found.last_name, found.position_title) == ("Зимина", "учитель математики и информатики")
