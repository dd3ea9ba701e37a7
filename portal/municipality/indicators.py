"""The catalogue of indicators (domain.md §7.5): what is asked, in which words, by which paragraph of the
Положение.

Both contours need these words; how a school computes them is said in `monitoring.indicators`.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal.core.counting import Rows, how_many

Figures = dict[str, int | None]


@dataclass(frozen=True)
class Indicator:
    """One row. `figures` are the whole numbers it is made of; a share is the first of them in the second.

    `unit`: «%» or «ед.». `period`: month, quarter, half. `source`: who counts it.
    """

    code: str
    name: str
    question: str
    unit: str
    figures: tuple[tuple[str, str], ...]
    period: str
    seed: str
    source: str = "auto"
    calculation: str = ""

    @property
    def is_share(self) -> bool:
        return self.unit == "%"

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self.figures)


FORMS_OF_MENTORING = (
    ("teacher_teacher", "Педагог – педагог"),
    ("head_teacher", "Руководитель – педагог"),
    ("employer_student", "Работодатель – студент"),
)
"""Положение, гл. 5: forms of mentoring, as A05 counts them."""

INDICATORS: dict[str, Indicator] = {
    row.code: row
    for row in (
        Indicator("A01", "Доля молодых педагогов (стаж до трёх лет), у которых есть действующий наставник",
            "Молодые педагоги с наставником", "%",
                  (("young_covered", "С действующим наставником"),
                      ("young_total", "Всего молодых педагогов")), "month", "5.1, 8.1(5)",
                  calculation="молодые педагоги в действующих парах, из всех со стажем до трёх лет"),
        Indicator("A02", "Доля педагогов, вовлечённых в наставничество в любой роли",
            "Педагоги, занятые в наставничестве", "%",
                  (("involved", "Занято в наставничестве"), ("workers", "Всего педагогов")), "quarter",
                  "3.3, 8.1",
                  calculation="разные люди в действующих и завершённых парах года, из всех работающих "
                      "педагогов"),
        Indicator("A05", "Количество действующих пар и групп по формам наставничества",
            "Пары и группы по формам", "ед.",
                  FORMS_OF_MENTORING, "month", "5.1–5.3", calculation="действующие пары и группы по форме, "
                      "записанной в паре"),
        Indicator("R04", "Практик в школьном банке и опубликовано в городском", "Практики школы", "ед.",
                  (("in_school_bank", "В школьном банке"), ("published", "Опубликовано городом")), "half",
                  "4.2(5), 6.1 ШМО(9)",
                  calculation="практики, принятые школой, и из них опубликованные в банке города"),
    )
}  # fmt: skip

COUNTERS: dict[str, str] = {
    "employees": "Сколько сотрудников",
    "young_teachers": "Сколько молодых педагогов",
    "active_pairs": "Сколько действующих пар",
    "school_practices": "Сколько практик в школьном банке",
}
"""Numbers that may flow by themselves once a day, if the school agreed when it joined (decisions.md)."""


@dataclass(frozen=True)
class Share:
    """Part of a whole. None is «not known»; a whole of 0 is «nobody to count». Neither is 0 %."""

    part: int | None = None
    whole: int | None = None

    @property
    def percent(self) -> float | None:
        return percent(self.part, self.whole)

    @property
    def words(self) -> str:
        return "нет данных" if self.part is None or self.whole is None else f"{self.part} из {self.whole}"


Parts = tuple[QuerySet[Any], QuerySet[Any]]
"""A share as rows: the part, and the whole."""


def shares(*parts: Parts) -> list[Share]:
    """All of them by one question to the database."""
    rows = {name: query for n, pair in enumerate(parts) for name, query in named_parts(f"{n}", pair).items()}
    found = how_many(rows)
    return [share_of(f"{number}", found) for number in range(len(parts))]


def named_parts(name: str, parts: Parts) -> Rows:
    """For a question that asks for other numbers too."""
    return {f"{name}: part": parts[0], f"{name}: whole": parts[1]}


def share_of(name: str, numbers: dict[str, int]) -> Share:
    """The share of this name in what such a question has answered."""
    return Share(numbers[f"{name}: part"], numbers[f"{name}: whole"])


def percent(covered: int | None, total: int | None) -> float | None:
    """Share in percent with one decimal; None when there is nothing to divide by: «нет данных», never 0."""
    if covered is None or not total:
        return None
    return round(100 * covered / total, 1)
