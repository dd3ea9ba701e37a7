"""Whoever has left a school finds the own papers from home, reads one and comes back."""

from collections.abc import Callable

import pytest

from portal.core.actor import Actor
from portal.staff import services
from tests.journeys.conftest import Visit
from tests.journeys.scenes import person, school
from tests.tenancy.rows import in_days
from tests.workflows.signed_papers import SIGNED

pytestmark = pytest.mark.browser


def test_the_way_to_the_own_papers(own_database: str, visit: Visit, who: Callable[[str], Actor]) -> None:
    with school():
        SIGNED["T-08"](who)
        services.dismiss_person(person("vera"), on=in_days(-1), reason="other", by=who("anna"))
    page = visit.as_("vera")
    page.goto("/")
    visit.look_over(page)
    page.get_by_role("link", name="Школа № 5").click()
    page.wait_for_url("**/own-papers/")
    visit.look_over(page)
    page.get_by_role("link", name="Приказ").first.click()
    visit.look_over(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Word").click()
    assert loading.value.suggested_filename.endswith(".docx")
    page.get_by_role("link", name="Моё начало").first.click()
    page.wait_for_url(f"{visit.base}/")
    assert visit.findings == []
