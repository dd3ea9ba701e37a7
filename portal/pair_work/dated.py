"""Steps of a practice as deeds of a plan: their free words about time become days relative to a first one."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from best_practices.content import Step

WEEK = 7
_UNITS = {"день": 1, "дня": 1, "дней": 1, "недел": WEEK, "месяц": 30}
_NUMBERS = {
    **dict.fromkeys(("один", "одна", "одну"), 1),
    **dict.fromkeys(("два", "две"), 2),
    **{word: n for n, word in enumerate(("три", "четыре", "пять", "шесть", "семь", "восемь"), 3)},
}
_NUMBER = rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_RANGE = re.compile(r"недел[яюи]\s+(?P<first>\d{1,2})(?:\s*[–—-]\s*(?P<last>\d{1,2}))?\b")
_SPAN = re.compile(rf"(?:\d{{1,2}}\s*[–—-]\s*)?(?:{_NUMBER}\s+)?(?P<unit>{'|'.join(_UNITS)})")


@dataclass(frozen=True)
class Deed:
    """A step as it would stand in the plan."""

    content: str
    starts_on: dt.date
    ends_on: dt.date


def deeds_of(steps: Iterable[Step], first: dt.date, last: dt.date) -> list[Deed]:
    """The steps, one after another from the first day: «неделя 3» and «недели 1–4» count from it, «две
    недели» is so long, anything else («20 минут», «по запросу») is done within a week. What would pass the
    last day is drawn together, in the same proportions.
    """
    rows = list(steps)
    spans = _spans(step.duration for step in rows)
    room, wanted = (last - first).days + 1, max((end for _, end in spans), default=0) + 1
    scale = min(1.0, room / wanted)
    return [
        Deed(_told(step), *(first + dt.timedelta(days=int(day * scale)) for day in span))
        for step, span in zip(rows, spans, strict=True)
    ]


def _told(step: Step) -> str:
    """«Договориться о правилах. Кто, когда и где»: as long as a line of the plan may be."""
    name, rest = step.step.strip().rstrip("."), step.content.strip()
    return (f"{name}. {rest}" if rest else name)[:500]


def _spans(durations: Iterable[str]) -> list[tuple[int, int]]:
    """First and last day of each step, counted from 0."""
    found, free = [], 0
    for words in durations:
        named = _RANGE.search(words.lower())
        if named:
            start = (int(named["first"]) - 1) * WEEK
            end = int(named["last"] or named["first"]) * WEEK - 1
        else:
            start, end = free, free + _days(words.lower()) - 1
        start, end = max(start, 0), max(end, start, 0)
        found.append((start, end))
        free = max(free, end + 1)
    return found


def _days(words: str) -> int:
    span = _SPAN.search(words)
    if span is None or "раз в" in words:
        return WEEK
    number = span["n"] or "1"
    return max(1, (_NUMBERS.get(number) or int(number)) * _UNITS[span["unit"]])
