"""When a declared number differs from the counted one so much that it must be explained (SM-11b)."""

from collections.abc import Mapping

TOLERANCE = 0.05


def needs_words(counted: Mapping[str, int | None], declared: Mapping[str, int | None]) -> bool:
    """True when any figure differs by more than five percent of the counted one, or was written by hand for
    want of a counted one.
    """
    return any(_differs(counted.get(key), number) for key, number in declared.items())


def _differs(counted: int | None, declared: int | None) -> bool:
    return declared is not None and (counted is None or abs(declared - counted) > TOLERANCE * counted)
