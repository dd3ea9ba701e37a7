"""What readers have said of cards of the bank, for the walk of `test_reading.py`, and in numbers, for that of
`test_lists.py`.
"""

from itertools import product
from typing import Any

from django.db.models import Model

from best_practices.models import (
    BankPractice,
    Collection,
    Practice,
    PracticeComment,
    PracticeFollow,
    PracticeThanks,
    ShownCollection,
)
from best_practices.models.collections import Item
from portal.core import clock
from tenants.models import School
from tests.cast import BY_KEY
from tests.tenancy.rows import row, word


def of_readers(card: Any) -> list[Model]:
    """Нина and Павел have spoken of a card of Нина's, in each state, with an answer, and have thanked."""
    own: list[Model] = [_written_by_nina(card, 99)]
    for number, (key, judged) in enumerate(product(("nina", "pavel"), (False, True))):
        told = {"is_shown": judged, "judged_on": clock.today() if judged else None, "answers": None}
        own.append(row(PracticeComment, number, user_id=BY_KEY[key].uuid, practice=card.practice, **told))
    answer = {"practice": card.practice, "answers": own[-1]}
    own.append(row(PracticeComment, 9, user_id=BY_KEY["nina"].uuid, **answer))
    own.append(row(PracticeFollow, 0, user_id=BY_KEY["nina"].uuid, **_of(card)))
    stored = [Item(card.practice, card.title).stored]
    whose: list[dict[str, Any]] = [{"user_id": BY_KEY["nina"].uuid}, {"user": None}]
    own += [row(Collection, number, stored=stored, **one) for number, one in enumerate(whose)]
    own.append(row(ShownCollection, 0, uuid=own[-1].uuid, stored=stored))  # type: ignore[attr-defined]
    return [
        *own,
        *(row(PracticeThanks, 0, user_id=BY_KEY[key].uuid, **_of(card)) for key in ("nina", "pavel")),
    ]


def a_gathering(number: int) -> None:
    """A collection of Нина's own, and one of the city that all read."""
    card = BankPractice.objects.get(code=f"СП-{number}")
    once = {"title": f"Подборка {word(number)}", "stored": [Item(card.practice, card.title).stored]}
    row(Collection, number, user_id=BY_KEY["nina"].uuid, **once)
    row(ShownCollection, number, **once)
    row(PracticeFollow, number, user_id=BY_KEY["nina"].uuid, practice=card.practice, title=card.title)


def shown_in_schools(card: Any) -> list[Model]:
    """A collection of the city, which schools read, too."""
    return [row(ShownCollection, 5, stored=[Item(card.practice, card.title).stored])]


def _written_by_nina(card: BankPractice, number: int) -> Practice:
    school, people = School.objects.get(number=7), [BY_KEY["nina"].person]
    authors = [{"full_name": "Тарасова Нина Юрьевна", "position": "", "role": ""}]
    given = {"content": card.content, "authors": authors, "author_people": people, "state": "published"}
    made: Practice = row(Practice, number, school=school, practice=card.practice, **given)
    return made


def _of(card: BankPractice) -> dict[str, Any]:
    return {"practice": card.practice}


def a_talk(number: int) -> None:
    """Глеб has spoken of a practice of Нина's and has thanked for it; both wait with something."""
    card = BankPractice.objects.get(code=f"СП-{number}")
    _written_by_nina(card, 100 + number)
    once = {**_of(card), "answers": None, "place": "Школа № 12", "text": f"Слово {word(number)}"}
    shown = {"is_shown": True, "judged_on": clock.today()}
    asked = row(PracticeComment, number, user_id=BY_KEY["gleb"].uuid, **once, **shown)
    for key, of in (("nina", asked), ("gleb", None)):
        row(PracticeComment, number, user_id=BY_KEY[key].uuid, **{**once, "answers": of})
        row(PracticeThanks, number, user_id=BY_KEY[key].uuid, **_of(card))
