"""What is said of a cell: certain, asked with proposals, or asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`question` is empty where `value` is certain. `proposals` are words for the same cell that are certain
    when read again; a person chooses among them, nothing is chosen beforehand. `remarks` say what was read
    and is not kept. `also` is what the cell says of other columns.
    """

    value: Any = None
    question: str = ""
    proposals: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    also: Mapping[str, "Answer"] = field(default_factory=dict)

    @property
    def is_certain(self) -> bool:
        return not self.question


@dataclass(frozen=True)
class Post:
    """One position of a person, and the subjects that its name says."""

    position: str
    subjects: tuple[str, ...] = ()


def asked(question: str, *proposals: str) -> Answer:
    """Not certain: the words to choose from may be none."""
    return Answer(question=question, proposals=tuple(dict.fromkeys(word for word in proposals if word)))


def left_out(text: str) -> str:
    """What is said of words that were understood and have no place to be kept."""
    return f"«{text[:80]}» не записываем"
