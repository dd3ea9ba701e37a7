"""What several rooms ask while one page is made is asked once: who holds which office, who the reader is.

The answers live as long as the page and only where nothing is written: the middleware opens a page of
questions for requests that read.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from portal.core.current_contour import current_school

P = ParamSpec("P")
T = TypeVar("T")
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def page_of_questions() -> Iterator[None]:
    """While it is open, the functions below answer the same question with the same answer."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once_a_page(function: Callable[P, T]) -> Callable[P, T]:
    """For a question about the present contour whose answer nobody changes. Its arguments can be hashed.

    Rows that it gives are noted as read when they come, so it is asked inside `weighing()` always or never
    (portal.core.reading).
    """

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _answers.get()
        if answers is None:
            return function(*args, **kwargs)
        question = _question(function, args, kwargs)
        if question not in answers:
            answers[question] = function(*args, **kwargs)
        known: T = answers[question]
        return known

    return ask


def answer_now(function: Callable[..., T], answer: T, *args: Any) -> None:
    """The answer has come with that to another question: while the page is open, nobody asks for it."""
    answers = _answers.get()
    if answers is not None:
        answers[_question(function.__wrapped__, args, {})] = answer  # type: ignore[attr-defined]


def _question(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    return (function, current_school.get(), args, tuple(sorted(kwargs.items())))
