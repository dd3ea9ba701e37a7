"""«Сначала доказанные»: the rungs of evidence one after another, each in its usual order, from whichever
engine answers. The engines know nothing of rungs: a rung is a value of a facet.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from best_practices.evidence import Grade
from portal.search.engine import Found, Hit, Query

PROVED = "proved"
FACET = "evidence"


def proved_first(query: Query, search: Callable[[Query], Found]) -> Found:
    """One question for what fits and how much of it stands on each rung, then one for each rung that the page
    touches: two mostly.
    """
    whole = search(query)
    hits: list[Hit] = []
    for rung, offset, limit in _parts(whole, query):
        narrowed = {**query.filters, FACET: [rung]}
        part = replace(query, filters=narrowed, offset=offset, limit=limit, counts_facets=False)
        hits.extend(search(part).hits)
    return replace(whole, hits=hits)


def _parts(whole: Found, query: Query) -> Iterator[tuple[str, int, int]]:
    """Rungs from the highest down: which of each stand on this page."""
    skipped, left = query.offset, query.limit
    for rung, number in _rungs(whole, query.filters.get(FACET, ())):
        offset = min(skipped, number)
        taken = min(number - offset, left)
        skipped, left = skipped - offset, left - taken
        if taken:
            yield rung, offset, taken


def _rungs(whole: Found, picked: Sequence[str]) -> list[tuple[str, int]]:
    counted = {count.value: count.number for count in whole.facets.get(FACET, [])}
    wanted = [str(grade) for grade in reversed(Grade) if not picked or grade in picked]
    return [(rung, counted[rung]) for rung in wanted if counted.get(rung)]
