"""Searches that a person has saved, and of which practices the person was told already: both belong to the
account, in the city, wherever the person has searched.
"""

from django.db import models
from django.http import QueryDict

from best_practices.questions import Asked
from best_practices.states import Often
from portal.accounts.models import User
from portal.core.entity import Entity
from portal.core.privacy import YEAR, Privacy, by_case, for_days, ordinary, plain

_BASIS = "Сохранил сам человек, чтобы получать письма о новом"
LONGEST_TITLE, LONGEST_QUESTION = 120, 2_000


class SavedSearch(Entity):
    """A question to the bank with its conditions, kept as it was typed, and how often to write of what is
    new.
    """

    privacy = Privacy(
        subjects=("user",),
        basis=_BASIS,
        keep=by_case(
            "Пока человек хранит поиск",
            "удаляет сам человек, а когда вход закрыт, поиски стирает ближайшая ночь",
        ),
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="чей")
    title = ordinary(models.CharField("название", max_length=LONGEST_TITLE))
    query = ordinary(models.CharField("вопрос и условия", max_length=LONGEST_QUESTION, blank=True))
    often = plain(models.CharField("письма о новом", max_length=8, choices=Often.choices))
    told_until = plain(models.DateField("рассказано по"))

    class Meta:
        verbose_name = "сохранённый поиск"
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def asked(self) -> Asked:
        return Asked.of(QueryDict(self.query))


class ToldPractice(Entity):
    """A person was written to about a practice: never again, by whichever search."""

    privacy = Privacy(subjects=("user",), basis=_BASIS, keep=for_days("1 год", YEAR, "told_on"))

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="кому")
    practice = plain(models.UUIDField("практика"))
    told_on = plain(models.DateField("когда"))

    class Meta:
        verbose_name = "практика, о которой написали"
        constraints = [models.UniqueConstraint(fields=["user", "practice"], name="practice_told_once")]
