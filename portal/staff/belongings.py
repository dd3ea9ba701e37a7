"""What of a card may turn out to be somebody else's: chosen when one card is divided into two. Rooms above
say what they keep of a person (`BELONGINGS` in their `room.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from portal.core.wiring import Slot
from portal.staff.models import Person


@dataclass(frozen=True)
class Belonging:
    """One thing in words, and the rows that go with it: each with the name of its key to the person."""

    words: str
    rows: tuple[tuple[Model, str], ...]

    @property
    def key(self) -> str:
        first, _ = self.rows[0]
        return f"{first._meta.label_lower}:{first.pk}"


def named(row: Any, name: str = "person", words: str = "") -> Belonging:
    """A row that goes by itself."""
    kind = capfirst(str(row._meta.verbose_name))
    return Belonging(f"{kind}: {words}" if words else kind, ((row, name),))


Keeps = Callable[[Person], list[Belonging]]
BELONGINGS: Slot[Keeps] = Slot()


def belongings_of(person: Person) -> list[Belonging]:
    """Work first, then what other rooms keep."""
    return [*_of_staff(person), *(one for keeps in BELONGINGS for one in keeps(person))]


def may_be_two(person: Person) -> bool:
    """Whether there is something to divide: each of two people has worked here or was a guest."""
    return len(person.employments.all()) + len(person.stays.all()) > 1


def _of_staff(person: Person) -> list[Belonging]:
    work = [
        named(one, words="; ".join([one.words, *(post.title for post in one.posts)]))
        for one in person.employments.order_by("started_on", "pk")
    ]
    away = [named(one, words=one.words) for one in person.absences.order_by("started_on", "pk")]
    visits = [named(one, words=one.words) for one in person.stays.order_by("started_on", "pk")]
    agreed = [named(one, words=one.words) for one in person.consents.order_by("pk")]
    return [*work, *visits, *away, *agreed]
