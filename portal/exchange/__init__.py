"""Letters between contours."""

from portal.exchange.letters import (
    KINDS,
    RECEIVERS,
    Direction,
    Letter,
    LetterKind,
    Misdirected,
    Payload,
    Receiver,
    receives,
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
    "Receiver",
    "receives",
    "rewrite",
    "send",
]
