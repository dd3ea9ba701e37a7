"""Whom the city must not ask to judge a practice: its authors, and those with whom an author was in a pair or
a programme of three years.

Pairs are known above this room, so that room gives them (`PARTNERS`). The list leaves with the hand-over as
bare numbers, without reasons (decisions.md).
"""

import datetime as dt
from collections.abc import Callable, Iterable

from portal.core import clock
from portal.core.wiring import Slot
from portal.school_practices.models import SchoolPractice
from portal.staff.models import Person

YEARS = 3
Partners = Callable[[list[Person], dt.date], Iterable[Person]]
PARTNERS: Slot[Partners] = Slot()
"""A room above says with whom the given people have worked since the day."""


def since() -> dt.date:
    """The first day of the three years."""
    today = clock.today()
    return today.replace(year=today.year - YEARS, day=min(today.day, 28))


def not_to_ask(practice: SchoolPractice) -> list[Person]:
    """Those of them who have an account, by name."""
    authors = [authorship.person for authorship in practice.authorships.select_related("person")]
    found = {person.pk: person for partners in PARTNERS for person in partners(authors, since())}
    found |= {author.pk: author for author in authors}
    return sorted(
        (person for person in found.values() if person.user), key=lambda person: (person.name_key, person.pk)
    )
