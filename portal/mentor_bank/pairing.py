"""What this room asks of pairs, which are made above it (`mentoring`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from portal.core.actor import Actor
from portal.core.asked import Asked
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.staff.models import Person


@dataclass(frozen=True)
class Pairs:
    """Of mentors and of needs.

    `load`: the number of open pairs as an annotation of rows whose person is reached by the name;
    `leads_any`, `grew_any`: whether a pair is open that this card leads, that grew from this need;
    `works_with_any`: whether the mentor of this card works in a pair that its order has made;
    `refused`: mentors with whom it has not come together for this need;
    `of_mentor`, `of_need`: the pairs that the reader may see.
    """

    load: Callable[[str], Count]
    leads_any: Callable[[MentorCard], bool]
    works_with_any: Callable[[MentorCard], bool]
    grew_any: Callable[[MenteeNeed], bool]
    refused: Callable[[MenteeNeed], set[int]]
    of_mentor: Callable[[Person, Actor], Iterable[Any]]
    of_need: Callable[[MenteeNeed, Actor], Iterable[Any]]


PAIRS = Asked[Pairs]("which pairs there are")
