"""What the engine answers is what the rule says, document by document: random small indexes that were changed
in between, random questions, and a reckoning that knows nothing of blocks, numbers or SQL.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest

from portal.search import blocks, matching
from portal.search.engine import NEWEST, Document, Engine, Found, Query, Text
from portal.search.matching import NEAR_SHARE, Known, Plan, Term
from portal.search.postgres import PostgresEngine
from portal.search.postgres_index import analyse
from portal.search.question import Asked, read_question

WORDS = re.findall(
    r"\w+",
    "наставник наставничество наставнический педагог педагогика школьный методический объединение шмо урок "
    "уроки маятник хор вода песок вулкан классный руководитель физика физический опыт python 9 начинающий "
    "молодой специалист учитель",
)
FACETS = {"nomination": ["N1", "N2", "N3"], "form": ["F1", "F2"], "subject": ["S1", "S2", "S3", "S4"]}
QUESTIONS = 14


def a_document(chance: random.Random) -> Document:
    body = ". ".join(" ".join(some(chance, 1, 9)) for _ in range(chance.randint(0, 3)))
    facets = {facet: chance.sample(values, chance.randint(0, 2)) for facet, values in FACETS.items()}
    return Document(
        UUID(int=chance.getrandbits(128)),
        " ".join(some(chance, 0, 2)),
        {"body": Text(body)},
        facets,
        dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(6)),
    )


def some(chance: random.Random, least: int, most: int) -> list[str]:
    """Words, the first of the list far more often: so some of a question are common."""
    weights = [1 / (1 + place) for place in range(len(WORDS))]
    return chance.choices(WORDS, weights, k=chance.randint(least, most))


def a_question(chance: random.Random) -> Query:
    words = some(chance, 0, 5)
    if words and chance.random() < 0.25:
        words[0] = f'"{" ".join([words[0], *some(chance, 0, 1)])}"'
    if chance.random() < 0.25:
        words.append(f"-{chance.choice(WORDS)}")
    if chance.random() < 0.1:
        words.append(f"-«{' '.join(some(chance, 2, 2))}»")
    filters = {
        facet: chance.sample([*values, "нет такого"], chance.randint(1, 2))
        for facet, values in FACETS.items()
        if chance.random() < 0.3
    }
    return Query(" ".join(words), filters, limit=7, order=chance.choice(["fit", NEWEST]))


@dataclass
class Told:
    """What the rule says of one document."""

    document: Document
    fit: float
    is_whole: bool


class Oracle:
    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.found = {document.uuid: analyse(document) for document in documents}
        df = Counter(term for found in self.found.values() for term in found.tf)
        terms = {term: Term(number, many) for number, (term, many) in enumerate(sorted(df.items()), 1)}
        lengths = [found.length for found in self.found.values()]
        self.known = Known(terms, len(documents), sum(lengths) / max(len(lengths), 1))
        self.names = {term.number: name for name, term in terms.items()}

    def matched(self, asked: Asked) -> tuple[list[Told], bool]:
        plan = matching.plan(asked, self.known)
        if asked.is_catalogue:
            every = [Told(document, 0.0, is_whole=True) for document in self.documents]
        elif not plan.weights:
            every = []
        else:
            every = [told for document in self.documents if (told := self._told(plan, document))]
        return [told for told in every if self._fits(asked, told.document)], plan.is_known

    def _told(self, plan: Plan, document: Document) -> Told | None:
        held = {number: self._part(document, number) for number in self.names}
        exact = near = full = 0
        fit = 0.0
        for number, one in plan.deciding.items():
            if held[number]:
                exact, near, full = exact | one.exact, near | one.near, full | one.full
                fit += one.value * held[number]
        for name in plan.names:
            if all(held[number] for number in name.terms):
                near, full = near | name.near, full | name.near
                fit += sum(v * held[n] for n, v in zip(name.terms, name.values, strict=True))
        weight = sum(
            value * (1 if exact & bit else NEAR_SHARE if near & bit else 0)
            for bit, value in plan.weights.items()
        )
        if not (exact | near) or weight < plan.enough - 1e-9 or exact & plan.quoted != plan.quoted:
            return None
        for number, one in plan.ordering.items():
            if held[number]:
                full, fit = full | one.full, fit + one.value * held[number]
        every = plan.whole | plan.common
        return Told(document, fit, is_whole=full & every == every)

    def _part(self, document: Document, number: int) -> float:
        found = self.found[document.uuid]
        often = found.tf.get(self.names[number], 0)
        norm = 1.2 * (0.25 + 0.75 * found.length / self.known.average) if self.known.average else 1
        return often * 2.2 / (often + norm)

    def _fits(self, asked: Asked, document: Document) -> bool:
        lemmas = self.found[document.uuid].lemmas
        return all(f" {' '.join(one)} " in lemmas for one in asked.phrases) and not any(
            f" {' '.join(one)} " in lemmas for one in asked.excluded
        )


def passes(document: Document, filters: Mapping[str, Sequence[str]]) -> bool:
    return all(set(document.facets[facet]) & set(values) for facet, values in filters.items())


def counts(told: list[Told], query: Query) -> dict[str, dict[str, int]]:
    """Of each facet over what passes the other filters."""
    result = {}
    for facet in FACETS:
        others = {name: values for name, values in query.filters.items() if name != facet}
        among = [one.document for one in told if passes(one.document, others)]
        number = Counter(value for document in among for value in document.facets[facet])
        if number:
            result[facet] = dict(number)
    return result


@pytest.mark.parametrize("seed", range(12))
def test_the_engine_answers_what_the_rule_says(
    each_engine: Engine, engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """`engine` stands behind each of them: it reads questions and numbers documents."""
    monkeypatch.setattr(blocks, "SIZE", 16)
    chance = random.Random(seed)
    every = {document.uuid: document for document in (a_document(chance) for _ in range(50))}
    each_engine.index(every.values())
    for uuid in chance.sample(sorted(every), 12):
        fresh = a_document(chance)
        every[uuid] = Document(uuid, fresh.title, fresh.fields, fresh.facets, fresh.day)
        each_engine.index([every[uuid]])
    gone = chance.sample(sorted(every), 8)
    each_engine.remove(gone)
    oracle = Oracle([document for uuid, document in every.items() if uuid not in gone])
    assert numbers_of(engine).keys() == {document.uuid for document in oracle.documents}
    for query in [a_question(chance) for _ in range(QUESTIONS)]:
        agree(each_engine, engine, oracle, query)


def numbers_of(engine: PostgresEngine) -> dict[UUID, int]:
    return dict(engine.document._default_manager.values_list("uuid", "id"))


def agree(engine: Engine, reads: PostgresEngine, oracle: Oracle, query: Query) -> None:
    """Every order of both engines, but that of fit of Elasticsearch: it keeps lengths in one byte."""
    asked, numbers = read_question(query.text, reads), numbers_of(reads)
    told, is_known = oracle.matched(asked)
    right = [one for one in told if passes(one.document, query.filters)]
    found = engine.search(query)
    assert found.total == len(right), query
    is_answered = bool(asked.words) or asked.is_catalogue
    assert found.whole == (sum(one.is_whole for one in right) if is_known and is_answered else 0), query
    shown = {facet: {one.value: one.number for one in rows} for facet, rows in found.facets.items()}
    assert shown == counts(told, query), query
    by_fit = query.order != NEWEST and not asked.is_catalogue
    pages = paged(engine, query, found)
    scores = {one.document.uuid: one for one in right}
    if by_fit and engine is not reads:
        assert {uuid for uuid, _ in pages} == scores.keys(), query
        whole = [scores[uuid].is_whole for uuid, _ in pages]
        assert whole == sorted(whole, reverse=True), query
        return
    assert [uuid for uuid, _ in pages] == sorted(
        scores,
        key=lambda uuid: (
            (scores[uuid].is_whole, round(scores[uuid].fit, 9)) if by_fit else scores[uuid].document.day,
            numbers[uuid],
        ),
        reverse=True,
    ), query
    for uuid, score in pages:
        assert engine is not reads or score == pytest.approx(scores[uuid].fit), query


def paged(engine: Engine, query: Query, first: Found) -> list[tuple[UUID, float]]:
    pages = [first.hits]
    for offset in range(query.limit, first.total, query.limit):
        page = Query(query.text, query.filters, offset, query.limit, query.order, counts_facets=False)
        pages.append(engine.search(page).hits)
    return [(hit.uuid, hit.score) for page in pages for hit in page]
