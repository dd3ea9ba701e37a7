"""What has changed in a practice since an expert judged it: field by field, word by word, with the authors'
answers to the expert's own remarks. Names are put out of all of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from best_practices.blinding import blinded_text, hiding_of
from best_practices.content import PracticeContent
from best_practices.fields import TITLES, words_of
from best_practices.models import PastRevision, Remark, Review
from best_practices.states import ReviewState

_WORD = re.compile(r"\S+\s*|\s+")
_LONG = 1500
"""Words of a passage beyond which those that stand everywhere are not compared: it would take seconds."""


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Part:
    """Words that stand in both texts, only in the former, or only in the present one."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Answered:
    """The expert's own remark, and what the authors have said to it; both without names."""

    text: str
    is_mended: bool
    answer: str


@dataclass(frozen=True)
class FieldDifference:
    field: str
    parts: tuple[Part, ...]
    remarks: tuple[Answered, ...] = ()

    @property
    def title(self) -> str:
        return TITLES.get(self.field, self.field)

    @property
    def is_changed(self) -> bool:
        return any(part.kind != Kind.SAME for part in self.parts)


def differences_for(review: Review) -> list[FieldDifference]:
    """For an expert who has judged an earlier revision of this practice: what has changed since, and every
    own remark; in the order of reading. Empty for everybody else, and once another revision has come.
    """
    before = judged_before(review)
    if before is None or review.revision != review.practice.revision:
        return []
    hide = hiding_of(review.practice)
    past = PastRevision.objects.filter(practice=review.practice_id, revision=before.revision).first()
    now = blinded_text(review.practice.content, hide)
    then = blinded_text(past.content, hide) if past else now
    own: dict[str, list[Answered]] = {}
    for one in Remark.objects.filter(review=before).order_by("pk"):
        own.setdefault(one.field, []).append(Answered(one.text, one.is_mended, hide(one.answer)))
    return [
        FieldDifference(field, parts, tuple(own.get(field, ())))
        for field, parts in _by_fields(then, now)
        if field in own or any(part.kind != Kind.SAME for part in parts)
    ]


def judged_before(review: Review) -> Review | None:
    """The same expert's sheet about the latest revision before this one."""
    rows = Review.objects.filter(
        practice=review.practice_id,
        expert=review.expert,
        state=ReviewState.SUBMITTED,
        revision__lt=review.revision,
    )
    return rows.order_by("-revision", "-pk").first()


def _by_fields(then: PracticeContent, now: PracticeContent) -> Iterator[tuple[str, tuple[Part, ...]]]:
    for field in TITLES:
        yield field, parts_of(words_of(then, field), words_of(now, field))


def parts_of(then: str, now: str) -> tuple[Part, ...]:
    """Lines first, and words within the lines that differ; neighbours of one kind stand as one."""
    parts: list[Part] = []
    for part in _by_lines(then.splitlines(keepends=True), now.splitlines(keepends=True)):
        if parts and parts[-1].kind == part.kind:
            parts[-1] = Part(part.kind, parts[-1].text + part.text)
        elif part.text:
            parts.append(part)
    return tuple(parts)


def _by_lines(then: list[str], now: list[str]) -> Iterator[Part]:
    for tag, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part(Kind.SAME, "".join(now[c:d]))
        else:
            yield from _by_words(_WORD.findall("".join(then[a:b])), _WORD.findall("".join(now[c:d])))


def _by_words(then: list[str], now: list[str]) -> Iterator[Part]:
    is_long = max(len(then), len(now)) > _LONG
    for tag, a, b, c, d in SequenceMatcher(None, then, now, autojunk=is_long).get_opcodes():
        if tag == "equal":
            yield Part(Kind.SAME, "".join(now[c:d]))
            continue
        yield Part(Kind.GONE, "".join(then[a:b]))
        yield Part(Kind.NEW, "".join(now[c:d]))
