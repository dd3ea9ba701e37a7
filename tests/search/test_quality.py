"""Quality on Russian questions that nobody here wrote (XQuAD-ru: 240 paragraphs, 1 190 questions).

Floors stand a little under what was measured: clean 0.966, wrong layout 0.961, one typo 0.958 (every question). The collection
lies beside the project (`../shared/search`) and is left out by name where it is not.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from portal.search.engine import Engine, Query
from tests.search import xquad

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not xquad.FOLDER.is_dir(), reason="the quality collection ../shared/search is not here"),
]

EVERY_CLEAN, EVERY_BAD = 2, 6


def mean_ndcg(engine: Engine, every: int, typed: Callable[[xquad.Question], str]) -> float:
    asked = xquad.questions()[::every]
    found = (engine.search(Query(typed(question), limit=10)).hits for question in asked)
    return sum(xquad.ndcg([hit.uuid for hit in hits], question.relevant) for hits, question in zip(found, asked, strict=True)) / len(asked)


def test_ndcg_on_russian_questions(engine: Engine) -> None:
    chance = random.Random(7)
    engine.index(xquad.documents())
    assert mean_ndcg(engine, EVERY_CLEAN, lambda question: question.text) >= 0.955
    assert mean_ndcg(engine, EVERY_BAD, lambda question: question.layout) >= 0.945
    assert mean_ndcg(engine, EVERY_BAD, lambda question: xquad.with_typo(question.text, chance)) >= 0.94
