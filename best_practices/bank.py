"""The published bank: putting a card in, taking it off. Called inside the transition that decides it."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from best_practices import search
from best_practices.counted import count_once, recount, tell_adopters
from best_practices.following import tell_second_engine
from best_practices.learning import learn_later
from best_practices.models import BankPractice, Practice, PracticeNumber
from best_practices.verdict import verdict
from portal.core import clock
from portal.core.actor import Actor
from portal.search.engine import Document


def next_code() -> str:
    """ЛП-2026-0001: a number of its own for each calendar year, given under a lock."""
    year = clock.today().year
    PracticeNumber.objects.get_or_create(year=year)
    row = PracticeNumber.objects.select_for_update().get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"ЛП-{year}-{row.last:04d}"


def put_in(practice: Practice, by: Actor) -> BankPractice:
    """Make the card from the frozen revision and index it; publishing again replaces the card and keeps its
    number.
    """
    text, result = practice.text, verdict(practice)
    fields = {
        "code": practice.code,
        "revision": practice.revision,
        "title": text.title,
        "annotation": text.annotation,
        "nomination": text.nomination,
        "form": text.form,
        "kinds": text.kinds,
        "subjects": text.subjects,
        "content": practice.content,
        "authors": practice.authors,
        "school_name": practice.school.short_name,
        "school_number": practice.school.number,
        "published_on": clock.today(),
        "signs": {"mean": result.mean},
        "archived_on": None,
        "created_by": by.user,
    }
    before = BankPractice.every.filter(practice=practice.practice).first()
    if before is not None and before.archived_on is not None:
        fields["created_at"] = clock.now()  # it is new in the bank once more
    card, _ = BankPractice.every.update_or_create(practice=practice.practice, defaults=fields)
    tell_adopters(card)
    recount(card.practice)
    search.MEANING.forget([card.uuid])
    learn_later(by)
    return card


def take_off(practice: Practice) -> None:
    """The card and its traces in the index are gone for readers: its address says that it was taken off.
    The text and its authors are erased; adoptions and their figures stay. Harmless when it was never there.
    """
    card = BankPractice.objects.filter(practice=practice.practice).first()
    if card is not None:
        count_once(card)
        search.ENGINE.remove([card.uuid])
        search.MEANING.forget([card.uuid])
        _empty(card)
        tell_second_engine(Actor.system())


def _empty(card: BankPractice) -> None:
    erased: dict[str, Any] = {"annotation": "", "content": {}, "authors": [], "subjects": [], "kinds": []}
    for name, value in {**erased, "archived_on": clock.today()}.items():
        setattr(card, name, value)
    card.save_change(*erased, "archived_on")


class Cards:
    """What the bank's index is made of (`portal.search.postgres_rebuild.Source`)."""

    def uuids(self) -> list[UUID]:
        return list(BankPractice.objects.order_by("pk").values_list("uuid", flat=True))

    def documents(self, uuids: Sequence[UUID]) -> list[Document]:
        return list(search.documents_of(uuids))

    def renumbered(self, uuids: Collection[UUID]) -> None:
        """All documents have other numbers: the second engine orders equals by them, so it hears of all."""
        search.OUTBOX.renew(uuids)
        tell_second_engine(Actor.system())
