"""A practice goes from its card into a programme in three presses, and comes back with what came of it."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from portal.core.actor import Actor
from portal.pair_work.models import Adoption
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tests.journeys.conftest import DESK, PHONE, Visit, settled
from tests.workflows import mentoring_scenes as scene
from tests.workflows.adoption_scenes import carried_out, published

pytestmark = pytest.mark.browser


def test_from_the_card_into_a_programme_and_back_with_a_word(
    who: Callable[[str], Actor], visit: Visit, own_database: str
) -> None:
    card = published()
    school = School.objects.get(number=5)
    with in_school(school):
        programme = scene.written(who)
    boris = visit.as_("boris", width=PHONE)
    visit.open(boris, f"/s/5/bank/{card.uuid}/")
    visit.look_over(boris)
    shot(boris, "card")
    boris.locator(f'a[href$="/bank/{card.uuid}/take/"] >> visible=true').first.click()
    boris.wait_for_url("**/take/")
    visit.look_over(boris)
    shot(boris, "choose")
    boris.locator(f'a[href$="/take/{programme.uuid}/"]').click()
    boris.wait_for_url(f"**/take/{programme.uuid}/")
    visit.look_over(boris)
    shot(boris, "confirm")
    boris.locator('main form button[type="submit"]').last.click()
    settled(boris)
    with in_school(school):
        adoption = carried_out(who, Adoption.objects.get())
    vera = visit.as_("vera")
    visit.open(vera, f"/s/5/adoptions/{adoption.uuid}/outcome/")
    visit.look_over(vera)
    shot(vera, "outcome")
    vera.locator('[name="outcome"][value="partly"]').check(force=True)
    vera.locator('[name="words"]').fill("Помогла карта наблюдения, на обсуждение не хватило урока.")
    vera.locator('main form button[type="submit"]').last.click()
    settled(vera)
    visit.look_over(vera)
    shot(vera, "answered")
    vera.locator('[name="with_words"]').check(force=True)
    vera.locator(".hand button[type=submit]").click()
    settled(vera)
    post.deliver_everything()
    gleb = visit.as_("gleb", width=DESK)
    visit.open(gleb, f"/s/12/bank/{card.uuid}/")
    visit.look_over(gleb)
    shot(gleb, "told")
    assert "Помогла карта наблюдения" in gleb.locator("main").inner_text()


def shot(page: Any, name: str) -> None:
    folder = os.environ.get("SHOTS")
    for width in (PHONE, DESK) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
