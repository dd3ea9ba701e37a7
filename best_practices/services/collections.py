"""A teacher gathers cards for later, the methodist gathers them for the city; one set of acts for both."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from best_practices.collecting import can_edit_city_collections
from best_practices.models import BankPractice, Collection, ShownCollection
from best_practices.models.collections import LONGEST_NOTE, Item
from best_practices.readers import person_of, teacher
from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible

MOST_COLLECTIONS, MOST_CARDS = 30, 60
UP, DOWN, AWAY, NOTE = "up", "down", "away", "note"
ACTS = (UP, DOWN, AWAY, NOTE)


@transaction.atomic
def make_collection(*, title: str, text: str = "", of_city: bool = False, by: Actor) -> Collection:
    """Empty. The same name once more is the collection that is there already. Raises Forbidden, Invalid at
    `title`.
    """
    if of_city and not can_edit_city_collections(by):
        raise Forbidden("Подборки города собирает методист.")
    if not of_city:
        refuse_strangers(by)
    user = person_of(by)
    owner = None if of_city else user
    own, named = Collection.objects.filter(user=owner), _named(title)
    if (found := own.filter(title=named).first()) is not None:
        return found
    if len(own.values_list("pk")) >= MOST_COLLECTIONS:
        raise Invalid("many", f"Подборок уже {MOST_COLLECTIONS}. Удалите те, что больше не нужны.", "title")
    return Collection.objects.create(user=owner, title=named, text=text.strip(), created_by=user.pk)


def refuse_strangers(by: Actor) -> None:
    """Raises Forbidden for whoever does not read the bank."""
    if by.school is not None or not by.can("city_bank:read"):
        teacher(by)


@transaction.atomic
def change_collection(
    collection: Collection, *, title: str, text: str = "", by: Actor, version: int | None = None
) -> Collection:
    """Its name, and what it is about. Raises NotVisible, Stale, Invalid at `title`."""
    row = _own(collection, by, version)
    named, said = _named(title), text.strip()
    if (row.title, row.text) != (named, said):
        row.title, row.text = named, said
        row.save_change("title", "text")
        _renew(row)
    return row


@transaction.atomic
def delete_collection(collection: Collection, *, by: Actor) -> None:
    """No trace of it is kept. Raises NotVisible."""
    row = _own(collection, by)
    ShownCollection.objects.filter(uuid=row.uuid).delete()
    row.delete()


@transaction.atomic
def put_card(collection: Collection, card: BankPractice, *, note: str = "", by: Actor) -> Collection:
    """At the end; a card that is there already keeps its place and gets the new note, if there is one. Raises
    NotVisible, Conflict (full), Invalid at `note`.
    """
    row, said = _own(collection, by), _noted(note)
    items, new = row.items, Item(card.practice, card.title, said)
    if any(one.practice == card.practice for one in items):
        return _arrange(row, [new if one.practice == card.practice and said else one for one in items])
    if len(items) >= MOST_CARDS:
        raise Conflict("full", f"В подборке уже {MOST_CARDS} практик: начните ещё одну.")
    return _arrange(row, [*items, new])


@transaction.atomic
def arrange_card(
    collection: Collection, practice: str, act: str, *, note: str = "", by: Actor, version: int | None = None
) -> Collection:
    """A card goes one place up or down, goes away, or gets another note. Raises NotVisible, Stale, Invalid at
    `note`, Conflict (no such card or act).
    """
    row = _own(collection, by, version)
    items = row.items
    place = next((place for place, one in enumerate(items) if str(one.practice) == practice), None)
    if place is None or act not in ACTS:
        raise Conflict("no_card", "Этой практики в подборке уже нет.")
    one = items.pop(place)
    if act == NOTE:
        items.insert(place, Item(one.practice, one.title, _noted(note)))
    elif act != AWAY:
        items.insert(max(place - 1, 0) if act == UP else place + 1, one)
    return _arrange(row, items)


@transaction.atomic
def fill_collection(
    collection: Collection,
    practices: Sequence[tuple[UUID, str]],
    *,
    by: Actor,
    version: int | None = None,
) -> Collection:
    """These practices with their notes, in this order, and no others; each stands in the bank, or stood there
    when it was put in. Raises NotVisible, Stale, Invalid at `practices`, at `note`.
    """
    row = _own(collection, by, version)
    standing = BankPractice.objects.filter(practice__in=[practice for practice, _ in practices])
    titles = {one.practice: one.title for one in row.items} | dict(standing.values_list("practice", "title"))
    if any(practice not in titles for practice, _ in practices):
        raise Invalid("no_practice", "Одной из этих практик в банке нет.", "practices")
    if len(practices) > MOST_CARDS:
        raise Invalid("full", f"В подборке помещается {MOST_CARDS} практик.", "practices")
    once = {practice: Item(practice, titles[practice], _noted(note)) for practice, note in practices}
    return _arrange(row, list(once.values()))


@transaction.atomic
def show_collection(
    collection: Collection, *, show: bool, by: Actor, version: int | None = None
) -> Collection:
    """On the front page of the bank, or off it. Raises Forbidden, Stale, Conflict (empty)."""
    if not collection.is_of_city or not can_edit_city_collections(by):
        raise Forbidden("На первую страницу банка методист выносит подборки города.")
    row = _own(collection, by, version)
    if show and not row.stored:
        raise Conflict("empty", "В подборке пока нет практик: показывать нечего.")
    if row.is_shown != show:
        row.is_shown = show
        row.save_change("is_shown")
        audit.record(by, "collection_shown" if show else "collection_hidden", row)
        _renew(row)
    return row


def _arrange(row: Collection, items: list[Item]) -> Collection:
    """Writes the order; the same one changes nothing."""
    stored = [one.stored for one in items]
    if row.stored != stored:
        row.stored = stored
        row.save_change("stored")
        _renew(row)
    return row


def _renew(row: Collection) -> None:
    if not row.is_of_city or not row.is_shown:
        ShownCollection.objects.filter(uuid=row.uuid).delete()
        return
    told = {"title": row.title, "text": row.text, "stored": row.stored}
    ShownCollection.objects.update_or_create(uuid=row.uuid, defaults=told)


def _own(collection: Collection, by: Actor, version: int | None = None) -> Collection:
    row: Collection = lock(Collection, collection.pk)
    mine = can_edit_city_collections(by) if row.is_of_city else by.is_person(row.user_id)
    if not mine:
        raise NotVisible
    row.check_version(version)
    return row


def _named(title: str) -> str:
    """Raises Invalid at `title`."""
    named = " ".join(title.split())
    if not named:
        raise Invalid("empty", "Назовите подборку.", "title")
    return named


def _noted(note: str) -> str:
    """Raises Invalid at `note`."""
    said = " ".join(note.split())
    if len(said) > LONGEST_NOTE:
        raise Invalid("long", f"Сократите до {LONGEST_NOTE} знаков: сейчас {len(said)}.", "note")
    return said
