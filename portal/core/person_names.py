"""One cleaning of people's names, for every form, file, letter and API: what is certain is mended, what is
not is asked about.

A model keeps a name in a `PersonNameField`, which cleans whatever is assigned to it and whatever it is
compared with: no way into the table leads past it. A form says `portal.ui.forms.NameField`, so that what is
uncertain is asked at the field.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

LAST, FIRST, MIDDLE, WHOLE = "last_name", "first_name", "middle_name", "whole"
WHERE = {LAST: "фамилии", FIRST: "имени", MIDDLE: "отчестве", WHOLE: "имени"}
NO_PATRONYMIC = frozenset(
    {"нет", "-", ".", "б/о", "н/д", "отсутствует", "не имеет", "нет отчества", "без отчества"}
)
LOOK_ALIKE = str.maketrans("ABCEHKMOPTXYaceopxyk\u00cb\u00eb", "АВСЕНКМОРТХУасеорхукЁё")
SMALL = frozenset(
    {
        "фон",
        "ван",
        "де",
        "дер",
        "ден",
        "да",
        "ди",
        "ла",
        "ле",
        "дю",
        "аль",
        "эль",
        "ибн",
        "оглы",
        "кызы",
        "гызы",
        "улы",
        "уулу",
        "заде",
    }
)
"""Parts that people write with a small letter: kept so where they were typed so."""
ENDINGS = frozenset({"оглы", "кызы", "гызы", "улы", "уулу", "заде"})
"""Those of them that are never written with a capital."""
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_HYPHENS = re.compile(r"\s*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]\s*")
_APOSTROPHES = str.maketrans("`\u00b4\u02bc\u2018\u02bb", "’’’’’")
_LATIN, _CYRILLIC = re.compile(r"[A-Za-z\u00c0-\u024f]"), re.compile(r"[Ѐ-ӿ]")
_SHAPE = re.compile(r"^[^\W\d_]+(?:[-'’ .][^\W\d_]+)*\.?$")


def clean_name(text: str, part: str = WHOLE) -> str:
    """The name as it is written: invisible marks gone, letters whole and Russian, one kind of hyphen, a
    capital where one belongs.
    """
    if (
        text.isalpha()
        and text.istitle()
        and text.isascii() is False
        and unicodedata.is_normalized("NFC", text)
        and not _LATIN.search(text)
    ):
        return "" if part == MIDDLE and text.lower() in NO_PATRONYMIC else text
    if part == WHOLE and "," in text:  # «Комарова Инна Львовна, директор»: the post is no name
        name, post = text.split(",", 1)
        return ", ".join(
            piece for piece in (clean_name(name), " ".join(_INVISIBLE.sub("", post).split())) if piece
        )
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
        if unicodedata.category(sign) != "Mn"
    )
    if part in (MIDDLE, WHOLE) and " ".join(plain.lower().split()) in NO_PATRONYMIC | {"—", "–"}:
        return ""
    words = _HYPHENS.sub("-", " ".join(plain.translate(_APOSTROPHES).split())).strip("- ").split(" ")
    if part == WHOLE and len(words) > 2 and words[-1].lower() in NO_PATRONYMIC:
        words.pop()
    words = [_russian(word) for word in words]
    return " ".join(_cased(word, alone=len(words) == 1) for word in words)


def _russian(word: str) -> str:
    """A Latin letter among Russian ones that looks the same is a slip of the keyboard; a wholly Latin word is
    nobody's certain slip.
    """
    return word.translate(LOOK_ALIKE) if _CYRILLIC.search(word) and _LATIN.search(word) else word


def _cased(word: str, *, alone: bool) -> str:
    if (word in SMALL and not alone) or _LATIN.search(word):
        return word
    parts, small = word.split("-"), word.islower()
    return "-".join(_capital(part, small=small, first=place == 0) for place, part in enumerate(parts))


def _capital(part: str, *, small: bool, first: bool) -> str:
    """Capitals all through, or none at all, or the key of capitals pressed the wrong way round; anything else
    was meant so.
    """
    inverted = len(part) > 2 and part[0].islower() and part[1:].isupper()
    shouted = len(part) > 1 and part.isupper()
    if not (small or shouted or inverted):
        return part
    low = part.lower()
    if low in ENDINGS and not (first and small):
        return low
    return "".join(piece[:1].upper() + piece[1:] for piece in re.split(r"(['’.])", low))


def with_clean_names(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values with the parts of a name cleaned: before they are compared with what is stored."""
    return {
        key: clean_name(value, key) if key in (LAST, FIRST, MIDDLE) and isinstance(value, str) else value
        for key, value in values.items()
    }


def name_troubles(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, sentence) for what cannot be the name of a person, or may be another than it looks."""
    for field in (LAST, FIRST, MIDDLE):
        sentence = trouble_of(str(values.get(field) or ""), field)
        if sentence:
            yield field, sentence


def trouble_of(text: str, part: str = WHOLE) -> str:
    """What is wrong with a cleaned name, in words; empty when nothing is."""
    latin = _LATIN.search(text)
    if latin:
        return (
            f"В {WHERE[part]} «{text[:40]}» латинская буква «{latin[0]}». Наберите русскими буквами, как в "
            "паспорте."
        )
    if len(text) > (200 if part == WHOLE else 100):
        return "Длиннее 100 знаков: проверьте, не попало ли сюда лишнее."
    if part != WHOLE and text and not _SHAPE.match(text):
        odd = next((sign for sign in text if not (sign.isalpha() or sign in "-'’ .")), "")
        named = f" лишний знак «{odd}»" if odd else " лишние знаки"
        return f"В {WHERE[part]} «{text[:40]}»{named}. Оставьте буквы, дефис и пробел."
    return ""


class _Cleaned(DeferredAttribute):
    """Cleans on assignment, so that no code sees the name as it was typed."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        field: Any = self.field
        instance.__dict__[field.attname] = clean_name(value, field.part) if isinstance(value, str) else value


class PersonNameField(models.CharField):  # type: ignore[type-arg]
    """The name of a person, or a part of it. In the database a text like any other."""

    descriptor_class = _Cleaned

    def __init__(self, *args: Any, part: str = WHOLE, **kwargs: Any) -> None:
        self.part = part
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        """What is compared with the column (`filter(last_name=…)`, `update(last_name=…)`) is cleaned like
        what stands in it.
        """
        prepared = super().get_prep_value(value)
        return clean_name(prepared, self.part) if isinstance(prepared, str) else prepared


class Named:
    """Somebody, or something, whose name is kept by its parts."""

    last_name: Any
    first_name: Any
    middle_name: Any

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def short_name(self) -> str:
        initials = " ".join(f"{part[0]}." for part in (self.first_name, self.middle_name) if part)
        return f"{self.last_name} {initials}".strip()
