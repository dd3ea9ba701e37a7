"""How well a practice of the bank is proved: one function gives its grade, the reasons and what lifts it;
plain signs of cost and effect, each with its source. Nothing here asks the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from uuid import UUID

from django.db import models

from best_practices.outcomes import Outcome
from portal.core.text import quoted
from portal.ui.words import plural

MANY = 3
"""So many schools, unlike ones among them, make a practice proved."""
TRIED = (Outcome.WORKED, Outcome.PARTLY, Outcome.FAILED)
"""Only who has carried it out can say what it costs and what it changes; «не хватило описания» is a task to
the author and spoils no figure.
"""
HOURS = (("мало", 10), ("средне", 30), ("много", float("inf")))
"""Hours of a mentor over the whole programme, up to and with the number: what they are called."""


class Grade(models.TextChoices):
    """From what is only told to what many have repeated; the order is the order of the rungs."""

    DESCRIBED = "described", "описана"
    REVIEWED = "reviewed", "проверена экспертами"
    MEASURED = "measured", "измерена автором"
    REPEATED = "repeated", "повторена другой школой"
    PROVED = "proved", "повторена тремя непохожими школами"

    @property
    def rank(self) -> int:
        """0 for the lowest."""
        return list(Grade).index(self)


@dataclass(frozen=True)
class Measured:
    """One indicator before and after, as it was told; `better` is None where the author has not said which
    way is better.
    """

    indicator: str
    better: bool | None


@dataclass(frozen=True)
class Repeat:
    """What a school other than the author's has told. `conditions`: its kind and the form of the pair;
    schools with the same ones are alike.
    """

    school: UUID
    conditions: tuple[str, str]
    outcome: str
    hours: int | None = None
    measured: tuple[Measured, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that a grade is made of."""

    mean: float | None = None
    measured: tuple[str, ...] = ()
    timing: str = ""
    repeats: tuple[Repeat, ...] = ()


@dataclass(frozen=True)
class Sign:
    """A plain sign: its word, and where it was taken from."""

    word: str
    source: str


@dataclass(frozen=True)
class Evidence:
    grade: Grade
    reasons: tuple[str, ...]
    lifts: tuple[str, ...]
    cost: Sign
    effect: Sign


@dataclass(frozen=True)
class _Counted:
    """Schools by what came of the practice there; a school is counted once in each outcome."""

    facts: Facts
    schools: dict[str, set[UUID]] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Facts) -> "_Counted":
        found = {str(outcome): set[UUID]() for outcome in Outcome}
        for repeat in facts.repeats:
            found.get(repeat.outcome, set()).add(repeat.school)
        return cls(facts, found)

    def many(self, outcome: Outcome) -> int:
        return len(self.schools[outcome])

    @property
    def holds(self) -> bool:
        """It has worked in more schools than it has failed in."""
        return self.many(Outcome.WORKED) > self.many(Outcome.FAILED)

    @property
    def unlike(self) -> bool:
        worked = {r.conditions for r in self.facts.repeats if r.outcome == Outcome.WORKED}
        return len(worked) > 1


def weigh(facts: Facts) -> Evidence:
    """The grade with its reasons and what lifts it: each sentence is said by the rule that decides."""
    counted = _Counted.of(facts)
    return Evidence(
        _grade(counted), tuple(_reasons(counted)), tuple(_lifts(counted)), _cost(facts), _effect(facts)
    )


def _grade(counted: _Counted) -> Grade:
    facts, worked = counted.facts, counted.many(Outcome.WORKED)
    rungs = (
        (Grade.PROVED, counted.holds and worked >= MANY and counted.unlike),
        (Grade.REPEATED, counted.holds),
        (Grade.MEASURED, bool(facts.measured)),
        (Grade.REVIEWED, True),
    )
    reached = (grade for grade, is_reached in rungs if is_reached and facts.mean is not None)
    return next(reached, Grade.DESCRIBED)


_SAID = {
    Outcome.WORKED: "Сработала",
    Outcome.PARTLY: "Сработала отчасти",
    Outcome.FAILED: "Не сработала",
    Outcome.UNTRIED: "Взяли, но не попробовали",
    Outcome.UNCLEAR: "Не хватило описания",
}


def _reasons(counted: _Counted) -> Iterable[str]:
    facts = counted.facts
    if facts.mean is not None:
        yield f"Эксперты города поставили {_number(facts.mean)} из 50."
    if facts.measured:
        yield f"Автор измерил результат до и после: {', '.join(map(quoted, facts.measured))}."
    for outcome in Outcome:
        if many := counted.many(outcome):
            task = " Это задача авторам, а не неудача." if outcome == Outcome.UNCLEAR else ""
            yield f"{_SAID[outcome]}: {many} {plural(many, 'школа,школы,школ')}.{task}"
    if counted.many(Outcome.WORKED) > 1 and counted.unlike:
        yield "Среди школ, где она сработала, есть непохожие."


def _lifts(counted: _Counted) -> Iterable[str]:
    facts, worked = counted.facts, counted.many(Outcome.WORKED)
    if facts.mean is None:
        yield "Экспертиза города."
    if not facts.measured:
        yield "Результат, который автор измерит до и после."
    if counted.many(Outcome.FAILED) and not counted.holds:
        yield "Сработать там, где таких школ больше, чем тех, где она не сработала."
    elif worked == 0:
        yield "Другая школа, где она сработает."
    elif worked < MANY:
        left = MANY - worked
        yield f"Ещё {left} {plural(left, 'школа,школы,школ')}, где она сработает."
    if worked and not counted.unlike:
        yield "Непохожая школа: другого вида или с парой другой формы."


def _cost(facts: Facts) -> Sign:
    told = {r.school: r.hours for r in facts.repeats if r.hours is not None and r.outcome in TRIED}
    if not told:
        return Sign(facts.timing or "не сказано", "со слов автора")
    hours = median(told.values())
    word = next(word for word, most in HOURS if hours <= most)
    many = len(told)
    return Sign(
        f"{word}: около {_number(hours)} ч наставника",
        f"по ответам: {many} {plural(many, 'школа,школы,школ')}",
    )


def _effect(facts: Facts) -> Sign:
    tried = [repeat for repeat in facts.repeats if repeat.outcome in TRIED]
    rows = [row for repeat in tried for row in repeat.measured if row.better is not None]
    schools = {r.school for r in tried if any(row.better is not None for row in r.measured)}
    if rows:
        better = sum(bool(row.better) for row in rows)
        many = len(schools)
        return Sign(
            f"стало лучше в {better} из {len(rows)} измерений",
            f"измерили другие: {many} {plural(many, 'школа,школы,школ')}",
        )
    if facts.measured:
        return Sign("есть числа до и после", "измерил автор")
    return Sign("не измеряли", "чисел нет ни у автора, ни у других")


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def alike_failures(repeats: Sequence[Repeat]) -> list[tuple[str, str]]:
    """Conditions in which two different schools have failed: there the practice does not hold."""
    schools: dict[tuple[str, str], set[UUID]] = {}
    for repeat in repeats:
        if repeat.outcome == Outcome.FAILED:
            schools.setdefault(repeat.conditions, set()).add(repeat.school)
    return sorted(conditions for conditions, failed in schools.items() if len(failed) > 1)
