"""What a practice must have before it is reviewed (domain.md §3.3, Practice), each with the sentence for its
field.
"""

from portal.school_practices.models import SchoolPractice

LONG = {"problem": "какая была трудность", "goal": "чего хотели добиться", "novelty": "что здесь нового"}
NEEDED = {
    "title": "Назовите практику.",
    "annotation": "Расскажите коротко, о чём практика: это увидят в поиске.",
    "nomination": "Выберите номинацию.",
    "form": "Выберите форму наставничества.",
    "target_group": "Напишите, для кого практика.",
    "resources": "Напишите, что понадобится.",
    "timing": "Напишите, сколько времени занимает практика.",
    "risks_and_limits": "Напишите, где практика не сработает: это самое полезное для коллег.",
    "replication_conditions": "Напишите, что нужно, чтобы повторить практику у себя.",
}
AS_WRITTEN = (
    "title",
    "annotation",
    "authors",
    "nomination",
    "form",
    "kinds",
    "target_group",
    "keywords",
    "problem",
    "goal",
    "tasks",
    "novelty",
    "steps",
    "resources",
    "timing",
    "results",
    "risks_and_limits",
    "replication_conditions",
)
"""In the order of the page where it is written."""


def missing(practice: SchoolPractice) -> dict[str, str]:
    """What still has to be written: field -> sentence."""
    found = {
        field: sentence for field, sentence in NEEDED.items() if not str(getattr(practice, field)).strip()
    }
    for field, words in LONG.items():
        size = len(getattr(practice, field).strip())
        if not 100 <= size <= 5000:
            found[field] = f"«{words.capitalize()}»: нужно от 100 до 5 000 знаков, сейчас {size}."
    found |= _missing_rows(practice)
    return {field: found[field] for field in AS_WRITTEN if field in found}


def _missing_rows(practice: SchoolPractice) -> dict[str, str]:
    authors = len(practice.authorships.all())
    rows = {
        "kinds": ("Выберите хотя бы один вид наставничества.", not practice.kinds),
        "tasks": ("Напишите хотя бы одну задачу.", not practice.tasks),
        "steps": (f"Нужно не меньше трёх шагов, сейчас {len(practice.steps)}.", len(practice.steps) < 3),
        "results": ("Нужен хотя бы один измеренный результат: было и стало.", not practice.results),
        "keywords": ("Добавьте ключевые слова.", not practice.keywords),
        "authors": ("Авторов бывает от одного до пяти.", not 1 <= authors <= 5),
    }
    return {field: sentence for field, (sentence, lacks) in rows.items() if lacks}


def is_complete(practice: SchoolPractice) -> bool:
    return not missing(practice)
