"""A teacher says something of a published practice, the methodist lets it through or not, the author answers
as any reader writes: by moderation, too.
"""

from django.db import transaction

from best_practices.models import BankPractice, PracticeComment
from best_practices.models.comments import LONGEST_COMMENT, LONGEST_REASON
from best_practices.readers import is_author, person_of, teacher
from best_practices.talk import can_judge_comments, cards_of, renew_talk
from portal import audit
from portal.accounts.limits import COMMENTS, over
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible, TooMany
from portal.core.text import quoted
from portal.notify import tell
from tenants.addresses import city_url


@transaction.atomic
def write_comment(card: BankPractice, *, text: str, by: Actor, is_question: bool = False) -> PracticeComment:
    """It waits for the methodist. The same words once more are the comment that is there already. Raises
    Forbidden, Invalid at `text`, TooMany.
    """
    return _write(card, PracticeComment(text=_said(text), is_question=is_question), by)


@transaction.atomic
def answer_comment(asked: PracticeComment, *, text: str, by: Actor) -> PracticeComment:
    """An author's answer to a comment that stands on the card. Raises Forbidden, Conflict (not there any
    more), Invalid at `text`, TooMany.
    """
    if not is_author(by.user, asked.practice):
        raise Forbidden("Отвечает автор практики.")
    row: PracticeComment = lock(PracticeComment, asked.pk)
    card = cards_of({row.practice}).first()
    if card is None or not row.is_shown:
        raise Conflict("not_shown", "Этого отзыва на странице практики уже нет, отвечать не на что.")
    return _write(card, PracticeComment(text=_said(text), answers=row), by)


def _write(card: BankPractice, new: PracticeComment, by: Actor) -> PracticeComment:
    place = teacher(by)
    user = person_of(by)
    own = PracticeComment.objects.filter(user=user, practice=card.practice, answers=new.answers)
    if (found := own.filter(text=new.text).first()) is not None:
        return found
    if over(COMMENTS, str(user.pk)):
        raise TooMany("Вы написали много отзывов подряд. Подождите час: написанное раньше не потеряется.")
    new.practice, new.user, new.place, new.created_by = card.practice, user, place.short_name, user.pk
    new.save()
    return new


@transaction.atomic
def change_comment(
    comment: PracticeComment, *, text: str, is_question: bool, by: Actor, version: int | None = None
) -> PracticeComment:
    """Before it is judged. Raises NotVisible, Conflict (judged), Stale, Invalid at `text`."""
    row = _own(comment, by)
    if not row.waits:
        raise Conflict("judged", "Отзыв уже проверили: теперь его можно только убрать.")
    row.check_version(version)
    said = _said(text)
    asks = is_question and row.answers_id is None
    if (row.text, row.is_question) != (said, asks):
        row.text, row.is_question = said, asks
        row.save_change("text", "is_question")
    return row


@transaction.atomic
def withdraw_comment(comment: PracticeComment, *, by: Actor) -> None:
    """At any time: it leaves the card at once, and no trace of it is kept. Raises NotVisible."""
    row = _own(comment, by)
    row.delete()
    renew_talk(row.practice)


@transaction.atomic
def judge_comment(
    comment: PracticeComment, *, show: bool, reason: str = "", by: Actor, version: int | None = None
) -> PracticeComment:
    """Let it through, or not with a reason that its writer reads; what was let through may be taken off the
    card later. Said once more, it changes nothing. Raises Forbidden, Stale, Invalid at `reason`.
    """
    if not can_judge_comments(by):
        raise Forbidden("Отзывы проверяет методист.")
    row: PracticeComment = lock(PracticeComment, comment.pk)
    row.check_version(version)
    why = "" if show else _why(reason)
    if row.judged_on is not None and (row.is_shown, row.reason) == (show, why):
        return row
    row.judged_on, row.is_shown, row.reason = clock.today(), show, why
    row.save_change("judged_on", "is_shown", "reason")
    audit.record(by, "comment_shown" if show else "comment_declined", row, comment=why)
    renew_talk(row.practice)
    _tell_writer(row)
    return row


def _tell_writer(row: PracticeComment) -> None:
    card = cards_of({row.practice}).first()
    of = f" о практике {quoted(card.title)}" if card is not None else ""
    said = f"{row.what[:1].upper()}{row.what[1:]}{of}"
    word = "видят все читатели банка" if row.is_shown else f"методист не показал: {row.reason}"
    url = city_url("bank:practice", card.uuid) if card and row.is_shown else city_url("own_bank:comments")
    tell([row.user_id], "comment_judged", f"{said}: {word}", url)


def _own(comment: PracticeComment, by: Actor) -> PracticeComment:
    row: PracticeComment = lock(PracticeComment, comment.pk)
    if not by.is_person(row.user_id):
        raise NotVisible
    return row


def _said(text: str) -> str:
    """Raises Invalid at `text`."""
    said = text.strip()
    if not said:
        raise Invalid("empty", "Напишите, что вы хотите сказать коллегам или спросить.", "text")
    _refuse_long(said, LONGEST_COMMENT, "text")
    return said


def _why(reason: str) -> str:
    """Raises Invalid at `reason`."""
    said = " ".join(reason.split())
    if not said:
        raise Invalid("no_reason", "Напишите, почему отзыв не показан: автор отзыва прочтёт это.", "reason")
    _refuse_long(said, LONGEST_REASON, "reason")
    return said


def _refuse_long(text: str, longest: int, field: str) -> None:
    if len(text) > longest:
        raise Invalid("long", f"Сократите до {longest} знаков: сейчас {len(text)}.", field)
