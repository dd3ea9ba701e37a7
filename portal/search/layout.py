"""A Russian query typed with the English keyboard on: «yfcnfdybr» is «наставник»."""

from __future__ import annotations

_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~{}:<>"  # not the double quote: people quote phrases
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю.ёхъжбю"
_MAP = str.maketrans(_ENGLISH, _RUSSIAN)


def as_russian_keys(text: str) -> str:
    """What the same keys print with the Russian layout."""
    return text.lower().translate(_MAP)
