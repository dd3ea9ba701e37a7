"""The order of the first answers to a question by their words and by their meaning together.

What matches, how many there are and what is counted of them is the rule of the words alone. Of the first
`FIRST` answers the fit by words, as a share of the best, and the nearness by meaning are added; those that
hold all words stay before the others. The answers behind them keep their order, so a page is a page of one
order whatever its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np

from portal.search.engine import Hit

FIRST = 200
MEANING = 0.6
FAR, NEAR = 0.77, 0.92
"""Cosines of texts that have nothing in common, and of the nearest: the model gives no others. Like
`MEANING` tuned by the odd questions of two collections, judged by the even ones (docs/adr/0048).
"""


def mixed(hits: Sequence[Hit], whole: int, near: Mapping[UUID, float], share: float = MEANING) -> list[Hit]:
    """The hits in their common order; `whole`: how many of the first hold all words. A document that has no
    vector yet stands by its words alone.
    """
    best = max((hit.score for hit in hits), default=0) or 1
    fit = np.array([hit.score / best for hit in hits], np.float64)
    known = [(near[hit.uuid] - FAR) / (NEAR - FAR) if hit.uuid in near else None for hit in hits]
    meant = np.array([words if one is None else one for one, words in zip(known, fit, strict=True)])
    worth = (1 - share) * fit + share * np.clip(meant, 0, None)
    has_all = np.arange(len(hits)) < whole
    return [hits[place] for place in np.lexsort((np.arange(len(hits)), -worth, ~has_all))]
