"""The published bank: putting a card in, taking it off. Called inside the transition that decides it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from best_practices import search
from best_practices.counted import recount
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
        "created_by": by.user,
    }
    card, _ = BankPractice.objects.update_or_create(practice=practice.practice, defaults=fields)
    recount(card.practice)
    search.MEANING.forget([card.uuid])
    learn_later(by)
    return card


def take_off(practice: Practice) -> None:
    """Remove the card and its traces in the index. Harmless when it was never published."""
    card = BankPractice.objects.filter(practice=practice.practice).first()
    if card is not None:
        search.ENGINE.remove([card.uuid])
        search.MEANING.forget([card.uuid])
        card.delete()
        tell_second_engine(Actor.system())


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
