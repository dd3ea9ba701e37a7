"""The questionnaire of professional difficulties: the 30 items of the city and one in own words (domain.md
§7.2; Положение 2.2, 6.1).
"""

from collections.abc import Iterable

from portal.municipality.difficulties import ITEMS

__all__ = ["FREE", "ITEMS", "title", "titles"]

FREE = "free"
"""A difficulty in one's own words stands under this code (decisions.md)."""


def titles(items: Iterable[str], free: str = "") -> list[str]:
    """The items in words; the free one as the person wrote it."""
    known = [ITEMS[item] for item in items if item in ITEMS]
    return [*known, free] if free else known


def title(item: str, free: str = "") -> str:
    """One item in words."""
    return ITEMS.get(item, free or "Своими словами")
