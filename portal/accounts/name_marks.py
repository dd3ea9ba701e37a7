"""Whether somebody is called as in a card that the city does not know: fingerprints of names are compared.

A school sends them with its invitation, so the city keeps no name of whoever has not come yet
(docs/adr/0038).
"""

import hmac
from collections.abc import Iterable

from django.conf import settings

from portal.core.person_names import FIRST, LAST, MIDDLE, clean_name
from portal.core.sorting import folded

Names = tuple[str, str, str]
"""Surname, name, patronymic."""
NOT_SAID = ""
ANY = "*"
"""Stands for a patronymic that the other side does not know."""


def marks_of_card(names: Iterable[Names]) -> list[str]:
    """Of each name that the card has or had; a patronymic that somebody leaves out makes no difference."""
    marks = set()
    for last, first, middle in names:
        marks |= {_mark(last, first, middle or ANY), _mark(last, first, NOT_SAID)}
    return sorted(marks)


def fits(marks: list[str], name: Names) -> bool:
    """Whether the person is called so. Where the school has said no name, everybody is."""
    last, first, middle = name
    own = {_mark(last, first, middle), _mark(last, first, ANY)}
    return not marks or not own.isdisjoint(marks)


def _mark(last: str, first: str, middle: str) -> str:
    parts = (_letters(last, LAST), _letters(first, FIRST), middle and _letters(middle, MIDDLE))
    return hmac.new(settings.SECRET_KEY.encode(), "|".join(parts).encode(), "sha256").hexdigest()


def _letters(part: str, kind: str) -> str:
    """Hyphens, spaces, capitals and ё make no difference."""
    return part if part == ANY else "".join(sign for sign in folded(clean_name(part, kind)) if sign.isalpha())
