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
    vector yet is taken to be as near as its words promise beside the others: a bank of which half is learnt
    is ordered no worse than by words.
    """
    best = max((hit.score for hit in hits), default=0) or 1
    fit = np.array([hit.score / best for hit in hits], np.float64)
    meant = (np.array([near.get(hit.uuid, np.nan) for hit in hits], np.float64) - FAR) / (NEAR - FAR)
    meant = np.clip(meant, 0, None)
    is_known = ~np.isnan(meant)
    promised = meant[is_known].sum() / (fit[is_known].sum() or 1) if is_known.any() else 1.0
    worth = (1 - share) * fit + share * np.where(is_known, meant, fit * promised)
    has_all = np.arange(len(hits)) < whole
    return [hits[place] for place in np.lexsort((np.arange(len(hits)), -worth, ~has_all))]
