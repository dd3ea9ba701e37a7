"""Two engines, one rule: over 540 documents they find, count and order alike, and fit alike."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from itertools import product

import pytest
from django.db import connection
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from portal.search.elastic import mapping
from portal.search.elastic.engine import ElasticReader
from portal.search.engine import BY_FIT, NEWEST, TAGS_WEIGHT, Document, Engine, Found, Query, Text
from portal.search.postgres import PostgresEngine
from tests.search import xquad
from tests.search.elastic_node import Node

pytestmark = [pytest.mark.shared_data, pytest.mark.elasticsearch]

MORE = 300
"""Documents made of sentences of the collection, so that words stand in many."""
FILTERS: list[dict[str, list[str]]] = [
    {},
    {"subject": ["физика"]},
    {"subject": ["физика", "music: хор"], "level": ["1"]},
    {"level": ["1", "2"], "subject": ["nobody has it"]},
]
ASKED = [
    "",
    "молодой специалист",
    "ФГОС",
    "наставник школа",
    "настовничество",
    "-школа",
    "история -город",
    'год -"в году"',
    '"северная америка"',
    '"северная америка" город',
    "jrtfy",
    "гшщзх фывапр",
    "и в на",
    "класс",
    "в котором году была построена церковь святого павла и сколько человек работало",
]


def collection() -> list[Document]:
    """Every document has a day that others have too, values of two facets, and a title or none."""
    chance = random.Random(11)
    given = xquad.documents()
    sentences = [part for one in given for part in one.fields["body"].text.split(". ") if part]
    for number in range(MORE):
        text = ". ".join(chance.sample(sentences, chance.randint(1, 6)))
        given.append(Document(uuid.uuid5(uuid.NAMESPACE_OID, f"made {number}"), "", {"body": Text(text)}))
    return [_with_facets(one, chance) for one in given]


def _with_facets(one: Document, chance: random.Random) -> Document:
    words = (one.fields["body"].text + " без других слов").split()
    return Document(
        one.uuid,
        " ".join(chance.sample(words, 3)) if chance.random() < 0.5 else "",
        {**one.fields, "tags": Text(" ".join(chance.sample(words, 2)), TAGS_WEIGHT)},
        {
            "subject": chance.sample(["физика", "music: хор", "труд"], chance.randint(0, 2)),
            "level": [chance.choice("123")],
        },
        dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(40)),
    )


def load(client: Elasticsearch, name: str, postgres: PostgresEngine, documents: list[Document]) -> None:
    client.indices.create(index=name, settings=mapping.settings(0), mappings=mapping.mappings())
    numbers = dict(postgres.document._default_manager.values_list("uuid", "id"))
    bulk(
        client,
        (
            {"_index": name, "_id": str(one.uuid), "_source": mapping.body_of(one, numbers[one.uuid])}
            for one in documents
        ),
        refresh=True,
    )


@pytest.fixture
def both(engine: PostgresEngine, node: Node) -> Iterator[tuple[PostgresEngine, ElasticReader]]:
    name, documents = f"conformance-{uuid.uuid4().hex}", collection()
    engine.index(documents)
    with connection.cursor() as cursor:
        for table in engine.tables.values():
            cursor.execute(f"ANALYZE {table}")
    with node.client() as client:
        load(client, name, engine, documents)
        yield engine, ElasticReader(engine, client, name)
        client.indices.delete(index=name)


def questions() -> list[str]:
    """Questions of the collection; phrases of its texts, words left out, one word alone."""
    chance = random.Random(3)
    texts = [one.fields["body"].text.split() for one in xquad.documents()]
    asked = list(ASKED)
    for words in chance.sample(texts, 20):
        at = chance.randrange(len(words) - 4)
        asked += [
            f'"{" ".join(words[at : at + 3])}"',
            f"{words[at]} {words[at + 1]} -{words[at + 3]}",
            words[at],
        ]
    return [*asked, *(one.text for one in xquad.questions()[::16])]


def test_both_look_only_among_those_that_are_named(both: tuple[PostgresEngine, ElasticReader]) -> None:
    postgres, elastic = both
    named = frozenset(one.uuid for one in collection()[::7])
    for text in ("", "год", "наставник школа", '"северная америка" город', "год -город"):
        query = Query(text, FILTERS[1], 0, 200, NEWEST, among=named)
        here, there = postgres.search(query), elastic.search(query)
        assert [hit.uuid for hit in here.hits] == [hit.uuid for hit in there.hits], text
        assert {hit.uuid for hit in here.hits} <= named
        assert (here.total, here.facets, here.whole) == (there.total, there.facets, there.whole), text
    assert postgres.search(Query("год", among=named)).total > 0


def everything(engine: Engine | ElasticReader, query: Query) -> tuple[Found, list[uuid.UUID]]:
    """The first page as it is answered, and all answers, page by page."""
    first = engine.search(query)
    found = [hit.uuid for hit in first.hits]
    while len(found) < first.total:
        page = Query(query.text, query.filters, len(found), 200, query.order, query.as_typed, False)
        more = [hit.uuid for hit in engine.search(page).hits]
        assert more, f"{query}: {len(found)} of {first.total}"
        found += more
    return first, found


def test_both_find_count_and_order_alike(both: tuple[PostgresEngine, ElasticReader]) -> None:
    """To the document: what matches, totals, how many hold all the words, facets, the newest first, what is
    shown of a hit.
    """
    postgres, elastic = both
    differences = []
    for number, (text, order) in enumerate(product(questions(), (NEWEST, BY_FIT))):
        query = Query(text, FILTERS[number % len(FILTERS)], 0, 200, order)
        (here, in_order), (there, in_other) = everything(postgres, query), everything(elastic, query)
        if order == BY_FIT:
            assert len(in_other) == len(set(in_other))
            in_order, in_other = sorted(in_order), sorted(in_other)
        marks = [{hit.uuid: (hit.title, hit.highlights) for hit in one.hits} for one in (here, there)]
        same = {uuid for uuid in marks[0] if uuid in marks[1]}
        for what, one, other in (
            ("documents", in_order, in_other),
            ("total", here.total, there.total),
            ("whole", here.whole, there.whole),
            ("facets", here.facets, there.facets),
            ("understood", here.understood, there.understood),
            ("marks", [marks[0][one] for one in same], [marks[1][one] for one in same]),
        ):
            if one != other:
                differences.append((query, what, str(one)[:200], str(other)[:200]))
    assert not differences, f"{len(differences)} differ: {differences[:3]}"


def test_both_fit_alike(both: tuple[PostgresEngine, ElasticReader]) -> None:
    """The top ten of both have nine in common, and are as good."""
    asked = xquad.questions()[::8]
    tops = [
        [[hit.uuid for hit in engine.search(Query(one.text, limit=10)).hits] for one in asked]
        for engine in both
    ]
    shared = [
        len(set(here) & set(there)) / max(len(here), len(there))
        for here, there in zip(*tops, strict=True)
        if here or there
    ]
    assert sum(shared) / len(shared) >= 0.9
    here, there = (
        sum(xquad.ndcg(found, one.relevant) for found, one in zip(top, asked, strict=True)) / len(asked)
        for top in tops
    )
    assert abs(here - there) <= 0.01
