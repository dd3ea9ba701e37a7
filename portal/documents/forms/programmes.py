"""T-11: the personalised programme."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from docx.shared import Pt

from portal.documents.forms import samples
from portal.documents.forms.base import Form, NamedPerson, School
from portal.documents.word.paper import CENTER, LEFT, Paper


@dataclass(frozen=True)
class ActivityRow:
    """A row of the plan; `term` in words or dd.mm.yyyy."""

    difficulty: str
    content: str
    form: str
    term: str
    responsible: str
    expected: str
    done: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class CorrectionRow:
    """A row of the sheet of corrections: when, which edition, what was changed and why in the pair's own
    words.
    """

    day: date
    what: str
    why: str


@dataclass(frozen=True)
class Agreed:
    """One «Согласовано»: above whom, and on which day; without a day it is left to the pen."""

    person: NamedPerson
    day: date | None = None


def _title_page(paper: Paper) -> None:
    """The marks above, the name of the programme, its people."""
    paper.organisation()
    paper.document.add_paragraph()
    paper.stamps(
        (
            "{%p for one in agreed %}",
            "СОГЛАСОВАНО",
            "{{ one.person.post }}",
            "_____________ {{ one.person.signature }}",
            "{{ one.day|day }}",
            "",
            "{%p endfor %}",
            "",
        ),
        (
            "УТВЕРЖДАЮ",
            "{{ approved_by.post }} {{ school.short_genitive }}",
            "_____________ {{ approved_by.signature }}",
            "{{ approved_on|day }}",
        ),
    )
    title = paper.document.add_paragraph("Персонализированная программа наставничества", style="Title")
    title.alignment, title.paragraph_format.space_before = CENTER, Pt(96)
    paper.text(
        "{{ year }}{{ ', ' if year }}редакция {{ version }}", CENTER
    ).paragraph_format.space_after = Pt(24)
    paper.text("Наставник: {{ mentor.full }}, {{ mentor.post }}", LEFT)
    paper.each(
        "one in mentees",
        "{{ one.by_gender('Наставляемый', 'Наставляемая') }}: {{ one.full }}, {{ one.post }}",
        align=LEFT,
    )
    paper.text("{{ school.place }}", CENTER).paragraph_format.space_before = Pt(120)
    paper.page_break()


def _plan(paper: Paper) -> None:
    """The plan is wide: its page lies on its side."""
    paper.landscape()
    paper.heading("2. План мероприятий")
    paper.table(
        (
            "№",
            "Направление, затруднение",
            "Мероприятие (содержание)",
            "Форма",
            "Срок",
            "Ответственный",
            "Планируемый результат",
            "Отметка о выполнении",
            "Подтверждение",
        ),
        "row in rows",
        (
            "{{ loop.index }}",
            "{{ row.difficulty }}",
            "{{ row.content }}",
            "{{ row.form }}",
            "{{ row.term }}",
            "{{ row.responsible }}",
            "{{ row.expected }}",
            "{{ row.done }}",
            "{{ row.evidence }}",
        ),
        (8, 31, 29, 38, 28, 33, 30, 27, 33),
        size=10,
    )


def _programme() -> Paper:
    paper = Paper("Персонализированная программа наставничества")
    _title_page(paper)
    paper.heading("1. Пояснительная записка")
    paper.text("Срок реализации: с {{ since|day }} по {{ until|day }}.")
    for name, value in (
        ("Проблема", "problem"),
        ("Цель", "goal"),
        ("Задачи", "tasks"),
        ("Форма наставничества", "form"),
        ("Ролевая модель", "role_model"),
        ("Виды наставничества", "kinds"),
        ("Участники и роли", "roles"),
        ("Режим работы", "mode"),
        ("Ожидаемые результаты", "expected"),
        ("Способы оценки", "evaluation"),
    ):
        paper.control(f"if {value}")
        paper.heading(name, 2, LEFT)
        paper.typed(value)
        paper.control("endif")
    _plan(paper)
    paper.heading("3. Лист корректировки")
    paper.control("if corrections")
    paper.table(
        ("Дата", "Редакция", "Что и почему изменено"),
        "row in corrections",
        ("{{ row.day|day }}", "{{ row.what }}", "{{ row.why }}"),
        (34, 40, 183),
    )
    paper.control("else")
    paper.text("Изменений не было.", LEFT)
    paper.control("endif")
    paper.signature("Наставник", "{{ mentor.signature }}")
    paper.control("for one in mentees")
    paper.signature("{{ one.by_gender('Наставляемый', 'Наставляемая') }}", "{{ one.signature }}")
    paper.control("endfor")
    return paper


@dataclass(frozen=True)
class ProgrammeForm(Form):
    """T-11: title page, explanatory note, plan, sheet of corrections. The principal signs «Утверждаю»;
    «Согласовано» the curator, and the ШМО.
    """

    template: ClassVar[str] = "T-11"
    subject: ClassVar[str] = "Персонализированная программа наставничества"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_programme)
    school: School
    mentor: NamedPerson
    mentees: tuple[NamedPerson, ...]
    approved_by: NamedPerson
    agreed: tuple[Agreed, ...]
    version: int
    problem: str
    goal: str
    tasks: str
    form: str
    role_model: str
    kinds: str
    since: date
    until: date
    roles: str
    mode: str
    expected: str
    evaluation: str
    rows: tuple[ActivityRow, ...]
    corrections: tuple[CorrectionRow, ...] = ()
    approved_on: date | None = None
    year: str = ""

    @classmethod
    def sample(cls) -> Self:
        return cls(
            school=samples.SCHOOL,
            mentor=samples.MENTOR,
            mentees=(samples.MENTEE,),
            approved_by=samples.PRINCIPAL,
            agreed=(Agreed(samples.CURATOR, samples.SINCE),),
            version=2,
            problem="Не хватает времени на рефлексию в конце урока.",
            goal="Уверенно вести урок в 5 классе.",
            tasks="Освоить планирование урока.\nНаучиться оценивать работу класса.",
            form="педагог – педагог",
            role_model="опытный педагог – молодой специалист",
            kinds="традиционное",
            since=samples.SINCE,
            until=samples.UNTIL,
            roles="Шевченко Олег Ильич – наставник\nКим Анна Сергеевна – наставляемая",
            mode="раз в две недели, кабинет 214, лично",
            expected="Урок завершается в отведённое время, ученики сами подводят итог.",
            evaluation="Карта посещения урока, карта затруднений в начале и в конце.",
            rows=(
                ActivityRow(
                    "Планирование", "Разбор плана урока", "консультация", "10.10.2026", "наставник", "план"
                ),
                ActivityRow(
                    "Рефлексия", "Посещение урока", "взаимопосещение", "24.10.2026", "оба", "карта урока"
                ),
            ),
            corrections=(
                CorrectionRow(date(2026, 12, 1), "2", "Добавлено посещение урока по итогам диагностики"),
            ),
            year="2026/2027",
        )
