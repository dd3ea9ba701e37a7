"""Numbers that Word writes before paragraphs by itself («1.1.», «а)», «–»): they stand nowhere in the text,
and are counted here as Word counts them (ISO/IEC 29500-1, 17.9).
"""

from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

DASH = "–"
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
"""Letters of a list: Word leaves out ё, й, ъ, ы, ь."""
LATIN = "abcdefghijklmnopqrstuvwxyz"
LETTERS = {
    "lowerLetter": LATIN,
    "upperLetter": LATIN.upper(),
    "russianLower": RUSSIAN,
    "russianUpper": RUSSIAN.upper(),
}
LEVELS = 9


@dataclass
class Numbering:
    """Counts the lists of one document; ask for each paragraph once, in the order of the document."""

    document: Any
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.root = numbering_of(self.document)
        self.lists = self._named("num", "numId")
        self.shapes = self._named("abstractNum", "abstractNumId")

    def _named(self, tag: str, key: str) -> dict[str, Any]:
        rows = [] if self.root is None else self.root.findall(qn(f"w:{tag}"))
        return {row.get(qn(f"w:{key}")): row for row in rows}

    def number_of(self, paragraph: Any) -> str:
        """What Word prints before the paragraph; empty when it is in no list."""
        number, level = _place_in_list(paragraph)
        shape = self._shape_of(number)
        if shape is None:
            return ""
        self._count(number, shape, level)
        return self._said(shape, level)

    def _shape_of(self, number: str) -> Any | None:
        row = self.lists.get(number)
        if row is None:
            return None
        return self.shapes.get(row.find(qn("w:abstractNumId")).get(qn("w:val")))

    def _count(self, number: str, shape: Any, level: int) -> None:
        counts = self.counts.setdefault(shape.get(qn("w:abstractNumId")), {})
        if number not in self.begun:
            self.begun.add(number)
            self._restart(number, counts)
        counts[level] = counts.get(level, _start_of(shape, level) - 1) + 1
        for deeper in range(level + 1, LEVELS):
            counts.pop(deeper, None)

    def _restart(self, number: str, counts: dict[int, int]) -> None:
        for change in self.lists[number].findall(qn("w:lvlOverride")):
            start = change.find(qn("w:startOverride"))
            if start is not None:
                counts[int(change.get(qn("w:ilvl")))] = int(start.get(qn("w:val"))) - 1

    def _said(self, shape: Any, level: int) -> str:
        row = _level(shape, level)
        text = "" if row is None else _value(row, "lvlText")
        if _value(row, "numFmt") == "bullet":
            return DASH
        counts = self.counts[shape.get(qn("w:abstractNumId"))]
        for place in range(level + 1):
            counted = counts.get(place, _start_of(shape, place))
            text = text.replace(f"%{place + 1}", _figure(counted, _value(_level(shape, place), "numFmt")))
        return text.strip()


def numbering_of(document: Any) -> Any | None:
    """The part that says how lists are numbered; None, when the document has no lists."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    related = (link.target_part for link in document.part.rels.values() if link.reltype == kind)
    return next((part.element for part in related), None)


def _place_in_list(paragraph: Any) -> tuple[str, int]:
    """(list, level): as the paragraph says it, or its style, or what that is based on."""
    own = paragraph._p.pPr
    found = own.numPr if own is not None else None
    level = _value(found, "ilvl")
    style = paragraph.style
    while style is not None and not _value(found, "numId"):
        properties = style.element.pPr
        found = properties.numPr if properties is not None else found
        level = level or _value(found, "ilvl")
        style = style.base_style
    return _value(found, "numId"), int(level or 0)


def _level(shape: Any, level: int) -> Any | None:
    return next((row for row in shape.findall(qn("w:lvl")) if row.get(qn("w:ilvl")) == str(level)), None)


def _start_of(shape: Any, level: int) -> int:
    return int(_value(_level(shape, level), "start") or 1)


def _value(row: Any | None, tag: str) -> str:
    found = None if row is None else row.find(qn(f"w:{tag}"))
    return "" if found is None else str(found.get(qn("w:val")) or "")


def _figure(number: int, shape: str) -> str:
    letters = LETTERS.get(shape)
    if letters:
        return letters[(number - 1) % len(letters)]
    if shape in ("lowerRoman", "upperRoman"):
        return _roman(number).lower() if shape == "lowerRoman" else _roman(number)
    if shape == "decimalZero":
        return f"{number:02d}"
    return "" if shape == "none" else str(number)


def _roman(number: int) -> str:
    said = ""
    for value, sign in ROMAN:
        said += sign * (number // value)
        number %= value
    return said
