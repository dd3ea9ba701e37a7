"""What rooms above offer on «Мои сертификаты»: a certificate that a person may ask for now."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.actor import Actor
from portal.core.wiring import Slot


@dataclass(frozen=True)
class Claim:
    """What one would get, in a sentence, and where it is asked for (by POST)."""

    title: str
    text: str
    button: str
    url: str


Claims = Callable[[Actor], Claim | None]
CLAIMS: Slot[Claims] = Slot()


def claims_of(by: Actor) -> list[Claim]:
    """What the actor may ask for, in the order of the rooms."""
    return [claim for ask in CLAIMS if (claim := ask(by)) is not None]
