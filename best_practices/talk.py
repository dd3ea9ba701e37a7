"""What readers say of a practice: what stands on its card, what waits for the methodist, what waits for the
author.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Min, Prefetch, QuerySet
from django.urls import reverse

from best_practices.asked_of_authors import asked_of_author
from best_practices.models import BankPractice, CardTalk, Practice, PracticeComment, PracticeThanks
from best_practices.workflow import PRACTICE
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import one_at_a_time
from portal.core.errors import NotVisible
from portal.core.next_steps import NextStep
from portal.core.reading import weighing
from portal.core.workflow import Move, On
from portal.documents.personal_data import finds
from portal.ui.words import plural
from tenants.addresses import city_url

LATELY = 30
"""Judged comments that the methodist still sees below those that wait."""


# ── The card ────────────────────────────────────────────────────────────────────────────────────────
def talk_of(card: BankPractice) -> CardTalk:
    """What stands on the card; one question."""
    return CardTalk.objects.filter(practice=card.practice).first() or CardTalk(practice=card.practice)


@transaction.atomic
def renew_talk(practice: UUID) -> None:
    """Of one practice, from all that was let through; nothing of one that is not in the bank."""
    one_at_a_time(f"best_practices.talk.{practice}")
    with weighing():
        comments = [_told(one) for one in _shown(practice)]
    told = {"comments": comments, "thanks": PracticeThanks.objects.filter(practice=practice).count()}
    if any(told.values()) and BankPractice.objects.filter(practice=practice).exists():
        CardTalk.objects.update_or_create(practice=practice, defaults=told)
    else:
        CardTalk.objects.filter(practice=practice).delete()


def _shown(practice: UUID) -> QuerySet[PracticeComment]:
    shown = PracticeComment.objects.filter(is_shown=True).select_related("user").order_by("created_at", "pk")
    whole = shown.filter(practice=practice, answers=None)
    return whole.prefetch_related(Prefetch("replies", shown, to_attr="shown_replies"))


def _told(one: PracticeComment) -> dict[str, Any]:
    own = {"who": one.user.short_name, "place": one.place, "text": one.text}
    day = f"{clock.local(one.created_at):%d.%m.%Y}"
    if one.answers_id is not None:
        return {**own, "on": day}
    answers = [_told(reply) for reply in one.shown_replies]  # type: ignore[attr-defined]
    return {**own, "uuid": str(one.uuid), "is_question": one.is_question, "on": day, "answers": answers}


def _follow_card(practice: Practice, move: Move[Any]) -> None:
    renew_talk(practice.practice)


_WHY = "Снятая практика закрывает разговор о ней, вернувшаяся открывает его снова."
FOLLOWS = tuple(On(PRACTICE, verb, _follow_card, why=_WHY) for verb in ("publish", "archive", "recall"))


# ── The methodist ───────────────────────────────────────────────────────────────────────────────────
def can_judge_comments(by: Actor) -> bool:
    return by.school is None and by.can("practice:lead")


def judged_comment_for(by: Actor, uuid: UUID) -> PracticeComment:
    """A comment for whoever lets it through. Raises NotVisible."""
    asked = PracticeComment.objects.select_related("user", "answers__user").filter(uuid=uuid)
    found = asked.first() if can_judge_comments(by) else None
    if found is None:
        raise NotVisible
    return found


def waiting_comments() -> QuerySet[PracticeComment]:
    """Of practices that stand in the bank, the first written first."""
    standing = BankPractice.objects.values("practice")
    waiting = PracticeComment.objects.filter(judged_on=None, practice__in=standing)
    return waiting.annotate(asked_uuid=F("answers__uuid")).order_by("created_at", "pk")


def judged_lately() -> QuerySet[PracticeComment]:
    judged = PracticeComment.objects.exclude(judged_on=None)
    return judged.order_by("-judged_on", "-pk")[:LATELY]


@dataclass(frozen=True)
class Spoken:
    """A comment with the practice of which it speaks; no practice when it is not in the bank."""

    comment: PracticeComment
    card: BankPractice | None

    @property
    def url(self) -> str:
        """Its card, where the reader reads the bank."""
        return city_url("bank:practice", self.card.uuid) if self.card is not None else ""


def with_cards(comments: QuerySet[PracticeComment]) -> list[Spoken]:
    """Two questions, however many comments."""
    rows = list(comments.select_related("user"))
    cards = {card.practice: card for card in cards_of({row.practice for row in rows})}
    return [Spoken(row, cards.get(row.practice)) for row in rows]


def cards_of(practices: set[UUID]) -> QuerySet[BankPractice]:
    return BankPractice.objects.filter(practice__in=practices).order_by("pk")


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `why`: it may tell who is meant."""

    text: str
    why: str = ""


def marked(text: str) -> Sequence[Piece]:
    """The text with what may tell of people marked: the methodist decides, the portal only asks."""
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    begins = 0
    for find in finds(text):
        if find.start < begins:
            continue
        if find.start > begins:
            yield Piece(text[begins : find.start])
        yield Piece(text[find.start : find.end], find.why)
        begins = find.end
    if begins < len(text):
        yield Piece(text[begins:])


# ── Who writes ──────────────────────────────────────────────────────────────────────────────────────
def own_comments(by: Actor) -> QuerySet[PracticeComment]:
    """The person's own, the last written first."""
    own = PracticeComment.objects.filter(user=by.user).annotate(asked_uuid=F("answers__uuid"))
    return own.order_by("-created_at", "-pk")


def own_comment_for(by: Actor, uuid: UUID) -> PracticeComment:
    """Raises NotVisible for everybody else's."""
    found = own_comments(by).filter(uuid=uuid).first() if by.user is not None else None
    if found is None:
        raise NotVisible
    return found


def comment_to_answer_for(by: Actor, uuid: UUID) -> PracticeComment:
    """A comment on a practice of one's own. Raises NotVisible."""
    asked = asked_of_author(by).select_related("user").filter(uuid=uuid)
    found = asked.first() if by.user is not None and by.school is None else None
    if found is None:
        raise NotVisible
    return found


def next_steps(by: Actor) -> list[NextStep]:
    """The methodist lets comments through; one query. Questions to authors: `to_answer`."""
    if not can_judge_comments(by):
        return []
    told = waiting_comments().order_by().aggregate(number=Count("pk"), first=Min("created_at"))
    if not told["number"]:
        return []
    many = f"{told['number']} {plural(told['number'], 'отзыв,отзыва,отзывов')}"
    return [
        NextStep(
            "comments_to_judge",
            "Проверить отзывы о практиках",
            f"Ждут: {many}. Пока вы не пропустите, их видят только те, кто написал.",
            reverse("expertise:comments"),
            "Проверить",
            waiting_since=clock.local(told["first"]).date(),
            icon="chat-square-text",
            weight=55,
        )
    ]
