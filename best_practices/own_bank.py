"""What follows the bank for one person: the address of a feed, which a program reads without signing in."""

from collections.abc import Iterable

from django.conf import settings

from best_practices.questions import Asked
from portal.accounts import feeds
from portal.accounts.models import Membership, User
from portal.accounts.permissions import permissions_of
from portal.core.actor import Actor
from tenants.addresses import city_url


def reader_of_bank(person: User, memberships: Iterable[Membership]) -> Actor | None:
    """The person as who reads the bank, whichever place gives the right; None without it."""
    offices = frozenset(membership.office for membership in memberships)
    by = Actor(person.pk, None, offices, permissions_of(offices), via="feed")
    return by if by.can("bank:read") or by.can("city_bank:read") else None


def outward(path: str) -> str:
    """An address as programs and letters have it, with the portal's own name."""
    return f"{settings.PORTAL_URL.rstrip('/')}{path}"


def with_question(path: str, asked: Asked) -> str:
    """The address of a page or a feed, narrowed by a question."""
    return f"{path}?{asked.query}" if asked.query else path


def own_page(name: str, asked: Asked) -> str:
    """A page of the person's own, which stands in the city, about this question."""
    return with_question(city_url(name), asked)


def feed_address(person: User | None, asked: Asked) -> str:
    """Where a program reads what is new of this question; empty while the person has no such address."""
    key = feeds.key_of(person) if person is not None else ""
    return outward(with_question(city_url("own_bank:read_feed", key), asked)) if key else ""
