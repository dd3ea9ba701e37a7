"""The Russian sentences of the libraries: polite machines speak so, the portal does not."""

import gettext
import re
from functools import cache
from pathlib import Path

import allauth
import django

CATALOGUES = (
    Path(django.__file__).parent / "conf/locale", Path(django.__file__).parent / "contrib/auth/locale",
    Path(django.__file__).parent / "contrib/postgres/locale",
    Path(allauth.__file__).parent / "locale",
)  # fmt: skip
SHORT = 14
"""Names and single words («Пароль») are nobody's style."""


@cache
def sentences() -> dict[str, re.Pattern[str]]:
    """Each sentence of the catalogues with whatever may stand in its places."""
    found: dict[str, re.Pattern[str]] = {}
    for folder in CATALOGUES:
        with (folder / "ru/LC_MESSAGES/django.mo").open("rb") as compiled:
            said = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
        for text in said.values():
            if (
                len(re.sub(r"%\(\w+\)[sdi]|%[sd]", "", text)) > SHORT
                and " " in text
                and re.search("[а-яё]", text)
            ):
                found[text] = re.compile(re.sub(r"%\\?\((\w+)\\?\)[sdi]|%[sd]", ".{1,80}?", re.escape(text)))
    return found


def stock_in(text: str) -> list[str]:
    """Which of them a text contains."""
    plain = text.replace("\xa0", " ")
    return [sentence for sentence, shape in sentences().items() if shape.search(plain)]
