"""The published side of adoptions: grade, counters and what schools have told, made anew with each change."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from best_practices import search
from best_practices.adoption_letters import PRACTICE_RENEWED, PracticeRenewed
from best_practices.evidence import Grade, alike_failures, weigh
from best_practices.facts import facts_of, published_words, repeats_of
from best_practices.following import tell_second_engine
from best_practices.models import BankAdoption, BankPractice, PracticeEvidence, PracticeRecheck
from best_practices.outcomes import Outcome
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import one_at_a_time
from portal.exchange import send

RECHECK_DAYS = 30


def evidence_of(card: BankPractice) -> PracticeEvidence:
    """What is published of a card; of one that was never counted, what its text alone gives."""
    known = PracticeEvidence.objects.filter(practice=card.practice).first()
    if known is None and card.archived_on is None:
        return PracticeEvidence(practice=card.practice, **_values(card, []))
    return known or PracticeEvidence(practice=card.practice, grade=Grade.DESCRIBED)


def with_grades(cards: Iterable[BankPractice]) -> list[BankPractice]:
    """Each card with its `grade` in words, in one query; empty for one that was never counted."""
    found = list(cards)
    rows = PracticeEvidence.objects.filter(practice__in=[card.practice for card in found])
    words = dict(rows.values_list("practice", "grade"))
    for card in found:
        card.grade = Grade(words[card.practice]).label if card.practice in words else ""
    return found


def _values(card: BankPractice, rows: Sequence[BankAdoption]) -> dict[str, Any]:
    found = weigh(facts_of(card, rows))
    return {
        "grade": found.grade,
        "rank": found.grade.rank,
        "reasons": list(found.reasons),
        "lifts": list(found.lifts),
        "cost": dict(vars(found.cost)),
        "effect": dict(vars(found.effect)),
        **_told(rows),
    }


def _told(rows: Sequence[BankAdoption]) -> dict[str, Any]:
    """What stays also when the text of the practice was taken off."""
    return {
        "in_work": sum(row.ended_on is None for row in rows),
        "ever": len(rows),
        "outcomes": {str(outcome): sum(row.outcome == outcome for row in rows) for outcome in Outcome},
        "told": published_words(rows),
    }


@transaction.atomic
def recount(practice: UUID) -> PracticeEvidence:
    """Of one practice, from all that is known of it; its card is indexed anew."""
    one_at_a_time(f"best_practices.evidence.{practice}")
    known = BankAdoption.objects.filter(practice=practice).select_related("school")
    rows = list(known.order_by("taken_on", "pk"))
    card = BankPractice.objects.filter(practice=practice).first()
    values = _told(rows) if card is None else _values(card, rows)
    made, _ = PracticeEvidence.objects.update_or_create(practice=practice, defaults=values)
    if card is not None:
        _ask_to_recheck(card, rows)
        search.ENGINE.index([search.document_of(card, made.grade)])
        tell_second_engine(Actor.system())
    return made


def count_once(card: BankPractice) -> None:
    """Before its text goes: what the page of a card that was taken off still tells."""
    if not PracticeEvidence.objects.filter(practice=card.practice).exists():
        recount(card.practice)


def tell_adopters(card: BankPractice) -> None:
    """Schools in whose programmes an older text of the practice is at work hear of the new one; each stays on
    its own or moves.
    """
    at_work = BankAdoption.objects.filter(practice=card.practice, ended_on=None, revision__lt=card.revision)
    for row in at_work.select_related("school").order_by("pk"):
        said = PracticeRenewed(adoption=row.adoption, revision=card.revision)
        by = Actor.system()
        send(PRACTICE_RENEWED, said, topic=row.adoption, by=by, school=row.school.uuid)


def count_missing(by: Actor) -> None:
    """Each night: cards that stand in the bank and were never counted."""
    counted = PracticeEvidence.objects.values("practice")
    for card in BankPractice.objects.exclude(practice__in=counted).order_by("pk"):
        recount(card.practice)


def _ask_to_recheck(card: BankPractice, rows: Sequence[BankAdoption]) -> None:
    """Two failures in like conditions are looked at within thirty days; the same ones once. What was
    taken off nobody chooses any more.
    """
    for kind, form in alike_failures(repeats_of(card, rows)):
        today = clock.today()
        PracticeRecheck.objects.get_or_create(
            practice=card.practice,
            conditions=f"{kind}, {form}",
            defaults={"asked_on": today, "due_on": today + dt.timedelta(days=RECHECK_DAYS)},
        )
