"""Collections of cards: whose they are, and what of them stands in the bank now."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from best_practices.models import BankPractice, Collection, ShownCollection
from best_practices.models.collections import Item
from portal.core.actor import Actor
from portal.core.errors import NotVisible


def can_edit_city_collections(by: Actor) -> bool:
    return by.school is None and by.can("practice:lead")


def collections_of(by: Actor) -> QuerySet[Collection]:
    """The person's own, and the city's for the methodist: those last, by title."""
    if by.user is None or by.school is not None:
        return Collection.objects.none()
    of_city = Q(user=None) if can_edit_city_collections(by) else Q(pk__in=())
    return Collection.objects.filter(Q(user=by.user) | of_city).order_by("user", "title", "pk")


def collection_for(by: Actor, uuid: UUID) -> Collection:
    """One's own, or the city's for the methodist. Raises NotVisible."""
    found = collections_of(by).filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class Placed:
    """A card of a collection with its note; no card when the practice was taken off."""

    item: Item
    card: BankPractice | None

    @property
    def title(self) -> str:
        return self.card.title if self.card is not None else self.item.title


def placed(items: Iterable[Item]) -> list[Placed]:
    """In the order of the collection, those that were taken off among them; one question."""
    rows = list(items)
    standing = BankPractice.objects.filter(practice__in=[one.practice for one in rows])
    cards = {card.practice: card for card in standing}
    return [Placed(one, cards.get(one.practice)) for one in rows]


@dataclass(frozen=True)
class ShownNow:
    """A collection of the city with those of its cards that stand in the bank."""

    collection: ShownCollection
    cards: list[Placed]


def shown_collections(by: Actor) -> list[ShownNow]:
    """The last shown first, for whoever reads the bank; two questions. Empty ones are not shown."""
    rows = list(ShownCollection.objects.order_by("-created_at", "-pk"))
    return [one for one in _standing(by, rows) if one.cards]


def shown_collection_for(by: Actor, uuid: UUID) -> ShownNow:
    """One of them. Raises NotVisible."""
    found = list(ShownCollection.objects.filter(uuid=uuid))
    reads = by.can("bank:read") or by.can("city_bank:read")
    if not found or not reads:
        raise NotVisible
    return _standing(by, found)[0]


def _standing(by: Actor, rows: list[ShownCollection]) -> list[ShownNow]:
    wanted = {item.practice for row in rows for item in row.items}
    standing = BankPractice.objects.visible_to(by).filter(practice__in=wanted)
    cards = {card.practice: card for card in standing}
    return [
        ShownNow(row, [Placed(item, cards[item.practice]) for item in row.items if item.practice in cards])
        for row in rows
    ]
