"""A question that a room puts to a room above it, which it must not import: the room above gives the answers
once (in its `room.py`), the room below asks whenever it needs to know.
"""

from typing import Generic, TypeVar

from portal.core.wiring import Gift

T = TypeVar("T")


class NobodyAnswers(LookupError):
    """The room above is not installed: a mistake of the programmer."""


class Asked(Generic[T]):
    """Below: `PAIRS = Asked[Pairs]("…")`, asked by `PAIRS().load(…)`; above: `PAIRS.give(Pairs(…))`."""

    def __init__(self, question: str) -> None:
        self.question = question
        self._answers: T | None = None

    def give(self, answers: T) -> Gift:
        """For the `room.py` of the room that knows."""
        return _Answers(self, answers)

    def put(self, answers: T) -> None:
        self._answers = answers

    def __call__(self) -> T:
        """Raises NobodyAnswers."""
        if self._answers is None:
            raise NobodyAnswers(self.question)
        return self._answers


class _Answers(Generic[T]):
    def __init__(self, asked: Asked[T], answers: T) -> None:
        self.asked, self.answers = asked, answers

    def put(self) -> None:
        self.asked.put(self.answers)
