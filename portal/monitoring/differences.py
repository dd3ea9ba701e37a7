"""When a declared number differs from the counted one so much that it must be explained (SM-11b)."""

from collections.abc import Mapping

TOLERANCE = 0.05


def needs_words(counted: Mapping[str, int | None], declared: Mapping[str, int | None]) -> bool:
    """True when any figure differs by more than five percent of the counted one. What was not counted needs no words."""
    return any(_differs(number, declared.get(key)) for key, number in counted.items() if number is not None)


def _differs(counted: int, declared: int | None) -> bool:
    return declared is not None and abs(declared - counted) > TOLERANCE * counted
