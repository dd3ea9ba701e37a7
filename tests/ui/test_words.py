"""Words, dates and plurals."""

import datetime as dt

import pytest
from django.template import Context, Template

from portal.ui import words

NBSP = "\u00a0"


def shown(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "встреч"),
        (1, "встреча"),
        (2, "встречи"),
        (5, "встреч"),
        (11, "встреч"),
        (12, "встреч"),
        (21, "встреча"),
        (22, "встречи"),
        (111, "встреч"),
    ],
)
def test_plural(number: int, form: str) -> None:
    assert shown('{{ n|plural:"встреча,встречи,встреч" }}', n=number) == f"{number}{NBSP}{form}"


def test_fraction_takes_the_second_form() -> None:
    assert words.plural(2.5, "час,часа,часов") == "часа"


@pytest.mark.parametrize(
    ("plain", "printed"),
    [
        ("школа № 5", f"школа №{NBSP}5"),
        ("Соколова В. А.", f"Соколова{NBSP}В.{NBSP}А."),
        ("это 84 % учителей", f"это 84{NBSP}% учителей"),
        ("до 20 ноября в классе", f"до{NBSP}20{NBSP}ноября в{NBSP}классе"),
        ("наставник — учитель", f"наставник{NBSP}— учитель"),
    ],
)
def test_typography(plain: str, printed: str) -> None:
    assert words.typo(plain) == printed


def test_typography_escapes_what_people_wrote() -> None:
    assert shown("{{ t|typo }}", t="<b>в классе") == f"&lt;b&gt;в{NBSP}классе"


def test_dates() -> None:
    day = dt.date(2026, 11, 20)
    assert shown("{{ d|day }}", d=day) == f"пятница, 20{NBSP}ноября"
    assert shown("{{ d|until }}", d=dt.date(2027, 5, 31)) == f"до{NBSP}31{NBSP}мая 2027"
    assert shown("{{ d|dmy }} {{ none|dmy }}", d=day, none=None) == "20.11.2026 "
    assert shown("{{ m|hm }}", m=dt.time(14, 20)) == "14:20"


@pytest.mark.parametrize(
    ("left", "said"), [(-2, "ждём с 21 ноября"), (0, "сегодня последний день"), (7, "до")]
)
def test_due(left: int, said: str) -> None:
    assert said in shown("{{ d|due_words }}", d=dt.date(2026, 11, 23) + dt.timedelta(days=left)).replace(
        NBSP, " "
    )


def test_names_and_numbers() -> None:
    assert words.initials("Кравцов Борис Ильич") == "БК"
    assert words.short_name("Кравцов Борис Ильич") == f"Кравцов{NBSP}Б.{NBSP}И."
    assert words.decimal(-1234.5, 1) == "−1\u202f234,5"
