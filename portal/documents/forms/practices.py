"""Papers of the bank of practices: T-35 card, T-36 expert's sheet, T-37 protocol."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.documents.forms import samples
from portal.documents.forms.base import Form, Person


@dataclass(frozen=True)
class StepRow:
    """A step of the technology."""

    step: str
    content: str
    tool: str
    duration: str


@dataclass(frozen=True)
class ResultRow:
    """A measured result, with its unit in the name."""

    indicator: str
    before: str
    after: str
    period: str = ""


@dataclass(frozen=True)
class PracticeCard(Form):
    """T-35: the card of a practice (domain.md §3.1, Practice)."""

    template: ClassVar[str] = "T-35"
    subject: ClassVar[str] = "Карточка практики наставничества"
    title: str
    school_name: str
    authors: str
    nomination: str
    form: str
    kinds: str
    target_group: str
    annotation: str
    problem: str
    goal: str
    tasks: str
    novelty: str
    steps: tuple[StepRow, ...]
    resources: str
    timing: str
    results: tuple[ResultRow, ...]
    quality: str
    risks: str
    replication: str
    keywords: str
    code: str = ""
    version: int = 1

    @classmethod
    def sample(cls) -> Self:
        return cls(
            title="Урок вдвоём: первые сто дней учителя",
            school_name=samples.SCHOOL.short_name,
            authors="Шевченко О. И., Ким А. С.",
            nomination="Опытный педагог – молодой специалист",
            form="педагог – педагог",
            kinds="традиционное, ситуационное",
            target_group="учителя со стажем до 3 лет",
            annotation="Наставник и молодой учитель ведут первые уроки вдвоём.",
            problem="Молодой учитель остаётся с классом один.",
            goal="Дать опору в первые сто дней.",
            tasks="Подготовить уроки вместе.",
            novelty="Роли меняются внутри одного урока.",
            steps=(StepRow("Подготовка", "Вместе пишем план", "шаблон плана", "1 неделя"),),
            resources="кабинет, два часа в неделю",
            timing="сентябрь – декабрь",
            results=(ResultRow("Доля уроков, завершённых вовремя, %", "40", "85", "полугодие"),),
            quality="Учитель остался в школе.",
            risks="Нагрузка на наставника.",
            replication="Нужны общие окна в расписании.",
            keywords="адаптация, урок, молодой педагог",
            code="ЛП-2026-0001",
        )


@dataclass(frozen=True)
class CriterionRow:
    """A criterion (domain.md §6.2) with its score 1–10."""

    criterion: str
    score: int
    comment: str = ""


@dataclass(frozen=True)
class ExpertSheet(Form):
    """T-36: an expert's sheet; the total is of 50."""

    template: ClassVar[str] = "T-36"
    subject: ClassVar[str] = "Экспертный лист"
    practice_title: str
    practice_school: str
    nomination: str
    expert: Person
    expert_place: str
    rows: tuple[CriterionRow, ...]
    total: int
    comment: str
    recommendation: str
    filled_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        rows = (CriterionRow("Результативность", 8, "цель достигнута"), CriterionRow("Тиражируемость", 9))
        return cls(
            "Урок вдвоём: первые сто дней учителя",
            samples.SCHOOL.short_name,
            "Опытный педагог – молодой специалист",
            samples.EXPERT,
            "МБОУ «СШ № 12»",
            rows,
            17,
            "Практика описана ясно, шаги можно повторить в другой школе.",
            "рекомендовать к публикации",
            date(2026, 11, 20),
        )


@dataclass(frozen=True)
class ProtocolRow:
    """A practice with the total of each expert beside the name, and the decision."""

    title: str
    school: str
    scores: tuple[tuple[Person, int], ...]
    mean: str
    decision: str

    @property
    def listed(self) -> str:
        """«Ефимов П. А. – 39», a line for each expert."""
        return "\n".join(f"{expert.initials} – {score}" for expert, score in self.scores)


@dataclass(frozen=True)
class ReviewProtocol(Form):
    """T-37: the protocol of the expertise with the summary table; a chair who is not known signs on a
    line.
    """

    template: ClassVar[str] = "T-37"
    subject: ClassVar[str] = "Протокол экспертизы практик наставничества"
    commission: str
    place: str
    rows: tuple[ProtocolRow, ...]
    chair: Person | None
    secretary: Person
    number: str = ""
    held_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        row = ProtocolRow(
            "Урок вдвоём",
            "МБОУ «СШ № 5»",
            ((samples.MENTOR, 42), (samples.MENTEE, 40)),
            "41,0",
            "рекомендовать к публикации",
        )
        return cls(
            "Экспертная комиссия городского учебно-методического объединения педагогов-наставников",
            "г. Смоленск",
            (row,),
            samples.EXPERT,
            samples.CURATOR,
            "3",
            date(2026, 11, 20),
        )
