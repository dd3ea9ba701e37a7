"""Where in a practice a text stands, in the order in which it is written; what leaves with a hand-over and
nothing else. Attached files stay in the school, their titles and texts too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.core.errors import Invalid
from portal.school_practices.models import SchoolPractice
from portal.school_practices.remarks import put_answer, remarks_of

ANSWERS = "city_remarks"
LISTS, ROWS = (
    ("tasks", "keywords"),
    {
        "steps": {
            "step": "название",
            "content": "что делаем",
            "tool": "чем пользуемся",
            "duration": "сколько времени",
        },
        "results": {
            "indicator": "что измеряли",
            "unit": "в чём",
            "before": "было",
            "after": "стало",
            "period": "за какое время",
            "people": "сколько человек",
        },
    },
)
IN_ORDER = (
    "title",
    "annotation",
    "target_group",
    "problem",
    "goal",
    "tasks",
    "novelty",
    "steps",
    "resources",
    "timing",
    "results",
    "qualitative",
    "risks_and_limits",
    "replication_conditions",
    "keywords",
)


@dataclass(frozen=True)
class Place:
    """A field of the practice; of a list, which of it, and which part of its row."""

    field: str
    number: int = 0
    part: str = ""

    @property
    def label(self) -> str:
        """As a person reads it: «шаги, 2: что делаем»."""
        if self.field == ANSWERS:
            return f"ответ на замечание города, {self.number + 1}"
        name = str(_column(self.field).verbose_name)
        if self.field in ROWS:
            return f"{name}, {self.number + 1}: {ROWS[self.field][self.part]}"
        return f"{name}, {self.number + 1}" if self.field in LISTS else name


def texts_of(practice: SchoolPractice) -> Iterator[tuple[Place, str]]:
    """Every text that leaves, with its place; the empty ones are left out."""
    for field in IN_ORDER:
        value = getattr(practice, field)
        if field in ROWS:
            found = [
                (Place(field, number, part), str(row.get(part) or ""))
                for number, row in enumerate(value)
                for part in ROWS[field]
            ]
        elif field in LISTS:
            found = [(Place(field, number), str(text)) for number, text in enumerate(value)]
        else:
            found = [(Place(field), value)]
        yield from ((place, text) for place, text in found if text.strip())
    answers = enumerate(remarks_of(practice))
    yield from ((Place(ANSWERS, number), one.answer) for number, one in answers if one.answer.strip())


def put_text(practice: SchoolPractice, place: Place, text: str) -> None:
    """The text into its place; nothing is saved but an answer to a remark, which is a row of its own. Raises
    Invalid when the column has no room for it.
    """
    if place.field == ANSWERS:
        put_answer(practice, place.number, text)
        return
    most = _longest(place.field)
    if most and len(text) > most:
        raise Invalid(
            "too_long", f"Так здесь станет больше {most} знаков. Сократите текст сами.", place.field
        )
    if place.field in ROWS:
        rows = [dict(row) for row in getattr(practice, place.field)]
        rows[place.number][place.part] = text
        setattr(practice, place.field, rows)
    elif place.field in LISTS:
        lines = list(getattr(practice, place.field))
        lines[place.number] = text
        setattr(practice, place.field, lines)
    else:
        setattr(practice, place.field, text)


def _column(field: str) -> Any:
    return SchoolPractice._meta.get_field(field)


def _longest(field: str) -> int | None:
    column = _column(field)
    of_one = getattr(column, "base_field", column)
    longest: int | None = of_one.max_length
    return longest
