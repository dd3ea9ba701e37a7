"""The recipe of lists, over a table that is there anyway."""

from typing import Any

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.ui.lists import FilterForm, ListPage
from portal.ui.parts import Empty

pytestmark = pytest.mark.django_db


class KindFilters(FilterForm):
    q = forms.CharField(label="Имя")
    app = forms.ChoiceField(label="Раздел", choices=[("", "Все"), ("room", "Комната"), ("hall", "Зал")])

    def narrow(self, rows: Any) -> Any:
        app = self.picked("app")
        return rows.filter(app_label=app) if app else rows


@pytest.fixture(autouse=True)
def rows(db: None) -> None:
    ContentType.objects.bulk_create(ContentType(app_label="room", model=f"thing{n:02}") for n in range(30))


def listing(rf: RequestFactory, query: str = "", **more: Any) -> ListPage:
    sorts = {"name": ("Имя", ["model", "id"])}
    return ListPage(
        rf.get(f"/things/?{query}"),
        ContentType.objects.filter(app_label__in=["room", "hall"]),
        filters=KindFilters,
        sorts=sorts,
        **more,
    )


def test_pages_and_total_cost_one_query(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        page = listing(rf)
        assert (len(page.rows), page.total, page.last) == (25, 30, 2)
    with django_assert_num_queries(1):
        assert next(row.model for row in listing(rf, "page=2").rows) == "thing25"


def test_page_past_the_end_is_the_first(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        page = listing(rf, "page=99")
        assert (page.number, page.total) == (1, 30)


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=-1", "sort=password", "app=nowhere", "page=99999999999999999999"]
)
def test_nonsense_in_the_address_is_left_out(rf: RequestFactory, query: str) -> None:
    assert listing(rf, query).total == 30


def test_order_both_ways(rf: RequestFactory) -> None:
    assert listing(rf, "sort=-name").rows[0].model == "thing29"
    assert listing(rf).sorts["name"].url == "/things/?sort=-name"


def test_chips_take_a_filter_off_and_keep_the_rest(rf: RequestFactory) -> None:
    page = listing(rf, "app=room&sort=-name&page=2")
    assert [(chip.label, chip.url) for chip in page.chips] == [("Комната", "/things/?sort=-name")]


def test_two_kinds_of_emptiness(rf: RequestFactory) -> None:
    assert listing(rf, "app=hall").nothing.button == "Показать всё"
    assert listing(rf, empty=Empty("Вещей нет")).nothing.title == "Вещей нет"


def test_export_gives_all_chosen_rows(rf: RequestFactory, request_of_anna: HttpRequest) -> None:
    page = listing(rf, "export=xlsx&app=room", export=lambda rows: HttpResponse(str(rows.count())))
    assert page.answer("ui/list.html").content == b"30"


def test_list_page_shows_rows_and_pager(rf: RequestFactory) -> None:
    html = listing(rf, "app=room").answer("ui/list.html").content.decode()
    assert "Страницы списка" in html
    assert "снять отбор" in html
    assert html.count("<tr>") == 26
