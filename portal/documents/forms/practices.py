"""Papers of the bank of practices: T-35 card, T-36 expert's sheet, T-37 protocol."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.documents.forms import samples
from portal.documents.forms.base import Form, NamedPerson
from portal.documents.word.paper import CENTER, LEFT, Paper


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
    people: str = ""


def _section(paper: Paper, name: str, value: str) -> None:
    paper.heading(name, 1, LEFT)
    paper.typed(value)


def _practice_card() -> Paper:
    paper = Paper("Карточка практики наставничества")
    paper.document.add_paragraph("{{ title }}", style="Title").alignment = CENTER
    paper.text(
        "Карточка практики наставничества{% if code %} {{ code }}{% endif %}, редакция {{ version }}", CENTER
    )
    for name, value in (
        ("Школа", "school_name"),
        ("Авторы", "authors"),
        ("Номинация", "nomination"),
        ("Форма", "form"),
        ("Виды", "kinds"),
        ("Для кого", "target_group"),
        ("Ключевые слова", "keywords"),
    ):
        paper.text(name + f": {{{{ {value} }}}}", LEFT)
    for name, value in (
        ("Аннотация", "annotation"),
        ("Проблема", "problem"),
        ("Цель", "goal"),
        ("Задачи", "tasks"),
        ("Новизна", "novelty"),
    ):
        _section(paper, name, value)
    paper.heading("Технология", 1, LEFT)
    paper.table(
        ("Шаг", "Содержание", "Инструмент", "Срок"),
        "row in steps",
        ("{{ row.step }}", "{{ row.content }}", "{{ row.tool or '–' }}", "{{ row.duration or '–' }}"),
        (34, 76, 34, 26),
    )
    for name, value in (("Ресурсы", "resources"), ("Сроки", "timing")):
        _section(paper, name, value)
    paper.heading("Результаты", 1, LEFT)
    paper.table(
        ("Показатель", "До", "После", "Период", "Человек"),
        "row in results",
        (
            "{{ row.indicator }}",
            "{{ row.before }}",
            "{{ row.after }}",
            "{{ row.period or '–' }}",
            "{{ row.people or '–' }}",
        ),
        (66, 24, 24, 34, 22),
    )
    paper.typed("quality")
    _last_words(paper)
    return paper


def _last_words(paper: Paper) -> None:
    for name, value in (("Риски и ограничения", "risks"), ("Условия переноса в другую школу", "replication")):
        _section(paper, name, value)
    paper.text("{% if licence %}Условия использования: {{ licence }}{% endif %}", LEFT)


@dataclass(frozen=True)
class PracticeCard(Form):
    """T-35: the card of a practice (domain.md §3.1, Practice)."""

    template: ClassVar[str] = "T-35"
    subject: ClassVar[str] = "Карточка практики наставничества"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_practice_card)
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
    licence: str = ""

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
            results=(ResultRow("Доля уроков, завершённых вовремя, %", "40", "85", "полугодие", "6"),),
            quality="Учитель остался в школе.",
            risks="Нагрузка на наставника.",
            replication="Нужны общие окна в расписании.",
            keywords="адаптация, урок, молодой педагог",
            code="ЛП-2026-0001",
            licence="С указанием авторов. Применять и пересказывать можно, называя авторов и школу.",
        )


EXPERTS = 3
"""Columns of experts in the protocol: two, and the one who is asked when they differ."""


@dataclass(frozen=True)
class CriterionRow:
    """A criterion (domain.md §6.2) with its score 1–10."""

    criterion: str
    score: int
    comment: str = ""


def _expert_sheet() -> Paper:
    paper = Paper("Экспертный лист")
    paper.heading("ЭКСПЕРТНЫЙ ЛИСТ")
    for line in (
        "Практика: «{{ practice_title }}», {{ practice_school }}",
        "Номинация: {{ nomination }}",
        "Эксперт: {{ expert.full }}, {{ expert.post }}, {{ expert_place }}",
    ):
        paper.text(line, LEFT)
    paper.table(
        ("Критерий", "Балл (1–10)", "Комментарий"),
        "row in rows",
        ("{{ row.criterion }}", "{{ row.score }}", "{{ row.comment or '–' }}"),
        (60, 30, 80),
    )
    paper.text("Итого: {{ total }} из 50.", LEFT, bold=True)
    paper.text("Заключение:", LEFT, bold=True)
    paper.typed("comment")
    paper.text("Рекомендация: {{ recommendation }}.")
    paper.pair("{{ filled_on|day }}", "_______________ {{ expert.signature }}")
    return paper


@dataclass(frozen=True)
class ExpertSheet(Form):
    """T-36: an expert's sheet; the total is of 50."""

    template: ClassVar[str] = "T-36"
    subject: ClassVar[str] = "Экспертный лист"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_expert_sheet)
    practice_title: str
    practice_school: str
    nomination: str
    expert: NamedPerson
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
    """A practice with the total of each expert under the own name, and the decision."""

    title: str
    school: str
    scores: tuple[tuple[NamedPerson, int], ...]
    mean: str
    decision: str

    @property
    def columns(self) -> tuple[str, ...]:
        """«Ефимов П. А.» and «39» for each of the three columns of experts; «–» where there is none. Who is
        beyond the third stands in the last one.
        """
        cells = [f"{expert.initials}\n{score}" for expert, score in self.scores]
        first, last = cells[: EXPERTS - 1], "\n".join(cells[EXPERTS - 1 :])
        return tuple(cell or "–" for cell in (*first, *[""] * (EXPERTS - 1 - len(first)), last))


def _protocol() -> Paper:
    paper = Paper("Протокол экспертизы практик наставничества")
    paper.text("{{ commission }}", CENTER, bold=True)
    paper.heading("ПРОТОКОЛ\nэкспертизы практик наставничества")
    paper.pair("{{ held_on|day }}", "№ {{ number|blank }}")
    paper.text("{{ place }}", CENTER)
    paper.text(
        "Председатель: {% if chair %}{{ chair.initials }}{% else %}{{ ''|blank(30) }}{% endif %}", LEFT
    )
    paper.text("Секретарь: {{ secretary.initials }}", LEFT)
    paper.heading("Сводная ведомость", 2, LEFT)
    paper.table(
        ("Практика", "Эксперт 1", "Эксперт 2", "Эксперт 3", "Среднее", "Решение"),
        "row in rows",
        (
            "«{{ row.title }}», {{ row.school }}",
            *(f"{{{{ row.columns[{number}] }}}}" for number in range(EXPERTS)),
            "{{ row.mean }}",
            "{{ row.decision }}",
        ),
        (46, 26, 26, 26, 18, 28),
    )
    paper.signature("Председатель", "{% if chair %}{{ chair.signature }}{% else %}{{ ''|blank }}{% endif %}")
    paper.signature("Секретарь", "{{ secretary.signature }}")
    return paper


@dataclass(frozen=True)
class ReviewProtocol(Form):
    """T-37: the protocol of the expertise with the summary table; a chair who is not known signs on a
    line.
    """

    template: ClassVar[str] = "T-37"
    subject: ClassVar[str] = "Протокол экспертизы практик наставничества"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_protocol)
    commission: str
    place: str
    rows: tuple[ProtocolRow, ...]
    chair: NamedPerson | None
    secretary: NamedPerson
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
