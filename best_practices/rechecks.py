"""Practices that the methodist looks at again: two schools of like conditions where each has failed."""

from uuid import UUID

from django.urls import reverse

from best_practices.models import BankPractice, PracticeRecheck
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.core.next_steps import NextStep
from portal.core.text import quoted

SHOWN = 20


def can_recheck_practices(by: Actor) -> bool:
    return by.school is None and by.can("practice:lead")


def recheck_for(by: Actor, uuid: UUID) -> PracticeRecheck:
    """Raises NotVisible."""
    found = PracticeRecheck.objects.filter(uuid=uuid).first() if can_recheck_practices(by) else None
    if found is None:
        raise NotVisible
    return found


def next_steps(by: Actor) -> list[NextStep]:
    """What waits, the earliest first."""
    if not can_recheck_practices(by):
        return []
    waiting = list(PracticeRecheck.objects.filter(answered_on=None).order_by("due_on", "pk")[:SHOWN])
    cards = BankPractice.every.filter(practice__in=[one.practice for one in waiting])
    titles = {card.practice: card.title for card in cards} if waiting else {}
    return [_step(one, titles.get(one.practice, "практика не в банке")) for one in waiting]


def _step(recheck: PracticeRecheck, title: str) -> NextStep:
    return NextStep(
        "practice_to_recheck",
        f"Перепроверьте практику {quoted(title)}",
        "Она не сработала в двух школах с похожими условиями. Решите, что сказать тем, кто её выбирает.",
        reverse("expertise:recheck", args=[recheck.uuid]),
        "Посмотреть",
        due=recheck.due_on,
        icon="arrow-repeat",
        weight=40,
    )
