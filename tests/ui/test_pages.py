"""Pages of the look itself: the component page, the prefs, the errors."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from portal.core.errors import Forbidden, NotVisible
from portal.ui import views
from portal.ui.prefs import Prefs, prefs_of
from portal.ui.shortcuts import error_page, refusal


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 503])
def test_error_pages_help(status: int, request_of_anna: HttpRequest) -> None:
    request_of_anna.id = "7f3a21c8"  # type: ignore[attr-defined]
    answer = error_page(request_of_anna, status)
    html = answer.content.decode()
    assert answer.status_code == status
    assert html.count("<h1") == 1
    assert "7f3a21c8" in html
    assert f"Ошибка {status}" in html


def test_500_needs_no_context() -> None:
    assert "Что-то сломалось у нас" in render_to_string("500.html")


def test_refusals_of_the_domain(request_of_anna: HttpRequest) -> None:
    assert refusal(request_of_anna, NotVisible()).status_code == 404
    answer = refusal(request_of_anna, Forbidden("Программу утверждает куратор."))
    assert answer.status_code == 403
    assert "Программу утверждает куратор." in answer.content.decode()


def test_component_page_shows_the_frame(request_of_anna: HttpRequest) -> None:
    html = views.component_page(request_of_anna).content.decode()
    assert html.count("<h1") == 1
    assert "Школа № 5" in html
    assert "внутренний контур" in html
    assert "style=" not in html
    assert "<script>" not in html


def test_a_page_keeps_the_lines_that_were_typed(request_of_anna: HttpRequest) -> None:
    """The lines of a template are no lines of its lead; those of a field are the person's own."""
    source = (
        '{% extends "ui/page.html" %}{% block title %}Заметка{% endblock %}'
        "{% block lead %}Первая\n  строка{% endblock %}"
        "{% block content %}<textarea>раз\n\n  два</textarea>{% endblock %}"
    )
    page = engines["django"].from_string(source).render({}, request_of_anna)
    assert "<textarea>раз\n\n  два</textarea>" in page
    assert '<p class="lead">Первая строка</p>' in page


def test_pages_work_for_the_anonymous(rf: RequestFactory) -> None:
    assert views.component_page(rf.get("/ui/")).status_code == 200


def test_prefs_are_remembered_in_a_cookie(rf: RequestFactory) -> None:
    request = rf.post(
        "/ui/prefs/",
        {
            "theme": "dark",
            "vision": "white-on-black",
            "size": "200",
            "spacing": "wide",
            "images": "off",
            "next": "https://evil.example/",
        },
    )
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    answer = views.prefs_page(request)
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]
    again = rf.get("/")
    again.COOKIES["look"] = answer.cookies["look"].value
    assert prefs_of(again) == Prefs("dark", "white-on-black", "200", "wide", "off")
    html = " ".join(views.component_page(again).content.decode().split())
    assert (
        'data-bs-theme="dark" data-vision="white-on-black" data-size="200" data-spacing="wide" '
        'data-images="off"' in html
    )


def test_strange_cookie_is_left_out() -> None:
    assert Prefs.of({"theme": "<script>", "size": "999", "other": "x"}) == Prefs()
