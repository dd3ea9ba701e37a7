"""Collections of questions with graded answers, and their measure: the given one (XQuAD-ru) and our own about
mentoring.

Ours (`judged.tsv`): questions as teachers ask them. Every practice of the demo was judged for each (no
pool was needed), by whoever wrote the questions, who had read the practices and asked no engine yet. The
paragraphs of the given collection stand between the practices as what answers none of them. `own` are the
first 84 questions to the first twenty practices, `whole` all questions to all practices.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from portal.search.engine import Document, Found, Query
from tests.search import demo_bank, xquad

QUESTIONS_TO_TWENTY = 84


class Judged(NamedTuple):
    """A question, and how well each document answers it: 2 wholly, 1 in part."""

    text: str
    grades: Mapping[uuid.UUID, int]


class Collection(NamedTuple):
    """Odd questions may be tuned by, the even ones judge."""

    name: str
    documents: Sequence[Document]
    questions: Sequence[Judged]

    @property
    def for_tuning(self) -> Sequence[Judged]:
        return self.questions[::2]

    @property
    def for_judging(self) -> Sequence[Judged]:
        return self.questions[1::2]


def given() -> Collection:
    questions = [Judged(one.text, dict.fromkeys(one.relevant, 1)) for one in xquad.questions()]
    return Collection("given", xquad.documents(), questions)


def own() -> Collection:
    return _ours("own", demo_bank.documents(), QUESTIONS_TO_TWENTY)


def whole() -> Collection:
    return _ours("whole", demo_bank.documents(whole=True), None)


def _ours(name: str, practices: Mapping[str, Document], count: int | None) -> Collection:
    """So many first questions, graded for these practices."""
    by_start = {stem.partition("_")[0]: document.uuid for stem, document in practices.items()}
    lines = (Path(__file__).parent / "judged.tsv").read_text(encoding="utf-8").splitlines()
    questions = []
    for line in [line for line in lines if not line.startswith("#")][:count]:
        text, graded = line.split("\t")
        grades = dict(one.split(":") for one in graded.split())
        known = {by_start[stem]: int(grade) for stem, grade in grades.items() if stem in by_start}
        questions.append(Judged(text, known))
    return Collection(name, [*practices.values(), *xquad.documents()], questions)


def ndcg(found: Sequence[uuid.UUID], grades: Mapping[uuid.UUID, int], at: int = 10) -> float:
    """Graded: a whole answer is worth three halves."""
    best = sorted(grades.values(), reverse=True)[:at]
    return _gain([grades.get(one, 0) for one in found[:at]]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def gains(search: Callable[[Query], Found], questions: Sequence[Judged]) -> list[float]:
    """nDCG@10 of each question by a way to search."""
    found = ([hit.uuid for hit in search(Query(one.text, limit=10)).hits] for one in questions)
    return [ndcg(hits, one.grades) for hits, one in zip(found, questions, strict=True)]


def mean_gain(search: Callable[[Query], Found], questions: Sequence[Judged]) -> float:
    return sum(gains(search, questions)) / len(questions)
