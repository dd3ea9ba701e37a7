"""What readers say of a published practice, and what of it stands on the card."""

from typing import Any

from django.db import models

from portal.accounts.models import User
from portal.core.entity import Entity
from portal.core.privacy import Privacy, by_case, ordinary, plain

LONGEST_COMMENT, LONGEST_REASON = 1_000, 300


class PracticeComment(Entity):
    """A word of a teacher about a practice of the bank, or an author's answer to one. Only its writer and the
    methodist see it until the methodist has let it through.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Пишет сам человек для коллег; имя и школа стоят рядом, об этом сказано у формы",
        keep=by_case(
            "Пока человек не убрал: снятая практика уносит отзывы с карточки, вернувшаяся возвращает",
            "убирает сам человек на странице «Мои отзывы»; с удалением входа уходят все",
        ),
    )

    practice = plain(models.UUIDField("практика", db_index=True))
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="кто")
    place = plain(models.CharField("откуда", max_length=120))
    text = ordinary(models.TextField("текст", max_length=LONGEST_COMMENT))
    is_question = plain(models.BooleanField("вопрос автору", default=False))
    answers = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        related_name="replies",
        verbose_name="на что отвечает автор",
    )
    judged_on = plain(models.DateField("проверен", null=True))
    is_shown = plain(models.BooleanField("показан", default=False))
    reason = plain(models.CharField("почему не показан", max_length=LONGEST_REASON, blank=True))

    class Meta:
        verbose_name = "отзыв о практике"

    def __str__(self) -> str:
        return self.what

    @property
    def waits(self) -> bool:
        """For the methodist's word."""
        return self.judged_on is None

    @property
    def what(self) -> str:
        """What it is, as its heading says it."""
        if self.answers_id is not None:
            return "ответ автора"
        return "вопрос автору" if self.is_question else "отзыв"

    @property
    def where(self) -> str:
        """Where it is now, for its writer."""
        if self.waits:
            return "на проверке"
        return "показан всем" if self.is_shown else "не показан"

    @property
    def kind(self) -> str:
        """Its colour."""
        if self.waits:
            return "idle"
        return "ok" if self.is_shown else "warn"


class CardTalk(Entity):
    """What of all this stands on a card, for every reader: made anew with each change (`talk.py`), never by
    hand. One row a practice, so that a card asks one question however much was said.
    """

    published = True
    privacy = Privacy(
        basis="Написали сами люди, чтобы прочли коллеги",
        keep=by_case("Пока практика в банке", "снятая практика уносит его с собой"),
    )

    practice = plain(models.UUIDField("практика", unique=True))
    comments = ordinary(models.JSONField("отзывы", default=list))
    thanks = plain(models.PositiveIntegerField("сколько педагогов поблагодарили", default=0))

    class Meta:
        verbose_name = "разговор о практике"

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each with `who`, `place`, `text`, `is_question`, `on` and the author's `answers`, the oldest
        first.
        """
        return list(self.comments)
