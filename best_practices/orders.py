"""Orders of practices: in the city what schools want and nobody has answered, gathered by like words; in a
school what it has ordered and what was answered.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from best_practices.letters import ORDER_ANSWERED, PRACTICE_ORDERED, OrderAnswered
from best_practices.models import BankPractice, PracticeOrder
from portal.core import clock
from portal.core.current_contour import record_model

SHOWN = 50


@dataclass(frozen=True)
class Wanted:
    """One wish of several schools, in the words of the first."""

    text: str
    schools: list[str]
    first: PracticeOrder
    last: PracticeOrder


def like(order: PracticeOrder) -> list[PracticeOrder]:
    """Orders of the same that wait together with this one, the earliest first; of an answered one itself."""
    if order.answered_on is not None:
        return [order]
    rows = PracticeOrder.objects.filter(key=order.key, answered_on=None).select_related("school")
    return list(rows.order_by("ordered_on", "pk"))


def wanted() -> list[Wanted]:
    """What most schools want first."""
    found: dict[str, list[PracticeOrder]] = defaultdict(list)
    rows = PracticeOrder.objects.filter(answered_on=None).select_related("school")
    for row in rows.order_by("ordered_on", "pk"):
        found[row.key].append(row)
    groups = [
        Wanted(rows[0].text, [row.school.short_name for row in rows], rows[0], rows[-1])
        for rows in found.values()
    ]
    return sorted(groups, key=lambda one: (-len(one.schools), one.text))


def answered() -> list[tuple[PracticeOrder, BankPractice | None]]:
    """The latest answers, each with the practice that has appeared, while it stands in the bank."""
    rows = PracticeOrder.objects.exclude(answered_on=None).select_related("school")
    latest = list(rows.order_by("-answered_on", "-pk")[:SHOWN])
    cards = BankPractice.objects.filter(uuid__in=[one.card for one in latest if one.card])
    standing = {card.uuid: card for card in cards}
    return [(one, standing.get(one.card) if one.card else None) for one in latest]


@dataclass(frozen=True)
class Ordered:
    """What this school has ordered: an order without an answer waits. `card`: the practice that has appeared,
    while it stands in the bank.
    """

    uuid: UUID
    text: str
    ordered_on: dt.date
    answered_on: dt.date | None = None
    answer: str = ""
    card: UUID | None = None
    title: str = ""


def orders_of_school(only: UUID | None = None) -> list[Ordered]:
    """The latest orders of this school, or one of them, with the city's answers: its boxes know them for a
    year.
    """
    sent = record_model("Outbox").objects.filter(kind=PRACTICE_ORDERED.code)
    rows = list((sent.filter(topic=only) if only else sent).order_by("-pk")[:SHOWN])
    said = record_model("Inbox").objects.filter(
        kind=ORDER_ANSWERED.code, topic__in=[row.topic for row in rows], applied_at__isnull=False
    )
    answers = {row.topic: row for row in said.order_by("pk")}
    return _without_withdrawn([_with_answer(row, answers.get(row.topic)) for row in rows])


def _without_withdrawn(found: list[Ordered]) -> list[Ordered]:
    cards = BankPractice.objects.filter(uuid__in=[one.card for one in found if one.card])
    standing = set(cards.values_list("uuid", flat=True))
    return [one if one.card in standing else replace(one, card=None) for one in found]


def _with_answer(row: Any, letter: Any) -> Ordered:
    known = Ordered(row.topic, row.payload["text"], _day(row.created_at))
    if letter is None or letter.written_at < row.created_at:
        return known
    said = OrderAnswered.model_validate(letter.payload)
    day = _day(letter.written_at)
    return replace(known, answered_on=day, answer=said.words, card=said.card, title=said.title)


def _day(moment: dt.datetime) -> dt.date:
    return clock.local(moment).date()
