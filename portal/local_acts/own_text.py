"""A Положение that the school has written itself: its Word file, split into chapters by its headings.

What is no heading for us may be one for the school: any line may be made to begin a chapter, and what stands
before the first one (the hat, the marks: the portal prints its own) is kept beside the text.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from portal.core.text import whole_number
from portal.documents.word.reading import Line

ARABIC = re.compile(r"^(\d{1,2})\.?\s+(?=\S)")
WORDED = re.compile(r"^((?:глава|раздел)\s+[\dIVX]{1,4}\.?|[IVX]{1,5}\.)\s*(?=\S)", re.IGNORECASE)
ANNEX = re.compile(r"^приложение(\s+№?\s*\d+)?\b", re.IGNORECASE)
POINT = re.compile(r"^(\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}\)|[а-я]\)|[–—•-])\s+(?=\S)")
TITLE = re.compile(r"^положение\b", re.IGNORECASE)
FIGURES = tuple("0123456789")
LONGEST_HEADING = 160
"""Signs: longer is a paragraph, however it is set."""


@dataclass(frozen=True)
class Part:
    """A line of the text with the place that it has in the whole document, so that it can be named."""

    place: int
    line: Line
    begins: bool


def parted(lines: Iterable[Line]) -> list[Part]:
    """The lines, and which of them begin a chapter."""
    found = list(lines)
    heads = _heads(found)
    return [Part(place, line, place in heads) for place, line in enumerate(found)]


def split(parts: Iterable[Part]) -> tuple[list[str], list[dict[str, Any]]]:
    """(what stands before the first chapter, the chapters as `LocalAct.chapters` keeps them)."""
    before: list[str] = []
    chapters: list[dict[str, Any]] = []
    for part in parts:
        if part.begins:
            number, title = _numbered(part.line)
            chapters.append(
                {"id": str(len(chapters) + 1), "number": number, "title": title, "paragraphs": []}
            )
        elif chapters:
            chapters[-1]["paragraphs"].append(_paragraph(chapters[-1], part.line))
        else:
            before.append(part.line.whole)
    return before, chapters


def parts_of(before: Iterable[str], chapters: Iterable[dict[str, Any]]) -> list[Part]:
    """The same text again, to be split in another way."""
    lines = [*((Line(text), False) for text in before), *_lines_of(chapters)]
    return [Part(place, line, begins) for place, (line, begins) in enumerate(lines)]


def split_at(parts: Iterable[Part], begins: Collection[int]) -> tuple[list[str], list[dict[str, Any]]]:
    """Split where a person has said."""
    return split(Part(part.place, part.line, part.place in begins) for part in parts)


def title_of(before: Iterable[str]) -> str:
    """«Положение о наставничестве»: what the hat calls the text; empty when it does not say."""
    lines = iter(before)
    named = next((line for line in lines if TITLE.match(line)), "")
    words = [named.capitalize() if named.isupper() else TITLE.sub("Положение", named)]
    for line in lines:
        if not named or not line[:1].islower() or line.startswith("г.") or len(" ".join(words)) > 150:
            break
        words.append(line)
    return " ".join(words).strip()


def looks_like_a_heading(part: Part) -> bool:
    """Worth being asked about: a short line that is numbered, set apart, or named as an annex."""
    whole = part.line.whole
    if part.begins:
        return True
    if len(whole) > LONGEST_HEADING or whole.endswith((";", ",", ":")):
        return False
    return part.line.level > 0 or part.line.bold or part.line.centred or bool(_head_number(whole))


def _lines_of(chapters: Iterable[dict[str, Any]]) -> Iterator[tuple[Line, bool]]:
    for chapter in chapters:
        yield Line(chapter["title"], chapter["number"]), True
        for paragraph in chapter["paragraphs"]:
            apart = paragraph["kind"] in ("heading", "subheading")
            yield Line(paragraph["text"], paragraph["number"], bold=apart), False


def _heads(lines: list[Line]) -> set[int]:
    """By the styles of headings, else by numbers that follow each other on lines set apart, else by numbers
    whose points follow («2.», then «2.1.»). Annexes begin chapters whichever way it is.
    """
    annexes = {place for place, line in enumerate(lines) if ANNEX.match(line.whole) and _is_short(line)}
    for found in (_styled(lines), _set_apart(lines), _followed_by_points(lines)):
        if found:
            return found | {place for place in annexes if place > min(found)}
    return set()


def _styled(lines: list[Line]) -> set[int]:
    """Of the highest level that stands for chapters: a single heading above them is the title."""
    for level in sorted({line.level for line in lines if line.level}):
        found = {place for place, line in enumerate(lines) if line.level == level}
        if len(found) > 1 or any(_head_number(lines[place].whole) for place in found):
            return found
    return set()


def _set_apart(lines: list[Line]) -> set[int]:
    rows = [
        (place, _head_number(line.whole))
        for place, line in enumerate(lines)
        if _is_short(line) and (line.bold or line.centred or line.text.isupper())
    ]
    return _in_order((place, number) for place, number in rows if number)


def _followed_by_points(lines: list[Line]) -> set[int]:
    rows = []
    for place, (line, following) in enumerate(pairwise(lines)):
        number = _head_number(line.whole)
        if whole_number(number) and _is_short(line) and following.whole.startswith(f"{number}.1"):
            rows.append((place, number))
    return _in_order(rows)


def _in_order(rows: Iterable[tuple[int, str]]) -> set[int]:
    """Those whose numbers go up by one: a numbered line elsewhere is no chapter."""
    found: set[int] = set()
    wanted = 1
    for place, number in rows:
        if whole_number(number) is None:
            found.add(place)
        elif int(number) == wanted:
            found.add(place)
            wanted += 1
    return found


def _head_number(whole: str) -> str:
    """«3» of «3. Права», the word of «Глава II. Права»; empty without a number, or with that of a point."""
    if POINT.match(whole):
        return ""
    arabic, worded = ARABIC.match(whole), WORDED.match(whole)
    if arabic:
        return arabic[1]
    return worded[1] if worded else ""


def _is_short(line: Line) -> bool:
    return len(line.whole) <= LONGEST_HEADING and not line.whole.endswith((";", ",", ":"))


def _numbered(line: Line) -> tuple[str, str]:
    """(«3.», «Права») as the school numbers it."""
    if line.number:
        return line.number, line.text
    found = WORDED.match(line.text) or re.match(r"^(\d{1,2}\.?)\s+(?=\S)", line.text)
    return (found[1], line.text[found.end() :]) if found else ("", line.text)


def _paragraph(chapter: dict[str, Any], line: Line) -> dict[str, str]:
    number, text = line.number, line.text
    typed = POINT.match(text)
    if not number and typed:
        number, text = typed[1], text[typed.end() :]
    place = len(chapter["paragraphs"]) + 1
    return {"id": f"{chapter['id']}.{place}", "kind": _kind(line, number), "number": number, "text": text}


def _kind(line: Line, number: str) -> str:
    if line.level or (line.bold and _is_short(line)):
        return "heading" if number else "subheading"
    if number[:1] in FIGURES and "." in number:
        return "clause"
    return "item" if number else "text"
