"""A school's own list, from the file to the people: the columns are told, the questions answered, the changes
of a year later taken.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from portal.core.actor import Actor
from portal.staff import services
from portal.staff.models import Person, StaffImport
from tenants.context import in_school
from tenants.models import School
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.covers("found F7", "found F3")]
FIRST = (
    "МБОУ СОШ № 5;;;;\nФИО;Дата рождения;Должность;Чем ведёт;Стаж\n"
    "Учителя;;;;\nФролова Анна Ивановна;1 мая 1985 г.;учитель;матем., физика;11 л. 6 мес.\n"
    "Ким Олег Львович;02.03.1979;соц. педагог / учитель;китайский язык;более 20 лет\nИтого: 2;;;;\n"
)
NEXT = (
    FIRST.replace("11 л. 6 мес.", "13 лет").replace("более 20 лет", "24").replace("китайский язык", "музыка")
)


def upload(visit: Visit, text: str) -> str:
    page = visit.as_("anna")
    page.goto("/s/5/people/import/")
    page.locator('main input[type="file"]').set_input_files(
        {"name": "список.csv", "mimeType": "text/csv", "buffer": text.encode("cp1251")}
    )
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/import/*-*-*/**")
    return page.url


def words(page: Page, where: str) -> str:
    return page.locator(where).inner_text().replace("\xa0", " ")


def work(job: Callable[..., None], by: Actor) -> None:
    """What the worker would do."""
    with in_school(School.objects.get(number=5)):
        made = StaffImport.objects.order_by("-pk").first()
        assert made is not None
        job(by=by, import_uuid=str(made.uuid))


def test_a_list_as_it_is_kept(visit: Visit, who: Callable[[str], Actor]) -> None:
    page = visit.as_("anna")
    page.goto(upload(visit, FIRST))
    assert words(page, "h1") == "Что в каком столбце"
    page.get_by_label("Чем ведёт").select_option("Предметы")
    page.get_by_role("button", name="Столбцы верны").click()
    page.wait_for_url("**/import/*-*-*/")
    work(services.check_rows, who("anna"))
    page.reload()
    main = page.locator("main")
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        rows = words(page, "main tbody")
        assert "02.03.1979" in rows, f"{width} px: {rows}"
        assert "педагог" in rows, f"{width} px: {rows}"
    assert "Не люди: 2 строки" in words(page, "body")
    page.get_by_role("button", name="Записать «20»").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Оставить пустым").click()
    page.wait_for_load_state()
    main.get_by_role("button", name="Принять 2 строки").click()
    page.locator("#progress").wait_for()
    work(services.accept_rows, who("anna"))
    with in_school(School.objects.get(number=5)):
        assert Person.objects.get(last_name="Фролова").position_title == "учитель математики и физики"
    page.goto(upload(visit, NEXT))
    assert "columns" not in page.url, "what was told of the columns is remembered"
    work(services.check_rows, who("anna"))
    page.reload()
    page.get_by_role("link", name="Изменилось").click()
    assert "было «11,5», в файле «13»" in words(page, "main")
    main.get_by_role("button", name="Принять 2 строки").click()
    page.locator("#progress").wait_for()
    work(services.accept_rows, who("anna"))
    with in_school(School.objects.get(number=5)):
        assert str(Person.objects.get(last_name="Фролова").ped_stage_years) == "13.0"
