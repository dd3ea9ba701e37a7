"""How papers decline the department and a school: proposed, seen in its lines, typed over once and kept."""

from typing import Any

import pytest

from portal.local_acts.services import municipal_text
from portal.municipality.models import DepartmentName
from portal.municipality.requisites import genitives_of, inn_with_control
from portal.staff.exports import school_form
from tenants.models import School
from tests.pages.test_staff_pages import As, sent

pytestmark = pytest.mark.covers("found B3")
URL = "/department/"
COMMITTEE = "Комитет по образованию города Смоленска"
BODIES = {"methodical_body": "МБУ «Методцентр»", "council": "Совет наставников города"}


def said(client: Any, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ")  # type: ignore[no-any-return]


def genitive_in_the_act(school: School, inside: Any) -> str:
    with inside(school):
        paragraphs = [one.text for chapter in municipal_text().chapters for one in chapter.paragraphs]
    return next(text for text in paragraphs if text.startswith("приказом") and "№ 215" in text)


def test_the_department_is_named_by_a_person(school5: School, as_: As, inside: Any) -> None:
    semyon = as_("semyon")
    assert "утверждено приказом управления образования" in said(semyon, URL), "proposed before anybody typed"
    look = sent(
        semyon, URL, **BODIES, name=COMMITTEE, genitive=DepartmentName.here().in_genitive, look="1", version=0
    )
    seen = look.content.decode().replace("\xa0", " ")
    assert "приказом комитета по образованию города Смоленска" in seen, "the name was changed alone"
    assert not DepartmentName.objects.exists(), "only looked at"
    assert sent(semyon, URL, **BODIES, name=COMMITTEE, genitive="", version=0).status_code == 302
    assert genitive_in_the_act(school5, inside).startswith("приказом комитета по образованию города")
    with inside(school5):
        assert school_form().founder == COMMITTEE
        text = str(municipal_text())
        assert "Городской методический отдел МБУ «Методцентр»" in text
        assert "Совет наставников города;" in text


def test_what_is_typed_stays_until_the_name_changes(school5: School, as_: As, inside: Any) -> None:
    semyon = as_("semyon")
    sent(semyon, URL, **BODIES, name=COMMITTEE, genitive="Комитета образования", version=0)
    row = DepartmentName.objects.get()
    assert genitive_in_the_act(school5, inside).startswith("приказом Комитета образования")
    sent(semyon, URL, **BODIES, name=COMMITTEE, genitive="Комитета образования", version=row.version)
    row.refresh_from_db()
    assert row.genitive == "Комитета образования"
    sent(semyon, URL, **BODIES, name="Департамент образования", genitive=row.genitive, version=row.version)
    row.refresh_from_db()
    assert (row.genitive, row.in_genitive) == ("", "департамента образования")


def test_another_name_of_a_school_takes_its_case_along(school5: School, as_: As) -> None:
    semyon, url = as_("semyon"), f"/schools/{school5.uuid}/"
    typed = {"short_genitive": "пятой школы", "full_genitive": "пятой средней школы"}
    assert sent(semyon, f"{url}names/", **typed, version=school5.version).status_code == 302
    school5.refresh_from_db()
    assert genitives_of(school5) == ("пятой средней школы", "пятой школы")
    fields = ("full_name", "short_name", "code", "kind", "inn", "ogrn", "address", "site_url", "district")
    kept = {name: getattr(school5, name) or "" for name in fields} | {"number": school5.number}
    kept["inn"] = inn_with_control("673000000")
    edited = sent(semyon, f"{url}edit/", **kept | {"short_name": "Гимназия № 5"}, version=school5.version)
    assert edited.headers["Location"].endswith("/names/"), "the new name is to be seen in its case"
    school5.refresh_from_db()
    assert genitives_of(school5) == ("пятой средней школы", "гимназии № 5")
