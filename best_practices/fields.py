"""Fields of the text of a practice: how readers call each, in the order of reading, and as plain words."""

from collections.abc import Callable, Mapping

from best_practices.content import PracticeContent, Result, Step
from best_practices.states import Form, Kind, Nomination

TITLES: Mapping[str, str] = {
    "title": "Название",
    "annotation": "Коротко",
    "nomination": "Номинация",
    "form": "Форма наставничества",
    "kinds": "Виды наставничества",
    "subjects": "Предметы",
    "target_group": "Для кого",
    "problem": "Какая была трудность",
    "goal": "Чего хотели добиться",
    "novelty": "Что здесь нового",
    "tasks": "Какие задачи решали",
    "steps": "Как это делать по шагам",
    "results": "Что изменилось",
    "qualitative": "Что заметили",
    "risks_and_limits": "Где не сработает",
    "resources": "Что понадобится",
    "timing": "Сколько времени занимает",
    "replication_conditions": "Что нужно, чтобы повторить у себя",
    "keywords": "Ключевые слова",
}
REMARKABLE = tuple(field for field in TITLES if field not in ("form", "kinds", "subjects"))
"""Of these one may have a remark; what is chosen of a list is said under «Номинация»."""
PLACES = {field: place for place, field in enumerate(TITLES)}


def words_of(text: PracticeContent, field: str) -> str:
    """What stands in the field, as lines of plain words."""
    made = _MADE.get(field)
    return made(text) if made else str(getattr(text, field))


def _step(step: Step) -> str:
    beside = "; ".join(filter(None, (step.tool, step.duration)))
    return f"{step.step}: {step.content}" + (f" ({beside})" if beside else "")


def _result(row: Result) -> str:
    what = f"{row.indicator}, {row.unit}" if row.unit else row.indicator
    beside = "; ".join(filter(None, (row.period, f"человек: {row.people}" if row.people else "")))
    return f"{what}: было {row.before}, стало {row.after}" + (f" ({beside})" if beside else "")


def _named(choices: Mapping[str, str], code: str) -> str:
    return choices.get(code, code)


_MADE: Mapping[str, Callable[[PracticeContent], str]] = {
    "nomination": lambda text: _named(dict(Nomination.choices), text.nomination),
    "form": lambda text: _named(dict(Form.choices), text.form),
    "kinds": lambda text: ", ".join(_named(dict(Kind.choices), kind) for kind in text.kinds),
    "subjects": lambda text: ", ".join(text.subjects),
    "keywords": lambda text: ", ".join(text.keywords),
    "tasks": lambda text: "\n".join(text.tasks),
    "steps": lambda text: "\n".join(_step(step) for step in text.steps),
    "results": lambda text: "\n".join(_result(row) for row in text.results),
}
