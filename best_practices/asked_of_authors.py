"""What colleagues ask of an author's practices, and whose move that is."""

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.urls import reverse

from best_practices.models import BankPractice, PracticeComment
from best_practices.readers import own_practices
from portal.core.actor import Actor
from portal.core.next_steps import NextStep
from portal.ui.words import plural


def asked_of_author(by: Actor) -> QuerySet[PracticeComment]:
    """What colleagues have said of the person's practices that stand in the bank, questions without an answer
    first.
    """
    told = own_practices(by.user).filter(practice__in=BankPractice.objects.values("practice"))
    shown = PracticeComment.objects.filter(
        practice__in=told.values("practice"), answers=None, is_shown=True
    ).exclude(user=by.user)
    return shown.annotate(is_answered=_answered()).order_by(
        "is_answered", "-is_question", "-created_at", "-pk"
    )


def _answered() -> Exists:
    return Exists(PracticeComment.objects.filter(answers=OuterRef("pk")))


def questions_to(by: Actor) -> QuerySet[PracticeComment]:
    """What colleagues have asked of the person's practices and nobody has answered."""
    return asked_of_author(by).filter(~_answered(), is_question=True).order_by()


def to_answer(by: Actor) -> list[NextStep]:
    """The step of an author who was asked; one query."""
    told = questions_to(by).aggregate(number=Count("pk"), first=Min("judged_on"))
    if not told["number"]:
        return []
    many = f"{told['number']} {plural(told['number'], 'вопрос,вопроса,вопросов')}"
    return [
        NextStep(
            "questions_to_author",
            "Ответить коллегам о вашей практике",
            f"Педагоги города спрашивают: {many}.",
            reverse("own_bank:comments"),
            "Посмотреть",
            waiting_since=told["first"],
            icon="chat-square-text",
            weight=55,
        )
    ]
