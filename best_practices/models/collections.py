"""Collections of cards: a teacher's own, which nobody else sees, and those of the city."""

from dataclasses import dataclass
from uuid import UUID

from django.db import models

from portal.accounts.models import User
from portal.core.entity import Entity
from portal.core.privacy import Privacy, by_case, ordinary, plain

LONGEST_TITLE, LONGEST_TEXT, LONGEST_NOTE = 120, 500, 300


@dataclass(frozen=True)
class Item:
    """A card of a collection; `title` is what it was called when it was put in: a practice that was taken off
    keeps its place by it.
    """

    practice: UUID
    title: str
    note: str = ""

    @property
    def stored(self) -> dict[str, str]:
        return {"practice": str(self.practice), "title": self.title, "note": self.note}


def items_in(stored: list[dict[str, str]]) -> list[Item]:
    """In their order."""
    return [Item(UUID(one["practice"]), one["title"], one["note"]) for one in stored]


class Collection(Entity):
    """Cards in an order of one's own, each with a note. Without a person it is the city's: the methodist
    makes it, and shows it when it is ready.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Собрал сам человек для себя; подборки города собирает методист",
        keep=by_case(
            "Пока человек хранит подборку",
            "удаляет сам человек, а когда вход закрыт, подборки стирает ближайшая ночь",
        ),
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+", verbose_name="чья")
    title = ordinary(models.CharField("название", max_length=LONGEST_TITLE))
    text = ordinary(models.CharField("о чём она", max_length=LONGEST_TEXT, blank=True))
    stored = ordinary(models.JSONField("практики и заметки", default=list))
    is_shown = plain(models.BooleanField("показана на первой странице банка", default=False))

    class Meta:
        verbose_name = "подборка практик"

    def __str__(self) -> str:
        return self.title

    @property
    def is_of_city(self) -> bool:
        return self.user_id is None

    @property
    def items(self) -> list[Item]:
        return items_in(self.stored)


class ShownCollection(Entity):
    """A collection of the city as all readers of the bank have it, under the same uuid. What was taken off is
    left out when it is read, by the card alone.
    """

    published = True
    privacy = Privacy(
        basis="Не персональные данные: практики банка со словами методиста",
        keep=by_case("Пока методист показывает", "методист убирает её с первой страницы банка"),
    )

    title = plain(models.CharField("название", max_length=LONGEST_TITLE))
    text = plain(models.CharField("о чём она", max_length=LONGEST_TEXT, blank=True))
    stored = plain(models.JSONField("практики и заметки", default=list))

    class Meta:
        verbose_name = "показанная подборка практик"

    def __str__(self) -> str:
        return self.title

    @property
    def items(self) -> list[Item]:
        return items_in(self.stored)
