"""What every page needs of the city and hardly ever changes, kept in each process: which school an address
means (a minute), how the department is called, which subjects there are (until the city changes a fact:
docs/adr/0041). A warm request asks nothing.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid4

from portal.core.entity import one_at_a_time
from tenants.context import in_city
from tenants.models import CityFacts, School, SchoolState

_TTL_SECONDS = 60.0


class _Fact(NamedTuple):
    """An answer, until when it is believed by who does not know the mark, and under which mark it came."""

    until: float
    mark: UUID | None
    answer: Any


_by_code: dict[str, tuple[float, School]] = {}
_facts: dict[str, _Fact] = {}
_mark: ContextVar[UUID | None] = ContextVar("mark_of_the_facts", default=None)
"""The mark that the facts of the city bear, as the present request or job has read it."""
T = TypeVar("T")


def school_by_code(code: str) -> School | None:
    """The open school with this code in the address, or None."""
    known = _by_code.get(code)
    if known and known[0] > time.monotonic():
        return known[1]
    with in_city():
        school = (
            School.objects.filter(code=code)
            .exclude(state__in=[SchoolState.DRAFT, SchoolState.DOCS_SIGNED, SchoolState.ARCHIVED])
            .first()
        )
    if school:
        _by_code[code] = (time.monotonic() + _TTL_SECONDS, school)
    return school


@contextmanager
def facts_of(mark: UUID | None) -> Iterator[None]:
    """Inside, facts are believed only under this mark; without one (nobody has signed in), for a minute."""
    token = _mark.set(mark)
    try:
        yield
    finally:
        _mark.reset(token)


def mark_now() -> UUID | None:
    """The mark that the facts bear, for work that no person with a place begins. Asked as the city."""
    return CityFacts.objects.values_list("mark", flat=True).first()


def remembered(name: str, ask: Callable[[], T]) -> T:
    """A fact of the city, asked once until a fact of the city changes."""
    mark, now = _mark.get(), time.monotonic()
    known = _facts.get(name)
    if known is None or known.mark != mark or (mark is None and known.until <= now):
        known = _facts[name] = _Fact(now + _TTL_SECONDS, mark, ask())
    fact: T = known.answer
    return fact


def facts_changed() -> None:
    """A fact of the city was written in this transaction: who asks after it asks anew, in every process."""
    forget()
    mark = uuid4()
    one_at_a_time("city.facts")
    if not CityFacts.objects.update(mark=mark):
        CityFacts.objects.create(mark=mark)
    if _mark.get() is not None:
        _mark.set(mark)


def forget() -> None:
    """Drop what this process remembers (a school was renamed or its state changed)."""
    _by_code.clear()
    _facts.clear()
