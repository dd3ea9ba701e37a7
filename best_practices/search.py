"""Search of the bank: what is indexed, how we ask, and how the answer is checked against the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from best_practices.content import PracticeContent
from best_practices.evidence import Grade
from best_practices.models import BankChange, BankMeaning, BankPractice, PracticeEvidence, models_of_index
from best_practices.proved_first import PROVED, proved_first
from best_practices.questions import FACETS, Asked
from best_practices.states import Nomination
from portal.core.actor import Actor
from portal.core.finding import SHOWN, Finder, Line, Lines
from portal.search.elastic import second
from portal.search.elastic.both import TwoEngines
from portal.search.elastic.outbox import Outbox
from portal.search.engine import (
    ANNOTATION_WEIGHT,
    BODY_WEIGHT,
    BY_FIT,
    NEWEST,
    TAGS_WEIGHT,
    Document,
    Found,
    Hit,
    Query,
    Text,
)
from portal.search.meaning.engine import Meaning
from portal.search.postgres import PostgresEngine

if TYPE_CHECKING:
    from portal.search.elastic.following import Follower

NAME = "bank"
_POSTGRES = PostgresEngine(**models_of_index())
OUTBOX = Outbox(BankChange, _POSTGRES.using)
ENGINE = TwoEngines(_POSTGRES, OUTBOX, second.reader(_POSTGRES, NAME))
MEANING = Meaning(ENGINE, BankMeaning)
PAGE = 10
FILE = "file:"
"""With it begins the name of a field that is the text of an attached file; after the next colon its title.
Only a school's own bank has such (docs/adr/0050).
"""
SIMILAR, SHARED_WORDS = 4, 4
"""So many practices are shown as similar, with so many words that they have in common."""


def documents_of(uuids: Sequence[UUID]) -> Iterator[Document]:
    """The cards that stand, as they are indexed."""
    cards = list(BankPractice.objects.filter(uuid__in=uuids).order_by("uuid"))
    rows = PracticeEvidence.objects.filter(practice__in=[card.practice for card in cards])
    grades = dict(rows.values_list("practice", "grade"))
    for card in cards:
        yield document_of(card, grades.get(card.practice, ""))


def follower() -> Follower | None:
    """What keeps Elasticsearch's index like the bank; None where there is no Elasticsearch."""
    return second.follower(NAME, OUTBOX, _POSTGRES.document, documents_of)


def document_of(card: BankPractice, grade: str = "") -> Document:
    """What of a published card is searched: its text, by whom and where; and how well it is proved. One that
    was never counted stands on the lowest rung, else «Сначала доказанные» would lose it.
    """
    fields = {**fields_of(card.text), "about": Text(_about(card), BODY_WEIGHT)}
    facets = {
        "nomination": [card.nomination],
        "subject": card.subjects,
        "form": [card.form],
        "kind": card.kinds,
        "evidence": [grade or Grade.DESCRIBED],
    }
    return Document(card.uuid, card.title, fields=fields, facets=facets, day=card.published_on)


def fields_of(text: PracticeContent) -> dict[str, Text]:
    """A practice as it is searched beside its title, the city's or a school's own: keywords weigh as the
    title does, then the annotation, then the text.
    """
    rows = [row for step in text.steps for row in (step.step, step.content, step.tool)] + [
        row for result in text.results for row in (result.indicator,)
    ]
    body = [
        text.target_group,
        text.problem,
        text.goal,
        *text.tasks,
        text.novelty,
        *rows,
        text.resources,
        text.qualitative,
        text.risks_and_limits,
        text.replication_conditions,
    ]
    nomination = Nomination(text.nomination).label if text.nomination else ""
    return {
        "annotation": Text(text.annotation, ANNOTATION_WEIGHT),
        "tags": Text(" ".join([*text.keywords, *text.subjects, nomination]), TAGS_WEIGHT),
        "body": Text("\n".join(_sentence(part) for part in body if part), BODY_WEIGHT),
    }


def _about(card: BankPractice) -> str:
    """By whom and where: people remember a practice so as often as by its words."""
    authors = [str(author["full_name"]) for author in card.authors]
    return ". ".join([card.code, f"школа № {card.school_number}", card.school_name, *authors])


def _sentence(part: str) -> str:
    """So that a fragment over two parts does not read as one sentence."""
    return part if part.rstrip()[-1:] in ".!?…:;" else f"{part.rstrip()}."


@dataclass(frozen=True)
class Shown:
    """A hit with the card it means, which the database has confirmed."""

    hit: Hit
    card: BankPractice


def search_bank(
    by: Actor,
    text: str,
    filters: Mapping[str, list[str]],
    page: int = 1,
    *,
    order: str = BY_FIT,
    as_typed: bool = False,
    by_words: bool = False,
) -> tuple[Found, list[Shown]]:
    """Ask the engine, then hydrate through `visible_to(by)`: a stale index can never show what was taken
    off.
    """
    wanted = {facet: values for facet, values in filters.items() if facet in FACETS and values}
    offset = (page - 1) * PAGE
    query = Query(text[:500], wanted, offset, PAGE, as_typed=as_typed, by_words=by_words)
    if order == PROVED:
        found = proved_first(query, ENGINE.search)
    else:
        found = MEANING.search(replace(query, order=order))
    cards = {
        card.uuid: card
        for card in BankPractice.objects.visible_to(by).filter(uuid__in=[hit.uuid for hit in found.hits])
    }
    return found, [Shown(hit, cards[hit.uuid]) for hit in found.hits if hit.uuid in cards]


def newest_uuids(asked: Asked, most: int, among: frozenset[UUID] | None = None) -> list[UUID]:
    """What answers a question, the newest first, as the page of the bank finds it; `among`: these only."""
    wanted = {facet: values for facet, values in asked.picked.items() if values}
    question = Query(asked.text[:500], wanted, 0, most, order=NEWEST, as_typed=asked.as_typed)
    found = ENGINE.search(replace(question, counts_facets=False, among=among))
    return [hit.uuid for hit in found.hits]


def newest_in_bank(by: Actor, asked: Asked, most: int) -> list[BankPractice]:
    """The newest cards that answer a question, whatever order it asks for; checked as `search_bank` does."""
    uuids = newest_uuids(asked, most)
    cards = {card.uuid: card for card in BankPractice.objects.visible_to(by).filter(uuid__in=uuids)}
    return [cards[uuid] for uuid in uuids if uuid in cards]


@dataclass(frozen=True)
class Similar:
    """A practice like another one, and the words by which it is."""

    card: BankPractice
    words: tuple[str, ...]


def similar_to(by: Actor, card: BankPractice) -> list[Similar]:
    """What of the bank is about the same, the most similar first: by the title, the annotation and the
    keywords of the practice; whose it is and its nomination make nothing similar. Four questions to the
    database, whatever the practice and the bank.
    """
    fields = {
        "annotation": Text(card.annotation, ANNOTATION_WEIGHT),
        "tags": Text(" ".join([*card.text.keywords, *card.subjects]), TAGS_WEIGHT),
    }
    found = ENGINE.similar(Document(card.uuid, card.title, fields), SIMILAR)
    cards = {
        one.uuid: one
        for one in BankPractice.objects.visible_to(by)
        .filter(uuid__in=[one.uuid for one in found])
        .only("uuid", "code", "title", "school_name", "published_on")
    }
    return [Similar(cards[one.uuid], one.words[:SHARED_WORDS]) for one in found if one.uuid in cards]


def _may(by: Actor) -> bool:
    return by.can("bank:read") or by.can("city_bank:read")


def _find(by: Actor, text: str) -> Lines:
    found, shown = search_bank(by, text, {})
    lines = [
        Line(card.title, reverse("bank:practice", args=[card.uuid]), card.get_nomination_display())
        for card in (one.card for one in shown[:SHOWN])
    ]
    return Lines(tuple(lines), found.total, f"{reverse('bank:find')}?{urlencode({'q': text})}")


PRACTICES = Finder("практика", "Банк практик", "journals", 10, _may, _find, "bank:suggest")
"""The bank, as the box in the head of a page finds it."""
