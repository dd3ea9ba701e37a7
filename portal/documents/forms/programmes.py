"""T-11: the personalised programme."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.documents.forms import samples
from portal.documents.forms.base import Form, Person, School


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

    person: Person
    day: date | None = None


@dataclass(frozen=True)
class ProgrammeForm(Form):
    """T-11: title page, explanatory note, plan, sheet of corrections. The principal signs «Утверждаю»;
    «Согласовано» the curator, and the ШМО.
    """

    template: ClassVar[str] = "T-11"
    subject: ClassVar[str] = "Персонализированная программа наставничества"
    school: School
    mentor: Person
    mentees: tuple[Person, ...]
    approved_by: Person
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
