"""What time does with experts' assignments, each night: reminders, and the next of the reserve for whoever is
silent. Done again, or after nights that were missed, it tells nobody twice and forgets nobody: what has been
told of a term stands in the assignment.
"""

import logging

from django.db import transaction

from best_practices.asking import write_to_expert
from best_practices.blinding import blind_title
from best_practices.inviting import tell_methodists
from best_practices.models import Practice, Review
from best_practices.reserve import next_of_reserve
from best_practices.states import WAITED, ReviewState
from best_practices.terms import Mark, due_marks, is_to_replace
from best_practices.verdict import UNDER_REVIEW
from best_practices.workflow import REVIEW
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.text import quoted
from portal.notify import tell

log = logging.getLogger("estafeta.jobs")


class TroubleWithReviews(RuntimeError):
    """Some assignments could not be minded; each is in the log. The night is done again."""


def mind_reviews(by: Actor) -> None:
    """Each night, every assignment by itself: a trouble with one stops no other. Raises
    TroubleWithReviews.
    """
    waiting = Review.objects.filter(state__in=WAITED, practice__state__in=UNDER_REVIEW).order_by("pk")
    failed = 0
    for practice, review in list(waiting.values_list("practice_id", "pk")):
        try:
            mind_review(practice, review, by)
        except Exception:
            failed += 1
            log.exception("an assignment of an expert was not minded", extra={"row": str(review)})
    if failed:
        raise TroubleWithReviews(f"{failed} assignments of experts were not minded")


@transaction.atomic
def mind_review(practice_pk: int, review_pk: int, by: Actor) -> None:
    """What the days have brought for one assignment, by the keys of its practice and its own."""
    practice, review = lock(Practice, practice_pk), lock(Review, review_pk)
    if review.state not in WAITED or practice.state not in UNDER_REVIEW:
        return
    if review.state == ReviewState.INVITED:
        _mind_answer(practice, review, by)
    else:
        _mind_sheet(practice, review)


def _mind_answer(practice: Practice, review: Review, by: Actor) -> None:
    """Silent beyond the term: the next is invited the day after; the last day is reminded of."""
    if not review.is_silent:
        if review.waits_until == clock.today() and _first(review, Mark.ANSWER):
            _remind(practice, review, "Сегодня последний день ответить, возьмётесь ли вы оценить практику")
        return
    if next_of_reserve(practice, instead_of=review) is not None:
        why = f"ответа ждали до {review.waits_until:%d.%m.%Y}"
        REVIEW.move(review, "replace_silent", by=by, comment=why)
    elif _first(review, Mark.NOBODY):
        words = "Эксперт не ответил в срок, а в резерве никого: назначьте другого или продлите срок."
        tell_methodists(practice, "review_unanswered", words)


def _mind_sheet(practice: Practice, review: Review) -> None:
    """Of reminders that nights have missed the latest is told, the earlier ones are past."""
    today = clock.today()
    due = due_marks(review.due_on, today)
    if due and due[-1] not in review.reminded:
        for mark in due:
            _first(review, mark)
        until = f"{review.due_on:%d.%m.%Y}"
        said = f"Срок листа прошёл {until}" if review.is_silent else f"Сдайте лист до {until}"
        _remind(practice, review, f"{said}: практика")
    if is_to_replace(review.due_on, today) and _first(review, Mark.REPLACE):
        instead = next_of_reserve(practice, instead_of=review)
        way = "замените его следующим из резерва." if instead else "назначьте другого или продлите срок."
        tell_methodists(practice, "review_late", f"Лист эксперта ждали до {review.due_on:%d.%m.%Y}: {way}")


def _first(review: Review, mark: Mark) -> bool:
    """Whether it was not told of this term; from now on it was."""
    if mark in review.reminded:
        return False
    review.reminded = [*review.reminded, str(mark)]
    review.save_change("reminded")
    return True


def _remind(practice: Practice, review: Review, words: str) -> None:
    """By a notice and by mail."""
    url = f"/expertise/{review.uuid}/"
    tell([review.expert], "review_reminded", f"{words} {quoted(blind_title(practice)[:120])}", url)
    write_to_expert.later(by=Actor.system(), review_uuid=str(review.uuid))
