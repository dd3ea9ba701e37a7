"""A gender that the name does not tell is asked; a proposal of cases is typed over once."""

from typing import Any

import pytest

from portal.staff import exports
from portal.staff.models import Person
from tenants.models import School
from tests.pages.test_staff_pages import As, sent

pytestmark = pytest.mark.covers("found F11")
ASKED = "Мужчина или женщина?"
FIELDS = {
    "last_name": "Ким",
    "first_name": "Женя",
    "birth_date": "01.02.1990",
    "hired_on": "01.09.2015",
    "ped_stage_years": "10,5",
    "rate": "1",
    "education_level": "higher",
    "category": "none",
    "position": "teacher",
    "subjects": ["physics"],
    "is_ped_education": "on",
}

MENDED = {**FIELDS, "work_change": "mistake"}
"""The same of a card that says other work."""


@pytest.fixture
def person(school5: School, inside: Any, actor: Any) -> Person:
    """As a list of people brings them: nobody has said the gender."""
    with inside(school5):
        found = Person.objects.get(user=actor("vera").user)
        found.last_name, found.first_name, found.middle_name, found.gender = "Ким", "Женя", "", ""
        found.save_change("last_name", "first_name", "middle_name", "gender")
    return found


def test_the_form_asks_what_the_name_does_not_tell(school5: School, as_: As, inside: Any) -> None:
    anna = as_("anna")
    asked = sent(anna, "/s/5/people/new/", **FIELDS)
    assert asked.status_code == 422
    assert "пол не ясен" in asked.content.decode().replace("\xa0", " ")
    assert sent(anna, "/s/5/people/new/", **FIELDS, gender="f").status_code == 302
    told = {**FIELDS, "first_name": "Анна", "last_name": "Ли"}
    assert sent(anna, "/s/5/people/new/", **told).status_code == 302, "the name tells"
    with inside(school5):
        made = Person.objects.get(last_name="Ким", first_name="Женя")
        assert exports.name_in_cases(made)["dative"] == "Ким Жене"


def test_the_card_of_who_came_by_a_list_asks_too(person: Person, as_: As) -> None:
    url = f"/s/5/people/{person.uuid}/"
    assert ASKED in as_("anna").get(url).content.decode().replace("\xa0", " ")
    assert ASKED not in as_("lev").get(url).content.decode().replace("\xa0", " "), "who may not mend it"
    refused = sent(as_("anna"), f"{url}edit/", **MENDED, version=person.version)
    assert refused.status_code == 422
    assert sent(as_("anna"), f"{url}edit/", **MENDED, gender="m", version=person.version).status_code == 302
    assert ASKED not in as_("anna").get(url).content.decode().replace("\xa0", " ")


def test_what_is_typed_over_stays_until_the_name_changes(
    school5: School, person: Person, as_: As, inside: Any
) -> None:
    url, anna = f"/s/5/people/{person.uuid}/name/", as_("anna")
    assert "Укажите пол в карточке" in anna.get(url).content.decode().replace("\xa0", " ")
    typed = dict(zip(exports.CASES, ("Кима Жени", "Киму Жене", "Кима Женю", "Кимом Женей"), strict=True))
    assert sent(anna, url, **typed, version=person.version).status_code == 302
    assert _cases(school5, person, inside) == typed
    shown = anna.get(url).content.decode()
    assert all(value in shown for value in typed.values())
    emptied = {**typed, "genitive": ""}
    assert sent(anna, url, **emptied, version=_version(school5, person, inside)).status_code == 302
    assert _cases(school5, person, inside) == {**typed, "genitive": "Ким Женя"}, "the proposal is back"
    edited = {
        **MENDED,
        "last_name": "Соколова",
        "first_name": "Вера",
        "name_change": "mistake",
        "version": _version(school5, person, inside),
    }
    assert sent(anna, f"/s/5/people/{person.uuid}/edit/", **edited).status_code == 302
    assert _cases(school5, person, inside)["genitive"] == "Соколовой Веры"
    assert _cases(school5, person, inside)["dative"] == "Соколовой Вере", "what was typed was of another name"


def _cases(school: School, person: Person, inside: Any) -> dict[str, str]:
    with inside(school):
        return exports.name_in_cases(Person.objects.get(pk=person.pk))


def _version(school: School, person: Person, inside: Any) -> int:
    with inside(school):
        return Person.objects.get(pk=person.pk).version
