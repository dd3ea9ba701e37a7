"""Sentences labelled by hand, and how many of the labels the check of personal data finds."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from portal.documents.personal_data import Kind, finds

HALVES = ("build", "judge", "fresh")
"""By the first the finder was built; the others were measured before anything was mended by them."""
_LABEL = re.compile(r"\{(\w+)\|([^}]*)\}")


@dataclass(frozen=True)
class Labelled:
    """A sentence, and what stands in it: (kind, start, end)."""

    text: str
    labels: tuple[tuple[Kind, int, int], ...]


@dataclass
class Score:
    """How a half was found. A label is found when a find meets it; a find is right when a label does."""

    labels: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    named_right: Counter[Kind] = field(default_factory=Counter)
    finds: Counter[Kind] = field(default_factory=Counter)
    right: Counter[Kind] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found.total() / self.labels.total()

    @property
    def precision(self) -> float:
        return self.right.total() / self.finds.total()


def read(half: str) -> list[Labelled]:
    lines = (Path(__file__).parent / f"{half}.txt").read_text("utf-8").splitlines()
    return [_labelled(line) for line in lines if line and not line.startswith("#")]


def _labelled(line: str) -> Labelled:
    text, labels, place = "", [], 0
    for label in _LABEL.finditer(line):
        text += line[place : label.start()]
        labels.append((Kind(label[1]), len(text), len(text) + len(label[2])))
        text += label[2]
        place = label.end()
    return Labelled(text + line[place:], tuple(labels))


def score(half: str) -> Score:
    told = Score()
    for one in read(half):
        _count(told, one)
    return told


def _count(told: Score, one: Labelled) -> None:
    found = finds(one.text)
    for kind, start, end in one.labels:
        met = [find for find in found if find.start < end and start < find.end]
        told.labels[kind] += 1
        told.found[kind] += bool(met)
        told.named_right[kind] += any(find.kind == kind for find in met)
        if not met:
            told.missed.append(f"{one.text[start:end]}: {one.text}")
    for find in found:
        right = any(start < find.end and find.start < end for _, start, end in one.labels)
        told.finds[find.kind] += 1
        told.right[find.kind] += right
        if not right:
            told.wrong.append(f"{find.fragment} ({find.kind}): {one.text}")
