"""How the text of a practice is read: headings are the questions of a colleague."""

from typing import Protocol

from best_practices.content import PracticeContent
from best_practices.states import LICENCE_WORDS, Licence
from portal.ui.parts import Table

Section = tuple[str, str]


class Told(Protocol):
    """What is told of a practice in words: frozen, or still a draft of a school."""

    @property
    def problem(self) -> str: ...
    @property
    def goal(self) -> str: ...
    @property
    def novelty(self) -> str: ...
    @property
    def qualitative(self) -> str: ...
    @property
    def risks_and_limits(self) -> str: ...
    @property
    def resources(self) -> str: ...
    @property
    def replication_conditions(self) -> str: ...
    @property
    def licence(self) -> str: ...


def sections_of(text: Told) -> dict[str, list[Section]]:
    """Before the steps, and after the results."""
    return {
        "before": [
            ("Какая была трудность", text.problem),
            ("Чего хотели добиться", text.goal),
            ("Что здесь нового", text.novelty),
        ],
        "after": [
            ("Что заметили", text.qualitative),
            ("Где не сработает", text.risks_and_limits),
            ("Что понадобится", text.resources),
            ("Что нужно, чтобы повторить у себя", text.replication_conditions),
            ("На каких условиях её можно взять", licence_words(text.licence)),
        ],
    }


def licence_words(licence: str) -> str:
    """«CC BY 4.0. Кто угодно может…»; nothing where the authors were not asked."""
    return f"{Licence(licence).label}. {LICENCE_WORDS[Licence(licence)]}" if licence else ""


def results_table(text: PracticeContent) -> Table:
    """Before and after, as measured."""
    rows = [
        (f"{r.indicator}, {r.unit}" if r.unit else r.indicator, r.before, r.after, r.period, r.people)
        for r in text.results
    ]
    return Table(("Что измеряли", "Было", "Стало", "За какое время", "Сколько человек"), rows)
