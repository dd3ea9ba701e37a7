"""The quality collection (XQuAD-ru) and its measure; it lies beside the project, not in it."""

from __future__ import annotations

import json
import math
import random
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from portal.search.engine import Document, Text

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "search"
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


class Question(NamedTuple):
    text: str
    layout: str
    relevant: frozenset[uuid.UUID]


def documents() -> list[Document]:
    rows = [json.loads(line) for line in (FOLDER / "docs.jsonl").read_text(encoding="utf-8").splitlines()]
    return [Document(_uuid(row["id"]), "", {"body": Text(row["text"])}) for row in rows]


def questions() -> list[Question]:
    relevant: dict[str, set[uuid.UUID]] = {}
    for line in (FOLDER / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, found, value = line.split("\t")
        if int(value) > 0:
            relevant.setdefault(question, set()).add(_uuid(found))
    rows = [json.loads(line) for line in (FOLDER / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    return [Question(row["text"], row["layout"], frozenset(relevant.get(row["id"], ()))) for row in rows]


def ndcg(found: Sequence[uuid.UUID], relevant: Iterable[uuid.UUID], at: int = 10) -> float:
    wanted = set(relevant)
    gain = sum(1 / math.log2(place + 2) for place, one in enumerate(found[:at]) if one in wanted)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(at, len(wanted))))


def with_typo(text: str, chance: random.Random) -> str:
    """One edit inside the longest word: a letter swapped, dropped, doubled or replaced."""
    words = text.split()
    place = max(range(len(words)), key=lambda number: len(words[number]))
    words[place] = edited(words[place], chance)
    return " ".join(words)


def edited(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, max(2, len(word) - 2))
    return chance.choice(
        (
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice(_LETTERS) + word[at + 1 :],
        )
    )


def _uuid(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, name)
