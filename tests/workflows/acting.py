"""The people of school 5 for tests of mentoring, on a day in autumn."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import DomainError
from tenants.context import in_city

KEYS = ("anna", "boris", "vera", "zhanna", "irina", "lev", "kira", "gleb")
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
_ACTORS: dict[str, Actor] = {}


@pytest.fixture
def in_school5(school5: Any, inside: Any, actor: Callable[..., Actor]) -> Any:
    """Everything happens inside school 5."""
    for key in KEYS:
        _ACTORS[key] = actor(key, school5)
    with inside(school5), clock.at(NOW):
        yield


def of_school5(actors: dict[str, Actor]) -> None:
    """The same people for a test that goes in and out of the school by itself."""
    _ACTORS.update(actors)


def who(key: str) -> Actor:
    """One of the cast as an actor of school 5; «time» is the portal itself."""
    return Actor.system(school=_ACTORS["anna"].school) if key == "time" else _ACTORS[key]


def refused(error: type[DomainError], code: str, call: Callable[[], Any]) -> None:
    """The call is refused with this code."""
    with pytest.raises(error) as caught:
        call()
    assert caught.value.code == code, caught.value.sentence


class Visitor:
    """A signed-in browser for tests that stand inside a school: its requests come from outside, as they do in
    life.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, url: str, **more: Any) -> Any:
        with in_city():
            return self._client.get(url, **more)


@pytest.fixture
def visits(as_: Callable[[str], Client]) -> Callable[[str], Visitor]:
    """`visits("vera").get(url)`."""

    def sign_in(key: str) -> Visitor:
        with in_city():
            return Visitor(as_(key))

    return sign_in
