"""Lists of the city that no paper declines: reasons, kinds of organisations, why a mentor is needed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Invalid
from portal.mentor_bank.services import edit_need, record_need
from portal.municipality.entries import Wording, add_entry, change_entry, offer_entry
from portal.municipality.models import ReferenceEntry
from portal.municipality.states import Book
from portal.staff import services
from portal.staff.cells import understand
from portal.staff.cells.absences import SaidAway, said_away
from portal.staff.models import Absence, Employment, Person
from tenants.models import School
from tests.cast import BY_KEY
from tests.things import school_99
from tests.workflows.test_reference_lists import As, Inside, entry, shown


@pytest.fixture
def semyon(actor: Callable[..., Actor]) -> Actor:
    return actor("semyon")


def test_reasons_of_the_city_are_chosen_in_schools_and_stay_when_put_away(
    school5: School, inside: Inside, as_: As, actor: Callable[..., Actor], semyon: Actor
) -> None:
    anna, studies = as_("anna"), add_entry(Book.ABSENCES, Wording("учёба, с отрывом от работы"), by=semyon)
    drafted = add_entry(Book.DISMISSALS, Wording("призван на службу"), by=semyon)
    person = f"/s/5/people/{BY_KEY['vera'].person}"
    assert "учёба, с отрывом от работы" in shown(anna, f"{person}/absence/")
    anna.post(f"{person}/absence/", {"kind": studies.code, "started_on": f"{clock.today():%d.%m.%Y}"})
    offer_entry(studies, False, by=semyon)
    assert "учёба, с отрывом от работы" in shown(anna, f"{person}/"), "a comma divides cells of lists only"
    with inside(school5):
        absence = Absence.objects.get(kind=studies.code)
    assert studies.code in shown(anna, f"/s/5/absences/{absence.uuid}/"), "it can be saved as it was"
    assert studies.code not in shown(anna, f"/s/5/people/{BY_KEY['boris'].person}/absence/")
    assert "призван на службу" in shown(anna, f"{person}/dismiss/")
    with inside(school5), pytest.raises(Invalid) as refused:
        services.dismiss_person(
            Person.objects.get(uuid=BY_KEY["boris"].person),
            on=clock.today(),
            reason="магия",
            by=actor("anna"),
        )
    assert refused.value.field == "reason"
    anna.post(f"{person}/dismiss/", {"on": f"{clock.today():%d.%m.%Y}", "reason": drafted.code})
    with inside(school5):
        assert Employment.objects.get(person__uuid=BY_KEY["vera"].person).end_reason == drafted.code


def test_kinds_of_organisations_are_chosen_when_a_school_is_connected(as_: As, semyon: Actor) -> None:
    made = add_entry(Book.ORGANISATIONS, Wording("коррекционная школа"), by=semyon)
    assert "коррекционная школа" in shown(as_("semyon"), "/schools/new/")
    school = school_99(kind=made.code)
    offer_entry(made, False, by=semyon)
    assert "коррекционная школа" not in shown(as_("semyon"), "/schools/new/")
    assert "коррекционная школа" in shown(as_("semyon"), f"/schools/{school.uuid}/edit/")


def test_a_reason_why_a_mentor_is_needed_is_the_citys(
    school5: School, inside: Inside, as_: As, actor: Callable[..., Actor], semyon: Actor
) -> None:
    anna, back = as_("anna"), add_entry(Book.NEEDS, Wording("возвращение после отпуска"), by=semyon)
    assert "возвращение после отпуска" in shown(anna, "/s/5/needs/new/")
    vera: dict[str, Any] = {"category": "newcomer", "request": "Темп урока.", "free_difficulty": "темп урока"}
    with inside(school5):
        somebody = Person.objects.get(uuid=BY_KEY["vera"].person)
        with pytest.raises(Invalid) as refused:
            record_need(somebody, by=actor("anna"), reason="магия", **vera)
        assert refused.value.field == "reason"
        need = record_need(somebody, by=actor("anna"), reason=back.code, **vera)
    offer_entry(back, False, by=semyon)
    assert "возвращение после отпуска" not in shown(anna, "/s/5/needs/new/")
    assert "возвращение после отпуска" in shown(anna, f"/s/5/needs/{need.uuid}/")
    assert back.code in shown(anna, f"/s/5/needs/{need.uuid}/edit/"), "it can be saved as it was"
    with inside(school5), pytest.raises(Invalid):
        edit_need(need, by=actor("anna"), reason="магия")


def test_a_list_that_no_paper_names_asks_for_no_cases(as_: As) -> None:
    page = shown(as_("semyon"), "/reference/dismissal/new/")
    assert ('name="title"' in page, 'name="genitive"' in page, 'name="words"' in page) == (True, False, False)
    answer = as_("semyon").post("/reference/dismissal/new/", {"title": "призван на службу"})
    made = ReferenceEntry.objects.get(title="призван на службу")
    assert (answer.status_code, made.book, made.words, made.cases) == (302, "dismissal", [], {})


@pytest.mark.parametrize(
    "title", ["больничный по уходу", "учёба, с отрывом от работы", "отпуск за вредность"]
)
def test_a_reason_of_the_city_is_read_in_lists(title: str, semyon: Actor) -> None:
    code = add_entry(Book.ABSENCES, Wording(title), by=semyon).code
    said = SaidAway(code, dt.date(2026, 9, 1), dt.date(2027, 2, 28))
    assert understand("away", f"находится: {said.words.upper()}", dt.date(2026, 11, 29)).value == said.words
    assert said_away(said.words, dt.date(2026, 11, 29)) == said
    change_entry(entry("childcare", Book.ABSENCES), Wording("декретный отпуск"), by=semyon)
    words = understand("away", "отпуск по уходу за ребёнком с 01.09.2026", dt.date(2026, 11, 29)).value
    assert words == "декретный отпуск с 01.09.2026"
    assert said_away(words, dt.date(2026, 11, 29)).kind == "childcare"
