"""A practice from a draft to the school's bank; and the city's bank from a question to the PDF."""

from collections.abc import Callable
from typing import Any

import pytest

from best_practices import search
from portal.core.actor import Actor
from portal.school_practices import services
from portal.school_practices.models import SchoolPractice
from portal.staff.models import Person
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.journeys.conftest import DESK, PHONE, Visit, settled
from tests.practices.conftest import COMMENT, content
from tests.things import card_in_bank

pytestmark = pytest.mark.browser
__all__ = ["content"]


def test_a_practice_is_submitted_by_its_author_and_reviewed_by_a_colleague(
    content: dict[str, Any], who: Callable[[str], Actor], visit: Visit
) -> None:
    with in_school(School.objects.get(number=5)):
        author = Person.objects.get(uuid=BY_KEY["boris"].person)
        practice = services.draft_practice(
            authors=[author], by=who("boris"), has_no_pupil_data=True, has_image_consents=True, **content
        )
    url = f"/s/5/practices/{practice.uuid}/"
    boris = visit.as_("boris")
    visit.open(boris, url)
    visit.look_over(boris)
    boris.locator('main button[name="verb"][value="submit"]').click()
    settled(boris)
    lev = visit.as_("lev")
    lev.goto(f"{url}review/")
    visit.look_over(lev, (DESK,))
    for number, score in enumerate((8, 7, 8, 9, 7), 1):
        lev.locator(f'[name="c{number}"]').first.select_option(str(score))
    lev.locator('[name="comment"]').fill(COMMENT)
    lev.locator('[name="recommendation"][value="publish"]').check(force=True)
    lev.locator('main form button[type="submit"]').last.click()
    settled(lev)
    visit.look_over(lev, (DESK,))
    lev.locator('main button[name="verb"][value="accept"]').click()  # refused without a sheet
    settled(lev)
    with in_school(School.objects.get(number=5)):
        assert SchoolPractice.objects.get(uuid=practice.uuid).state == "school_bank"


@pytest.mark.covers("found D3")
def test_back_an_edit_and_save_makes_no_second_practice(visit: Visit) -> None:
    """The browser itself brings the form back with its key."""
    boris = visit.as_("boris")
    boris.goto("/s/5/practices/new/")
    boris.evaluate("document.getElementById('autosave').remove()")  # nothing is saved by itself meanwhile
    for title in ("Урок вдвоём", "Урок вдвоём, дополненный"):
        boris.locator('[name="title"]').fill(title)
        boris.locator('[name="authors"]').first.check(force=True)
        with boris.expect_navigation():
            boris.locator('main form button[type="submit"]').last.click()
        settled(boris)
        shown = boris.locator("h1").inner_text()
        boris.go_back()
        boris.wait_for_load_state()
    assert shown == "Эта форма уже сохранена"
    with in_school(School.objects.get(number=5)):
        assert [practice.title for practice in SchoolPractice.objects.all()] == ["Урок вдвоём"]


def test_a_teacher_of_another_school_finds_reads_and_downloads(
    content: dict[str, Any], own_database: str, visit: Visit
) -> None:
    card = card_in_bank(content)
    search.ENGINE.index([search.document_of(card)])
    page = visit.as_("gleb", width=PHONE)
    page.goto("/s/12/bank/")
    page.locator('main input[name="q"]').first.fill("наставничества молодых педагогов")
    page.keyboard.press("Enter")
    page.locator(f'a[href*="/bank/{card.uuid}/"]').first.wait_for()
    visit.look_over(page)
    page.locator(f'a[href*="/bank/{card.uuid}/"]').first.click()
    page.wait_for_url(f"**/bank/{card.uuid}/**")
    visit.look_over(page)
    with page.expect_download() as found:
        page.locator(f'a[href$="/bank/{card.uuid}/pdf/"] >> visible=true').first.click()
    assert found.value.path().read_bytes().startswith(b"%PDF")


def test_places_that_tell_of_people_are_answered_one_by_one(
    content: dict[str, Any], who: Callable[[str], Actor], visit: Visit
) -> None:
    told = f"{content['goal']} Первым поднял руку ученик Петя из 7Б. Роман Пушкина помог."
    with in_school(School.objects.get(number=5)):
        author = Person.objects.get(uuid=BY_KEY["boris"].person)
        practice = services.draft_practice(authors=[author], by=who("boris"), **{**content, "goal": told})
    boris = visit.as_("boris")
    visit.open(boris, f"/s/5/practices/{practice.uuid}/")
    visit.look_over(boris)
    boris.locator('main a.btn[href$="/check/"]').click()
    visit.look_over(boris)
    boris.locator('button[name="answer"][value="remove"]').first.click()
    settled(boris)
    boris.locator('button[name="answer"][value="keep"]').first.click()
    settled(boris)
    visit.look_over(boris)
    assert boris.locator("mark").all_inner_texts() == ["7Б"]
    with in_school(School.objects.get(number=5)):
        assert "поднял руку ученик из 7Б." in SchoolPractice.objects.get(uuid=practice.uuid).goal
