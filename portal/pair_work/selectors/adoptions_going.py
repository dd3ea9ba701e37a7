"""What leaves the school with a practice in a programme, in words, before the press that lets it go."""

from collections.abc import Iterator
from typing import Any

from best_practices.models import BankPractice
from portal.documents.personal_data import Find, finds
from portal.pair_work.models import Adoption, Programme
from portal.school_practices.checking import people_of_school


def taken(card: BankPractice, programme: Programme) -> dict[str, list[str]]:
    """With the taking."""
    pair = programme.pair
    return {
        "goes": [
            f"Номер практики {card.code} и её редакция {card.revision}",
            "День, когда её взяли, и день, когда программа закончится",
            f"Форма и виды наставничества: {pair.get_form_display()}, {pair.kind_titles}",
            "Название школы: на карточке его видно, только если так решит директор",
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


def may_tell_of_people(adoption: Adoption, *, with_words: bool = True) -> list[Find]:
    """Places of the answer by which somebody may be known, each once: the check of practices, over the words
    of the pair and the names of what it has measured beside the practice's own. Two or three queries.
    """
    texts = list(_texts(adoption, with_words=with_words))
    own = people_of_school() if texts else None
    found = [find for text in texts for find in finds(text, own)] if own else []
    return list({find.key: find for find in found}.values())


def _texts(adoption: Adoption, *, with_words: bool) -> Iterator[str]:
    if with_words and adoption.words:
        yield adoption.words
    if adoption.measured:
        card = BankPractice.objects.filter(uuid=adoption.card).first()
        known = {text for row in card.text.results for text in (row.indicator, row.unit)} if card else set()
        told = dict.fromkeys(text for row in adoption.measured for text in (row["indicator"], row["unit"]))
        yield from (text for text in told if text and text not in known)
