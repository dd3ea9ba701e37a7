"""Each notice that any test brings about is read: after a name stands no word that a woman would not say of
herself, no space before a comma, no word of the code.
"""

import re

import pytest
from django.utils.text import Truncator

WRONG = {
    "слово в мужском роде после имени": re.compile(
        r"^[А-ЯЁ][а-яё-]+\s[А-ЯЁ]\.(?:\s[А-ЯЁ]\.)?: (?:не )?(?:[а-яё]+[аеиуыя]л|согласен|готов|рад|должен)\b"
    ),
    "пробел перед знаком или два пробела": re.compile(r"\s[,.;:!?»)]|[«(]\s|\s\s"),
    "слово кода": re.compile(r"(?<![\w/.@-])[a-z]+_[a-z_]+|\bNone\b"),
}


def wrong_in(text: str) -> list[str]:
    return [f"{why}: {text}" for why, pattern in WRONG.items() if pattern.search(text)]


def listen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every notice passes here on its way to its line."""

    def read(text: str) -> Truncator:
        assert not wrong_in(text), wrong_in(text)
        return Truncator(text)

    monkeypatch.setattr("portal.notify.notices.Truncator", read)
