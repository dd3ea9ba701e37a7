"""A card of Борис in the bank, and what colleagues say of it."""

from typing import Any

from best_practices.models import BankPractice, Practice, PracticeComment
from best_practices.services.comments import judge_comment, write_comment
from best_practices.states import PracticeState
from portal.core.actor import Actor
from tenants.models import School
from tests.cast import BY_KEY
from tests.tenancy.rows import row
from tests.things import card_in_bank

WORDS = "Попробовали в параллели седьмых: вдвоём на уроке спокойнее, и разбор короче."


def who(key: str) -> Actor:
    """The person in the city, as a teacher of a school is there: without an office."""
    return Actor(user=BY_KEY[key].uuid)


def methodist() -> Actor:
    return Actor(user=BY_KEY["darya"].uuid, permissions=frozenset({"practice:lead"}))


def published(content: dict[str, Any], **more: Any) -> BankPractice:
    """Of school 5, written by Борис alone."""
    card = card_in_bank(content, **more)
    handed: dict[str, Any] = {
        "practice": card.practice,
        "school": School.objects.get(number=5),
        "title": card.title,
        "content": content,
        "authors": card.authors,
        "author_people": [BY_KEY["boris"].person],
        "state": PracticeState.PUBLISHED,
        "code": card.code,
    }
    row(Practice, 1, **handed)
    return card


def said(card: BankPractice, key: str = "gleb", text: str = WORDS, **more: Any) -> PracticeComment:
    """It waits for the methodist."""
    return write_comment(card, text=text, by=who(key), **more)


def shown(card: BankPractice, key: str = "gleb", text: str = WORDS, **more: Any) -> PracticeComment:
    """The methodist has let it through."""
    return judge_comment(said(card, key, text, **more), show=True, by=methodist())
