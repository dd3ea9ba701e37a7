"""How an expert fits a practice, in words: the subjects and the difficulties that both have.

A practice names its subjects; which difficulties it is about is read from its own words (`SIGNS`), so each
reason can show the word that it stands on.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from best_practices.content import PracticeContent
from portal.core.text import quoted
from portal.municipality.difficulties import ITEMS
from portal.municipality.reference import subjects
from portal.search.text import lemma, tokens

SIGNS: dict[str, tuple[str, ...]] = {
    "subject.depth": ("содержание предмета", "предметные знания", "глубина предмета"),
    "subject.advanced": ("задания повышенной сложности", "сложные задачи", "олимпиада"),
    "subject.oge": ("огэ",),
    "subject.ege": ("егэ",),
    "subject.literacy": ("функциональная грамотность", "читательская грамотность"),
    "subject.links": ("межпредметные связи", "межпредметный", "метапредметный"),
    "method.planning": ("рабочая программа", "планирование", "ктп"),
    "method.lesson": ("фгос", "конструирование урока", "план урока", "технологическая карта"),
    "method.assessment": ("формирующее оценивание", "оценивание", "критерии оценки"),
    "method.differentiation": ("дифференциация", "разноуровневый", "разный уровень"),
    "method.projects": ("проектная деятельность", "учебный проект"),
    "method.self_analysis": ("самоанализ", "анализ урока", "рефлексия"),
    "psy_ped.motivation": ("мотивация", "интерес учеников", "вовлечённость"),
    "psy_ped.discipline": ("дисциплина", "тишина на уроке", "правила класса"),
    "psy_ped.special_needs": ("овз", "инклюзия", "инклюзивный"),
    "psy_ped.gifted": ("одарённый", "одарённость"),
    "psy_ped.age": ("возрастные особенности", "подросток", "младший школьник"),
    "psy_ped.burnout": ("выгорание", "усталость", "перегрузка"),
    "communication.parents": ("родитель", "родительское собрание"),
    "communication.colleagues": ("отношения с коллегами", "взаимопосещение"),
    "communication.administration": ("администрация", "завуч", "заместитель директора"),
    "communication.conflict": ("конфликт", "конфликтный"),
    "communication.speaking": ("публичное выступление", "выступление"),
    "communication.feedback": ("обратная связь",),
    "ict.journal": ("электронный журнал",),
    "ict.my_school": ("моя школа",),
    "ict.interactive": ("интерактивный", "интерактивная доска", "цифровой сервис"),
    "ict.distance": ("дистанционный урок", "дистанционный", "видеосвязь", "онлайн"),
    "ict.ai": ("искусственный интеллект", "нейросеть"),
    "ict.safety": ("персональные данные", "безопасность в сети"),
}
"""Words by which a practice tells of a difficulty: whole words, in any form."""


@dataclass(frozen=True)
class Topics:
    """What a practice is about: codes of subjects; codes of difficulties with the word that says so."""

    subjects: frozenset[str]
    difficulties: dict[str, str]


@dataclass(frozen=True)
class Fit:
    """What an expert and a practice have in common, in words; `subjects` are titles, `difficulties` titles
    with the word of the practice.
    """

    subjects: tuple[str, ...] = ()
    difficulties: tuple[tuple[str, str], ...] = ()

    @property
    def weight(self) -> int:
        """Who has more of it is proposed first: a subject weighs as two difficulties."""
        return 2 * len(self.subjects) + len(self.difficulties)

    @property
    def reasons(self) -> list[str]:
        """Why, a clause for each."""
        own = [f"ведёт предмет практики: {', '.join(self.subjects)}"] if self.subjects else []
        return own + [
            f"знает трудность {quoted(title)}: в тексте «{word}»" for title, word in self.difficulties
        ]


def topics_of(text: PracticeContent) -> Topics:
    """Read once for all experts: it takes the words of the whole description apart, its steps excepted."""
    named = set(text.subjects)
    taught = (code for code, entry in subjects().entries.items() if {code, entry.title, *entry.words} & named)
    said = _lemmas(
        text.title, text.annotation, text.problem, text.goal, *text.tasks, text.target_group, *text.keywords
    )
    found = {code: next((sign for sign in SIGNS[code] if _lemmas(sign) in said), "") for code in ITEMS}
    return Topics(frozenset(taught), {code: sign for code, sign in found.items() if sign})


def fit_of(topics: Topics, known_subjects: Iterable[str], known: Collection[str]) -> Fit:
    """What of the practice's topics the expert knows."""
    titles = subjects()
    return Fit(
        tuple(titles.title(code) for code in known_subjects if code in topics.subjects),
        tuple((ITEMS[code], sign) for code, sign in topics.difficulties.items() if code in known),
    )


def _lemmas(*texts: str) -> str:
    """Dictionary forms of all words in order, a space around each; texts do not run into each other."""
    return " ; ".join(f" {' '.join(map(lemma, tokens(text)))} " for text in texts)
