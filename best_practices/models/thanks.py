"""Thanks of teachers to the authors of a practice: once a person and practice."""

from django.db import models

from portal.accounts.models import User
from portal.core.entity import Entity
from portal.core.privacy import Privacy, by_case, ordinary, plain

LONGEST_THANKS = 300


class PracticeThanks(Entity):
    """A teacher thanks the authors, in a sentence or without one. Who it was, only the authors read."""

    privacy = Privacy(
        subjects=("user",),
        basis="Благодарит сам человек; авторы видят его имя и школу, об этом сказано у кнопки",
        keep=by_case(
            "Пока человек не взял назад",
            "берёт назад сам человек на странице «Благодарности»; с удалением входа уходят все",
        ),
    )

    practice = plain(models.UUIDField("практика", db_index=True))
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="кто")
    place = plain(models.CharField("откуда", max_length=120))
    words = ordinary(models.CharField("за что", max_length=LONGEST_THANKS, blank=True))

    class Meta:
        verbose_name = "благодарность за практику"
        constraints = [models.UniqueConstraint(fields=["user", "practice"], name="thanks_once")]

    def __str__(self) -> str:
        return "благодарность"
