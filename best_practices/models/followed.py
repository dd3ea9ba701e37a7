"""Practices of which a person wants to hear news."""

from django.db import models

from portal.accounts.models import User
from portal.core.entity import Entity
from portal.core.privacy import Privacy, by_case, plain


class PracticeFollow(Entity):
    """A person follows a practice; what the person knows of it already: the revision, how many schools have
    told what came of it, whether it stands in the bank.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Попросил сам человек, чтобы получать письма",
        keep=by_case(
            "Пока человек следит за практикой",
            "перестаёт сам человек, а когда вход закрыт, стирает ближайшая ночь",
        ),
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="кто")
    practice = plain(models.UUIDField("практика"))
    title = plain(models.CharField("название", max_length=150))
    revision = plain(models.PositiveSmallIntegerField("редакция"))
    outcomes = plain(models.PositiveIntegerField("сколько школ рассказали", default=0))
    stands = plain(models.BooleanField("в банке", default=True))

    class Meta:
        verbose_name = "практика, за которой следят"
        constraints = [models.UniqueConstraint(fields=["user", "practice"], name="practice_followed_once")]

    def __str__(self) -> str:
        return self.title
