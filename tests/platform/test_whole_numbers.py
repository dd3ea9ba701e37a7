"""Digits that are no numbers, and numbers without end, are nobody's failure: «²» and «٣» are digits for
Python, 5 000 of them are no int.
"""

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config import env
from config.buffering import LONG
from portal.core.text import whole_number
from portal.municipality.requisites import inn_with_control, is_inn, is_ogrn

ODD = ("²", "٣", "3²", "9" * 5000, "-1", "1e9", "", " 7")


@pytest.mark.parametrize("text", ODD)
def test_no_number(text: str) -> None:
    assert whole_number(text) is None


def test_a_number() -> None:
    assert (
        whole_number("007"),
        whole_number("999999999"),
        whole_number("1000000000"),
        whole_number("1" * LONG, LONG),
    ) == (7, 999999999, None, int("1" * LONG))


@pytest.mark.covers("found A10")
@pytest.mark.parametrize("text", ODD)
def test_lists_and_searches_read_any_question(text: str, as_: Callable[[str], Client]) -> None:
    semyon = as_("semyon")
    for url in (
        "/schools/?q={}",
        "/schools/?page={}",
        "/find/?page={}",
        "/people/?q={}&page={}",
        "/api/v1/bank/?page={}",
        "/api/v1/schools/?page_size={}",
    ):
        assert semyon.get(url.replace("{}", text.strip())).status_code in (200, 404), url


def test_a_length_that_is_no_number_is_no_failure(as_: Callable[[str], Client]) -> None:
    assert as_("").get("/accounts/login/", CONTENT_LENGTH="²").status_code == 200


def test_requisites_are_written_in_plain_digits() -> None:
    inn = inn_with_control("673100031")
    arabic = inn.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})
    assert (is_inn(inn), is_inn(arabic), is_ogrn("١" * 13)) == (True, False, False)


@pytest.mark.parametrize("text", ["²", "--1", "9" * 5000])
def test_a_setting_that_is_no_number_is_refused_with_a_sentence(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_THREADS", text)
    with pytest.raises(ImproperlyConfigured, match="целое число"):
        env.number("WEB_THREADS", 4, 1, 64)
