"""Who presses in school 5, and the way into it."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.core.actor import Actor


@pytest.fixture
def who(school5: Any, actor: Callable[..., Actor]) -> Callable[[str], Actor]:
    actors = {key: actor(key, school5) for key in ("anna", "boris", "vera", "zhanna", "irina", "lev", "kira")}
    return lambda key: actors[key]


@pytest.fixture
def inside5(school5: Any, inside: Any) -> Callable[[], Any]:
    return lambda: inside(school5)
