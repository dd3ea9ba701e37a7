"""Measured results say of how many people, and a practice says on which terms it is given away: on pages, in
print, in the letter, in the API; what was written before says neither and stays valid.
"""

from collections.abc import Callable
from typing import Any

from django.test import Client

from best_practices.content import PracticeContent
from best_practices.exports import card_of
from best_practices.reading import licence_words
from portal.school_practices.models import SchoolPractice
from portal.school_practices.sending import content_of
from tenants.models import School
from tests.documents.reading import text_of
from tests.practices.test_pages import fields_of, send

AsPerson = Callable[[str], Client]


def test_both_are_typed_and_read_everywhere(
    drafted: SchoolPractice,
    as_: AsPerson,
    school5: School,
    inside: Callable[[School], Any],
    content: dict[str, Any],
) -> None:
    url, boris = f"/s/5/practices/{drafted.uuid}/", as_("boris")
    form = boris.get(f"{url}edit/").content.decode().replace("\xa0", " ")
    assert "Кто угодно может применять, менять и перепечатывать" in form
    typed = {**fields_of(content), "result_0_people": "14", "licence": "cc_by", "version": "1"}
    assert send(boris, f"{url}edit/", **typed).status_code == 302
    page = boris.get(url).content.decode().replace("\xa0", " ")
    assert ">14</td>" in page
    assert "CC BY 4.0. Кто угодно" in page
    said = boris.get(f"/s/5/api/v1/school-practices/{drafted.uuid}/").json()
    assert (said["results"][0]["people"], said["licence"]) == ("14", "cc_by")
    with inside(school5):
        drafted.refresh_from_db()
        goes = content_of(drafted)
    assert (goes.results[0].people, goes.licence) == ("14", "cc_by")
    printed = text_of(card_of(goes, school="Школа", authors=["Автор"]).docx())
    assert "Условия использования: CC BY 4.0" in printed
    assert "14" in printed


def test_terms_are_with_the_authors_names_unless_they_choose(
    drafted: SchoolPractice, as_: AsPerson, content: dict[str, Any]
) -> None:
    url = f"/s/5/practices/{drafted.uuid}/"
    assert send(as_("boris"), f"{url}edit/", **fields_of(content), version="1").status_code == 302
    page = as_("boris").get(url).content.decode().replace("\xa0", " ")
    assert "С указанием авторов. Педагоги города могут" in page


def test_what_was_written_before_stays_valid(content: dict[str, Any]) -> None:
    old = {**content, "results": [{"indicator": "темп", "before": "2", "after": "5"}]}
    read = PracticeContent.model_validate(
        {key: old[key] for key in PracticeContent.model_fields if key in old}
    )
    assert (read.results[0].people, read.licence, licence_words(read.licence)) == ("", "", "")
    assert "Условия использования" not in text_of(card_of(read, school="Школа", authors=["Автор"]).docx())
