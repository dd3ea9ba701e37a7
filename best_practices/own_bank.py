"""What follows the bank for one person: the address of a feed, which a program reads without signing in, and
the link that ends letters.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.http import urlencode

from best_practices.models import BankPractice
from best_practices.questions import Asked
from portal.accounts import feeds
from portal.accounts.models import Membership, User
from portal.accounts.permissions import permissions_of
from portal.core.actor import Actor
from portal.core.reading import weighing
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


def searches_like(card: BankPractice) -> list[tuple[str, str]]:
    """What of a card one may want to hear news of, each with the form that saves such a search: its
    nomination, its subjects, its authors.
    """
    kinds = [(f"Новое в номинации «{card.get_nomination_display()}»", {"nomination": card.nomination})]
    kinds += [(f"Новое о предмете: {subject}", {"subject": subject}) for subject in card.subjects]
    names = [str(author["full_name"]) for author in card.authors]
    kinds += [(f"Новое у автора: {name}", {"q": name}) for name in names]
    form = city_url("own_bank:search_new")
    return [(label, f"{form}?{urlencode(query)}") for label, query in kinds]


_STOPS = Signer(salt="best_practices.news", sep=".")


def stop_key(person: User) -> str:
    """What stands in the link of a letter that ends such letters: it can do nothing else."""
    return _STOPS.sign(person.pk.hex)


def who_stops(key: str) -> User | None:
    """Whose letters the link ends."""
    try:
        pk = UUID(_STOPS.unsign(key))
    except (BadSignature, ValueError):
        return None
    with weighing():
        return User.objects.filter(pk=pk).first()


def feed_address(person: User | None, asked: Asked) -> str:
    """Where a program reads what is new of this question; empty while the person has no such address."""
    key = feeds.key_of(person) if person is not None else ""
    return outward(with_question(city_url("own_bank:read_feed", key), asked)) if key else ""


def ways_to_follow(person: User | None, asked: Asked) -> dict[str, Any]:
    """What a page of answers leads to: the own feed of this question, if there is one, the pages where a feed
    and letters are asked for.
    """
    return {
        "feed": feed_address(person, asked),
        "following_url": own_page("own_bank:feed", asked),
        "save_url": own_page("own_bank:search_new", asked),
        "catalogue_url": own_page("own_bank:catalogue_new", asked),
    }
