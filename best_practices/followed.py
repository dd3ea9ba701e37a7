"""Practices that a person follows, and the letter of what is new in them: another revision, what schools have
told, taken off or published again. It leaves as the letter of saved searches does and ends by the same link
(docs/adr/0049).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string

from best_practices.models import BankPractice, PracticeEvidence, PracticeFollow
from best_practices.own_bank import outward, reader_of_bank, stop_key
from portal.accounts.actors import memberships_of
from portal.accounts.models import User
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.ui.words import plural
from tenants.addresses import city_url
from tenants.jobs import city_job, whoever_asked


@dataclass(frozen=True)
class Now:
    """How a practice stands today; of one that was taken off only that."""

    revision: int = 0
    outcomes: int = 0
    stands: bool = False
    card: UUID | None = None


def states_of(practices: Iterable[UUID]) -> dict[UUID, Now]:
    """Of those that stand in the bank; two questions, however many."""
    wanted = set(practices)
    told = PracticeEvidence.objects.filter(practice__in=wanted).values_list("practice", "outcomes")
    outcomes = {practice: sum(map(int, counted.values())) for practice, counted in told}
    cards = BankPractice.objects.filter(practice__in=wanted).values_list("practice", "revision", "uuid")
    return {
        practice: Now(revision, outcomes.get(practice, 0), True, uuid) for practice, revision, uuid in cards
    }


def followed_by(by: Actor) -> QuerySet[PracticeFollow]:
    """The person's own, the last first."""
    return PracticeFollow.objects.filter(user=by.user).order_by("-created_at", "-pk")


def own_follow_for(by: Actor, uuid: UUID) -> PracticeFollow:
    """Raises NotVisible for everybody else's."""
    found = followed_by(by).filter(uuid=uuid).first() if by.user is not None else None
    if found is None:
        raise NotVisible
    return found


def gather_followed(by: Actor) -> None:
    """Each night: a letter is asked for everybody whose practices have changed. Done again, it finds
    nobody.
    """
    PracticeFollow.objects.filter(user__is_active=False).delete()
    rows = list(PracticeFollow.objects.order_by("user", "pk"))
    states = states_of(row.practice for row in rows)
    for user, own in groupby(rows, key=lambda row: row.user_id):
        if any(news_of(row, states.get(row.practice, Now())) for row in own):
            _tell(user)


def news_of(row: PracticeFollow, now: Now) -> list[str]:
    """What the person does not know yet, in words."""
    if not now.stands:
        return ["снята с публикации"] if row.stands else []
    found = [] if row.stands else ["снова опубликована"]
    if now.revision != row.revision:
        found.append(f"новая редакция, {now.revision}-я")
    if (more := now.outcomes - row.outcomes) > 0:
        found.append(
            f"как сработала, {plural(more, 'рассказала,рассказали,рассказали')} ещё "
            f"{more} {plural(more, 'школа,школы,школ')}"
        )
    return found


@transaction.atomic
def _tell(user: UUID) -> None:
    """What is told is written down with the letter that tells it."""
    rows = list(PracticeFollow.objects.filter(user=user).select_for_update().order_by("pk"))
    states, told = states_of(row.practice for row in rows), {}
    for row in rows:
        now = states.get(row.practice, Now())
        if words := news_of(row, now):
            told[str(row.uuid)] = words
            row.stands = now.stands
            if now.stands:
                row.revision, row.outcomes = now.revision, now.outcomes
            row.save(update_fields=["stands", "revision", "outcomes"])
    if told:
        write_of_followed.later(by=Actor.system(), user_uuid=str(user), told=told)


@city_job("best_practices.followed_letter", may=whoever_asked("the person has asked for letters"), whole=True)
def write_of_followed(*, by: Actor, user_uuid: str, told: dict[str, list[str]]) -> None:
    """Of practices that the person still follows, while the person reads the bank."""
    user = User.objects.filter(pk=UUID(user_uuid), is_active=True).first()
    reader = reader_of_bank(user, memberships_of(user)) if user is not None else None
    if user is None or reader is None:
        return
    rows = list(PracticeFollow.objects.filter(user=user, uuid__in=list(told)).order_by("pk"))
    if not rows:
        return
    states = states_of(row.practice for row in rows)
    lines = [(row.title, ", ".join(told[str(row.uuid)]), _address(states.get(row.practice))) for row in rows]
    stop = outward(city_url("own_bank:stop", stop_key(user)))
    context: dict[str, Any] = {"lines": lines, "own": outward(city_url("own_bank:followed")), "stop": stop}
    text = render_to_string("best_practices/mail/followed.txt", context)
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    subject = f"Новое в практиках, за которыми вы следите: {len(lines)}"
    EmailMessage(subject, text, None, [user.email], headers=headers).send()


def _address(now: Now | None) -> str:
    return outward(city_url("bank:practice", now.card)) if now is not None and now.card else ""
