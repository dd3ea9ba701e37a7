"""What Elasticsearch keeps of a document: nothing that can be read back, only what is asked.

Words come cut and in their dictionary form (`portal.search.text`), so a node needs no analysis but
`whitespace`. A text stands as often as it weighs: Elasticsearch's own BM25 then counts as PostgreSQL does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from elasticsearch import dsl

from portal.search.engine import FARTHEST, Document
from portal.search.postgres_index import facet_term
from portal.search.text import content_tokens, lemma, prefix_key

LEMMAS, PREFIXES, FACETS, DAY, NUMBER = "lemmas", "prefixes", "facets", "day", "no"
FORM = 1
"""Grows with every change of what is sent: an index of another form that was begun is not gone on with."""
KEPT_REMOVALS = "1d"
"""How long a removed document's version is remembered: an older write that comes later is refused."""
_LONGEST_PAGE = 200


class Indexed(dsl.Document):
    """A document of the index; its id is the uuid. `no`: its number in PostgreSQL, by which equals stand in
    one order in both engines. `lemmas`: each text as often as it weighs, with places for phrases. `prefixes`:
    the first letters of the same words. `facets`: "=facet:value".
    """

    no = dsl.Long()
    day = dsl.Date(format="strict_date")
    facets = dsl.Keyword()
    lemmas = dsl.Text(analyzer="whitespace")
    prefixes = dsl.Text(analyzer="whitespace", index_options="freqs")

    class Meta:
        dynamic = dsl.MetaField("strict")
        _source = dsl.MetaField(enabled=False)


def settings(replicas: int) -> dict[str, Any]:
    """One shard, so that the frequencies of words are those of the whole index."""
    return {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",  # whoever writes says when it is to be shown
        "gc_deletes": KEPT_REMOVALS,
        "max_result_window": FARTHEST + _LONGEST_PAGE,
    }


def mappings() -> Mapping[str, Any]:
    return {**Indexed._doc_type.mapping.to_dict(), "_meta": {"form": FORM}}


def body_of(document: Document, number: int) -> dict[str, Any]:
    """The document as it is sent. `number`: its id in the PostgreSQL index."""
    lemmas: list[str] = []
    prefixes: list[str] = []
    for text, weight in document.texts.values():
        words = [lemma(token) for token in content_tokens(text)]
        if words:
            lemmas += [" ".join(words)] * weight
            prefixes += [" ".join(map(prefix_key, words))] * weight
    facets = [facet_term(facet, value) for facet, values in document.facets.items() for value in values]
    return {
        NUMBER: number,
        DAY: document.day.isoformat(),
        FACETS: list(dict.fromkeys(facets)),
        LEMMAS: lemmas,
        PREFIXES: prefixes,
    }
