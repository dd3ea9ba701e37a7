"""Who stands in a list under a former name is the same person; a new surname is a change or a mistake."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.core.actor import Actor
from portal.core.errors import Conflict, Invalid
from portal.staff import services
from portal.staff.models import FormerName, ImportRow, Person
from portal.staff.services.names import Renamed
from portal.staff.states import RowVerdict
from tenants.models import School
from tests.pages.test_staff_pages import As, sent
from tests.workflows.staff_lists import PERSON, accepted, checked, table

Inside = Callable[[School], Any]
BORN = dt.date(1998, 3, 12)
SINCE = dt.date(2026, 10, 12)
NEW = {**PERSON, "last_name": "Зимина"}


@pytest.fixture
def anna(actor: Callable[..., Actor]) -> Actor:
    return actor("anna")


def person() -> Person:
    return Person.objects.get(birth_date=BORN)


def renamed_by_list(by: Actor) -> ImportRow:
    accepted(checked(table(PERSON), by), by)
    made = checked(table(NEW), by)
    row = services.decide_row(made.rows.get(), "take", by=by, renamed=Renamed(since=SINCE, basis="брак"))
    made.refresh_from_db()
    accepted(made, by)
    return row


def test_a_new_surname_is_a_change_from_its_day_on(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        renamed_by_list(anna)
        former = FormerName.objects.get(person=person())
        assert (person().last_name, former.last_name) == ("Зимина", "Гаврилова")
        assert (former.ended_on, former.basis) == (SINCE - dt.timedelta(days=1), "брак")


def test_a_new_surname_may_mend_a_mistake(school5: School, inside: Inside, anna: Actor) -> None:
    """One may think again, too: what was decided first leaves nothing behind."""
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        made = checked(table(NEW), anna)
        row = services.decide_row(made.rows.get(), "take", by=anna, renamed=Renamed(since=SINCE))
        row = services.decide_row(row, "take", by=anna)
        with pytest.raises(Conflict):
            services.decide_row(row, "take", by=anna)
        made.refresh_from_db()
        accepted(made, anna)
        assert person().last_name == "Зимина"
        assert not FormerName.objects.exists()


def test_a_day_that_cannot_be_is_refused_at_once(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        row = checked(table(NEW), anna).rows.get()
        with pytest.raises(Invalid) as refusal:
            services.decide_row(row, "take", by=anna, renamed=Renamed(since=dt.date(2090, 1, 1)))
        assert refusal.value.field == "renamed_on"


@pytest.mark.parametrize("changes", [{}, {"middle_name": "", "gender": "ж"}])
def test_a_list_of_last_year_knows_the_person_by_the_former_name(
    school5: School, inside: Inside, anna: Actor, changes: dict[str, str]
) -> None:
    with inside(school5):
        renamed_by_list(anna)
        row = checked(table({**PERSON, **changes}), anna).rows.get()
        assert row.person == person().uuid
        if not changes:
            assert row.verdict == RowVerdict.KNOWN
            assert row.remarks == ["В файле прежнее имя, теперь: Зимина Ольга Сергеевна. Имя не меняем"]
        else:
            assert row.verdict == RowVerdict.CHANGED, "another spelling of it is asked about"


def test_what_such_a_list_adds_goes_to_the_same_person(school5: School, inside: Inside, anna: Actor) -> None:
    with inside(school5):
        renamed_by_list(anna)
        second = {**PERSON, "position": "педагог-психолог", "subjects": "", "rate": "0,5"}
        made = checked(table(second), anna)
        assert made.rows.get().verdict == RowVerdict.GOOD
        accepted(made, anna)
        assert [one.position for one in person().positions] == ["teacher", "psychologist"]
        assert person().last_name == "Зимина"


# ── Pages ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_row_offers_that_the_surname_has_changed(
    school5: School, inside: Inside, anna: Actor, as_: As
) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        made = checked(table(NEW), anna)
        row = made.rows.get()
    client, url = as_("anna"), f"/s/5/people/import/{made.uuid}/"
    assert "Сменилась фамилия" in client.get(f"{url}?show=changed").content.decode()
    page = f"{url}rows/{row.number}/rename/"
    assert "Было: Гаврилова" in client.get(page).content.decode().replace("\xa0", " ")
    wrong = sent(client, page, renamed_on="01.01.2090", version=row.version)
    assert wrong.status_code == 422
    assert (
        sent(client, page, renamed_on="12.10.2026", renamed_by="брак", version=row.version).status_code == 302
    )
    text = client.get(f"{url}?show=changed").content.decode().replace("\xa0", " ")
    assert "имя новое с 12.10.2026" in text
    assert "Исправить написание" in text


FORM = {
    "first_name": "Ольга",
    "middle_name": "Сергеевна",
    "birth_date": "12.03.1998",
    "hired_on": "01.09.2022",
    "ped_stage_years": "1",
    "rate": "1",
    "education_level": "higher",
    "category": "none",
    "position": "teacher",
    "subjects": ["mathematics"],
    "is_ped_education": "on",
}


def test_the_card_asks_whether_the_name_has_changed(
    school5: School, inside: Inside, anna: Actor, as_: As
) -> None:
    with inside(school5):
        accepted(checked(table(PERSON), anna), anna)
        found = person()
    client, url = as_("anna"), f"/s/5/people/{found.uuid}/"

    def answer(**fields: Any) -> Any:
        other = {"last_name": "Зимина", "work_change": "mistake", "version": found.version}
        typed = {**FORM, **other, **fields}
        return sent(client, f"{url}edit/", **typed)

    asked = answer()
    assert asked.status_code == 422
    assert "Имя стало другим" in asked.content.decode().replace("\xa0", " ")
    assert answer(name_change="change").status_code == 422, "without its day"
    same = answer(name_change="change", renamed_on="12.10.2026", last_name="Гаврилова")
    assert same.status_code == 422, "the name is as it was"
    assert answer(name_change="change", renamed_on="12.10.2026").status_code == 302
    shown = client.get(url).content.decode().replace("\xa0", " ")
    assert "Гаврилова Ольга Сергеевна" in shown
    assert "по 11.10.2026" in shown
    row = client.get("/s/5/people/?q=гаврилова ол").content.decode().replace("\xa0", " ")
    assert "раньше Гаврилова" in row
    assert "раньше" not in client.get("/s/5/people/?q=зимина").content.decode()
