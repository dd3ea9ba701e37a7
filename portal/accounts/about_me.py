"""What rooms say of the reader on the page «Мои данные и кто их смотрел»."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from portal.accounts.request import PortalRequest
from portal.core.wiring import Slot


@dataclass(frozen=True)
class Part:
    """A part of the page: its template, and what it says. `of_account`: below what is kept for signing in."""

    template: str
    facts: dict[str, Any] = field(default_factory=dict)
    of_account: bool = False


AboutMe = Callable[[PortalRequest], Part | None]
PARTS: Slot[AboutMe] = Slot()


def parts_for(request: PortalRequest) -> list[Part]:
    """What the rooms say, in their order."""
    return [part for ask in PARTS if (part := ask(request)) is not None]
