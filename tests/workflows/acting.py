"""The people of school 5 for tests of mentoring, on a day in autumn."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import DomainError

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


def who(key: str) -> Actor:
    """One of the cast as an actor of school 5; «time» is the portal itself."""
    return Actor.system(school=_ACTORS["anna"].school) if key == "time" else _ACTORS[key]


def refused(error: type[DomainError], code: str, call: Callable[[], Any]) -> None:
    """The call is refused with this code."""
    with pytest.raises(error) as caught:
        call()
    assert caught.value.code == code, caught.value.sentence
