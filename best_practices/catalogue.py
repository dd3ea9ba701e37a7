"""The printed catalogue of the bank: which practices answer a question, in the order of nominations and
subjects, with what their cards show and nothing more. What does not stand in the bank is not in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from uuid import UUID

from django.conf import settings

from best_practices.citing import short_address, short_name
from best_practices.counted import with_grades
from best_practices.models import BankPractice
from best_practices.questions import Asked
from best_practices.search import ENGINE
from best_practices.states import Nomination
from portal.core import clock
from portal.core.actor import Actor
from portal.core.sorting import sort_key
from portal.documents.catalogue import Catalogue, Entry, Part, Section
from portal.search.engine import FARTHEST, NEWEST, Query

AT_ONCE = 200
"""An engine answers no more at once, and so many cards are read at once."""
NO_SUBJECT = "Для любого предмета"
COLUMNS = (
    *("uuid", "practice", "code", "title", "title_key", "annotation", "nomination", "subjects"),
    *("authors", "school_name"),
)
"""The text of a practice is not printed here, and not read."""


def chosen(asked: Asked) -> list[UUID]:
    """Every practice that answers the question, as the page of the bank finds it."""
    wanted = {facet: values for facet, values in asked.picked.items() if values}
    question = Query(
        asked.text[:500],
        wanted,
        0,
        AT_ONCE,
        order=NEWEST,
        as_typed=asked.as_typed,
        counts_facets=False,
        is_bare=True,
    )
    found: list[UUID] = []
    for offset in range(0, FARTHEST, AT_ONCE):
        some = ENGINE.search(replace(question, offset=offset)).hits
        found += [hit.uuid for hit in some]
        if len(some) < AT_ONCE:
            break
    return list(dict.fromkeys(found))


def catalogue_of(
    by: Actor, asked: Asked, uuids: Sequence[UUID], gathered: Callable[[int], None]
) -> Catalogue:
    """What is printed. `gathered` hears, from time to time, how many practices have been read so far."""
    cards: list[BankPractice] = []
    for start in range(0, len(uuids), AT_ONCE):
        some = BankPractice.objects.visible_to(by).filter(uuid__in=uuids[start : start + AT_ONCE])
        cards += with_grades(some.only(*COLUMNS))
        gathered(min(start + AT_ONCE, len(uuids)))
    return Catalogue(
        title="Каталог лучших практик наставничества",
        city=f"г. {settings.CITY_NAME}",
        chosen="" if asked.is_everything else asked.in_words,
        made_on=clock.today(),
        many=len(cards),
        sections=tuple(_sections(cards)),
    )


def _sections(cards: Sequence[BankPractice]) -> Iterator[Section]:
    order = list(Nomination)
    ordered = sorted(cards, key=lambda card: (order.index(Nomination(card.nomination)), *_place(card)))
    for nomination, rows in groupby(ordered, key=lambda card: card.nomination):
        parts = [
            Part(subject, tuple(_entry(card) for card in some))
            for subject, some in groupby(rows, key=_subject)
        ]
        yield Section(Nomination(nomination).label, tuple(parts))


def _place(card: BankPractice) -> tuple[bool, str, str, str]:
    """By subject, practices of no subject last; within it by title."""
    return not card.subjects, sort_key(_subject(card)), card.title_key, card.code


def _subject(card: BankPractice) -> str:
    """A practice stands once, under the first of its subjects; the others are named in its entry."""
    return min(card.subjects, key=sort_key) if card.subjects else NO_SUBJECT


def _entry(card: BankPractice) -> Entry:
    others = sorted(set(card.subjects) - {_subject(card)}, key=sort_key)
    return Entry(
        title=card.title,
        school=card.school_name,
        authors=", ".join(short_name(str(author["full_name"])) for author in card.authors),
        annotation=card.annotation,
        grade=card.grade,
        code=card.code,
        address=short_address(card),
        others=", ".join(others),
    )
