"""Blocks of an index are the same whoever makes them: many processes, or one where the machine gives no
semaphores to many.
"""

import multiprocessing.synchronize
from collections.abc import Sequence
from typing import Any

import pytest

from portal.search.building import Made, made_aside
from portal.search.engine import Document
from tests.search.documents import document

BATCHES: list[Sequence[Document]] = [
    [document(f"Практика {batch} {place}") for place in range(3)] for batch in range(4)
]


def refuse(*_: Any) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_machine_without_semaphores_makes_the_same_by_one_process(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A container's /dev/shm that nobody may write in."""
    caplog.set_level("WARNING", "estafeta")
    by_many: list[Made] = list(made_aside(BATCHES, 2))
    monkeypatch.setattr(multiprocessing.synchronize._multiprocessing, "SemLock", refuse)  # type: ignore[attr-defined]
    assert list(made_aside(BATCHES, 2)) == by_many
    assert "one process" in caplog.text
