"""What the order by meaning is worth on both judged collections, with the real model."""

from __future__ import annotations

from typing import Any

import pytest

from portal.search.meaning import vectors
from portal.search.meaning.engine import Meaning
from portal.search.meaning.maker import Maker
from portal.search.postgres import PostgresEngine
from tests.search import judged
from tests.search.tables import Alone, ProbeMeaning

pytestmark = pytest.mark.shared_data


@pytest.mark.semantic
def test_meaning_is_worth_its_place(
    engine: PostgresEngine, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was aimed at on the own set, and no loss on the given one. By the first two parts of a document,
    which take a minute; the whole is measured by `tests.bench.meaning`. Measured: +.043 and +.010.
    """
    settings.SEARCH_MEANING = True
    monkeypatch.setattr(vectors, "PARTS", 2)
    own, given = judged.own(), judged.given()
    meaning = Meaning(Alone(engine), ProbeMeaning, Maker(patience=20.0))
    for document in own.documents:
        meaning.keep(document.uuid, meaning.made(document))
    for collection, questions, least in ((own, own.questions, 0.03), (given, given.for_judging[::4], 0.0)):
        engine.rebuild(collection.documents)
        alone, both = judged.mean_gain(engine.search, questions), judged.mean_gain(meaning.search, questions)
        assert both >= alone + least, collection.name
    meaning.maker.end()
