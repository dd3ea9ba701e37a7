"""What readers of the bank have made, for the walks of the browser: searches, catalogues, comments, thanks,
collections.
"""

from typing import Any
from uuid import uuid4

from best_practices.models import (
    BankCatalogue,
    BankPractice,
    Collection,
    Practice,
    PracticeComment,
    PracticeThanks,
    ShownCollection,
)
from best_practices.models.collections import Item
from best_practices.saved import SavedSearch
from portal.core import clock
from tenants.models import School
from tests.cast import BY_KEY
from tests.journeys.long_words import WORD
from tests.journeys.scenes import SCHOOL


def saved_searches() -> list[SavedSearch]:
    """One of each person who walks the city."""
    saved = {"title": WORD[:120], "query": "q=наставник", "often": "weekly", "told_until": clock.today()}
    people = (BY_KEY[key].uuid for key in ("darya", "semyon", "nina", "pavel"))
    return [SavedSearch.objects.create(user_id=user, **saved) for user in people]


def catalogues() -> list[BankCatalogue]:
    """Waiting, and one that has failed; of each person who walks the city."""
    people = [BY_KEY[key].uuid for key in ("darya", "semyon", "nina", "pavel")]
    asked = {"query": "q=урок", "title": WORD[:200], "asked_on": clock.today(), "many": 40}
    return [
        BankCatalogue.objects.create(user_id=user, trouble=trouble, **asked)
        for user, trouble in zip(people, ("", "Каталог не удалось сверстать.") * 2, strict=True)
    ]


def comments() -> dict[str, list[Any]]:
    """Of each person who walks the city, waiting; a question to an author; what the methodist judges."""
    card = BankPractice.objects.latest("pk")
    told = {"practice": card.practice, "place": SCHOOL[:120], "text": f"Попробовали: {WORD}", "answers": None}
    people = [BY_KEY[key].uuid for key in ("darya", "semyon", "nina", "pavel")]
    own = [PracticeComment.objects.create(user_id=user, **told) for user in people]
    authors = {"author_people": [BY_KEY["nina"].person], "state": "published", "title": card.title}
    school = School.objects.get(number=7)
    Practice.objects.create(practice=card.practice, school=school, content={}, authors=[], **authors)
    for user in people:
        given = {"place": SCHOOL[:120], "words": f"Спасибо: {WORD}"[:300]}
        PracticeThanks.objects.create(user_id=user, practice=card.practice, **given)
    asked = {**told, "is_question": True, "is_shown": True, "judged_on": clock.today()}
    question = PracticeComment.objects.create(user_id=people[3], **asked)
    items = [Item(card.practice, card.title, f"Взять: {WORD}"[:300]), Item(uuid4(), WORD[:150])]
    gathered = {"title": WORD[:120], "text": f"О чём: {WORD}"[:500], "stored": [one.stored for one in items]}
    own_lists = [Collection.objects.create(user_id=user, **gathered) for user in people]
    of_city = Collection.objects.create(is_shown=True, **gathered)
    ShownCollection.objects.create(uuid=of_city.uuid, **gathered)
    return {
        "me/collections/about/<uuid:pk>/": [card],
        "me/collections/<uuid:pk>/": [of_city, *own_lists],
        "bank/collections/<uuid:pk>/": [of_city],
        "me/thanks/about/<uuid:pk>/": [card],
        "me/comments/about/<uuid:pk>/": [card],
        "me/comments/<uuid:pk>/": [*own, question],
        "practices/comments/<uuid:pk>/": own,
    }
