"""The engine over Elasticsearch. How a question is read, what its words weigh and what is shown of a hit come
from PostgreSQL, so both engines answer alike; Elasticsearch finds, counts and orders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from elasticsearch import ApiError, Elasticsearch, TransportError, dsl
from elasticsearch.dsl import query as q

from portal.search import matching
from portal.search.elastic.asking import ORDER_OF_DAYS, ORDER_OF_FIT, Asking, passes
from portal.search.elastic.mapping import FACETS
from portal.search.engine import NEWEST, FacetCount, Found, Hit, Query
from portal.search.postgres import PostgresEngine
from portal.search.postgres_index import FACET_MARK
from portal.search.question import read_question

MOST_VALUES = 10_000
"""Different values of all facets; more would not be counted exactly."""


class NotWhole(Exception):
    """The node has answered for a part of the index only."""


TROUBLES = (ApiError, TransportError, NotWhole)
"""Slow, down, red, not built: whoever asks goes to PostgreSQL."""


@dataclass(frozen=True)
class ElasticReader:
    """Asks the index that stands behind an alias."""

    postgres: PostgresEngine
    client: Elasticsearch
    alias: str

    def search(self, query: Query, gone: Sequence[UUID] = ()) -> Found:
        """`gone`: what is withdrawn and may still stand there; it is neither shown nor counted. Raises what
        the client raises, and NotWhole.
        """
        asked = read_question(query.text, self.postgres, as_typed=query.as_typed)
        if not asked.words and not asked.is_catalogue:
            return Found((), 0, {}, asked.understood, asked=asked)
        known = self.postgres.known(matching.terms_of(asked))
        plan = matching.plan(asked, known)
        if not asked.is_catalogue and not plan.weights:
            return Found((), 0, {}, asked.understood, asked=asked)
        asking = Asking(asked, plan, known)
        answer = self._ask(asking, query, gone)
        whole = answer["aggregations"]["passed"]["whole"]["doc_count"] if plan.is_known else 0
        total = answer["hits"]["total"]["value"]
        return Found(
            self._hits(asking, answer, query),
            total,
            _facets(answer["aggregations"], query),
            asked.understood,
            whole,
            asked,
        )

    def _ask(self, asking: Asking, query: Query, gone: Sequence[UUID]) -> Mapping[str, Any]:
        by_day = query.order == NEWEST or asking.asked.is_catalogue
        filters = {facet: values for facet, values in query.filters.items() if values}
        search = dsl.Search(using=self.client, index=self.alias).query(
            q.Bool(filter=[asking.matches(gone, query.among)], should=[] if by_day else asking.fits())
        )
        search = search.sort(*(ORDER_OF_DAYS if by_day else ORDER_OF_FIT))
        search = search[query.offset : query.offset + query.limit].source(False)
        search = search.extra(track_total_hits=True).params(allow_partial_search_results=False)
        if filters:
            search = search.post_filter(passes(filters))
        passed = search.aggs.bucket("passed", "filter", filter=passes(filters))
        passed.bucket("whole", "filter", filter=asking.holds_all())
        if query.counts_facets:
            passed.bucket("values", "terms", field=FACETS, size=MOST_VALUES)
            for facet in filters:
                but = search.aggs.bucket(f"but:{facet}", "filter", filter=passes(filters, but=facet))
                but.bucket("values", "terms", field=FACETS, size=MOST_VALUES)
        answer: Mapping[str, Any] = search.execute().to_dict()
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise NotWhole(str(answer["_shards"]))
        return answer

    def _hits(self, asking: Asking, answer: Mapping[str, Any], query: Query) -> list[Hit]:
        """Titles and texts come from PostgreSQL: what is gone from there is not shown."""
        scores = {UUID(hit["_id"]): float(hit["_score"] or 0) for hit in answer["hits"]["hits"]}
        hits = [Hit(uuid, asking.fit_of(score), "") for uuid, score in scores.items()]
        return hits if query.is_bare else self.postgres.shown(hits, asking.asked)


def _facets(answer: Mapping[str, Any], query: Query) -> dict[str, list[FacetCount]]:
    """Values of a facet that is filtered are counted without its own filter."""
    if not query.counts_facets:
        return {}
    filtered = {facet for facet, values in query.filters.items() if values}
    counts = [
        *((facet, one) for facet, one in _values(answer["passed"]) if facet not in filtered),
        *(
            (facet, one)
            for name in filtered
            for facet, one in _values(answer[f"but:{name}"])
            if facet == name
        ),
    ]
    by_facet: dict[str, list[FacetCount]] = {}
    for facet, one in sorted(counts, key=lambda item: (item[0], -item[1].number, item[1].value)):
        by_facet.setdefault(facet, []).append(one)
    return by_facet


def _values(bucket: Mapping[str, Any]) -> Iterable[tuple[str, FacetCount]]:
    for value in bucket["values"]["buckets"]:
        facet, _, name = value["key"].removeprefix(FACET_MARK).partition(":")
        yield facet, FacetCount(name, value["doc_count"])
