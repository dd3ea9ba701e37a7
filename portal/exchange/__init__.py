"""Letters between contours."""

from portal.exchange.letters import (
    KINDS,
    RECEIVERS,
    Direction,
    Letter,
    LetterKind,
    Misdirected,
    Payload,
    receives,
    register,
    rewrite,
    send,
)

__all__ = [
    "KINDS",
    "RECEIVERS",
    "Direction",
    "Letter",
    "LetterKind",
    "Misdirected",
    "Payload",
    "receives",
    "register",
    "rewrite",
    "send",
]
