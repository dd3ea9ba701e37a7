"""The editor of a practice in a real browser: it saves itself, a second tab is seen, Word's shape is kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.core.actor import Actor
from portal.school_practices import services
from portal.school_practices.models import SchoolPractice
from portal.staff.models import Person
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.journeys.conftest import DESK, PHONE, Visit

pytestmark = pytest.mark.browser
WORD = """<html><body><!--StartFragment--><p class=MsoNormal>Готовим урок&nbsp;вдвоём<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>
смотрим запись</p><ul><li>спорим <b>о темпе</b></li></ul><ol><li>пробуем</li></ol>
<table><tr><td><p>Неделя</p></td><td><p>Дело</p></td></tr>
<tr><td>1</td><td>наблюдаем<br>вместе</td></tr></table>
<p>Вот и всё</p><!--EndFragment--></body></html>"""
AS_TEXT = (
    "Готовим урок вдвоём\n— смотрим запись\n— спорим о темпе\n— пробуем\nНеделя | Дело\n"
    "1 | наблюдаем вместе\nВот и всё"
)
PASTE = """([html, text]) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', text);
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(paste);
}"""


def saved(page: Page) -> None:
    page.locator("#saved [data-version]").wait_for(timeout=30_000)


def drafts() -> list[SchoolPractice]:
    with in_school(School.objects.get(number=5)):
        return list(SchoolPractice.objects.all())


def test_it_saves_itself_from_the_first_words_on(visit: Visit) -> None:
    boris = visit.as_("boris")
    boris.goto("/s/5/practices/new/")
    boris.locator('[name="title"]').fill("Урок вдвоём")
    boris.locator('[name="title"]').blur()
    saved(boris)
    boris.wait_for_url("**/edit/")
    boris.locator('[name="problem"]').click()
    boris.evaluate(PASTE, [WORD, "всё в одну строку"])
    assert boris.locator('[name="problem"]').input_value() == AS_TEXT
    boris.locator('[name="problem"]').blur()
    expect(boris.locator("[name=version]")).to_have_value("2", timeout=30_000)
    [made] = drafts()
    assert (made.title, made.problem) == ("Урок вдвоём", AS_TEXT)
    boris.locator('main form button[type="submit"]').last.click()
    boris.wait_for_url(f"**/practices/{made.uuid}/")
    assert len(drafts()) == 1


def test_a_second_tab_loses_nothing(visit: Visit, who: Callable[[str], Actor]) -> None:
    with in_school(School.objects.get(number=5)):
        author = Person.objects.get(uuid=BY_KEY["boris"].person)
        practice = services.draft_practice(authors=[author], by=who("boris"), title="Урок вдвоём")
    one, other = visit.as_("boris"), visit.as_("boris")
    for page in (one, other):
        page.goto(f"/s/5/practices/{practice.uuid}/edit/")
    one.locator('[name="goal"]').fill("Цель первой вкладки")
    one.locator('[name="goal"]').blur()
    saved(one)
    other.locator('[name="goal"]').fill("Цель второй вкладки")
    other.locator('[name="goal"]').blur()
    other.locator("[data-conflict]").wait_for(timeout=30_000)
    shown = other.locator("[data-conflict]").inner_text()
    assert "Цель первой вкладки" in shown
    assert "Цель второй вкладки" in shown
    visit.look_over(other, (PHONE, DESK))
    assert other.locator('[name="goal"]').input_value() == "Цель второй вкладки"
    other.locator('[data-take="goal"]').click()
    assert other.locator('[name="goal"]').input_value() == "Цель первой вкладки"
    other.locator('[name="goal"]').fill("Цель обеих вкладок")
    other.locator("[data-keep]").click()
    saved(other)
    assert [made.goal for made in drafts()] == ["Цель обеих вкладок"]
