"""What leaves the school with a practice in a programme, in words, before the press that lets it go."""

from typing import Any

from best_practices.models import BankPractice
from portal.pair_work.models import Adoption, Programme


def taken(card: BankPractice, programme: Programme) -> dict[str, list[str]]:
    """With the taking."""
    pair = programme.pair
    return {
        "goes": [
            f"Номер практики {card.code} и её редакция {card.revision}",
            "День, когда её взяли, и день, когда программа закончится",
            f"Форма и виды наставничества: {pair.get_form_display()}, {pair.kind_titles}",
            "Название школы: на карточке его видно, только если вы отметите это ниже",
        ],
        "stays": ["Кто в паре и о чём программа", "Дела плана, встречи и отметки"],
    }


def told(adoption: Adoption) -> dict[str, Any]:
    """With the answer: exactly what the letter carries."""
    goes = [f"Как сработала: {adoption.get_outcome_display()}"] if adoption.outcome else []
    goes += [f"{row['indicator']}: было {row['before']}, стало {row['after']}" for row in adoption.measured]
    goes += [f"Часов у наставника: {adoption.hours}"] if adoption.hours is not None else []
    goes += [f"Слова, если отметите это ниже: «{adoption.words}»"] if adoption.words else []
    return {"goes": goes, "stays": ["Кто в паре и о чём программа", "Кто из пары ответил"]}
