"""A block of an index made at once from its documents: work for another process, which needs no database."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import connection
from typing import Any

from portal.search import blocks
from portal.search.engine import Document
from portal.search.postgres_index import analyse, day_number, document_row, facet_terms

log = logging.getLogger("estafeta.search")

AHEAD = 2
"""So many blocks of each process wait ready."""


@dataclass
class Made:
    """A block ready to be written: rows of documents by their place, strings of terms and of the engine's own
    numbers, how many documents hold each term and word.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    terms: dict[str, bytes] = field(default_factory=dict)
    own: dict[int, bytes] = field(default_factory=dict)
    df: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)


def made(documents: Sequence[Document]) -> Made:
    """Documents get places from 0 on, in their order."""
    result = Made()
    holders: dict[str, tuple[array[int], array[int]]] = {}
    values: dict[str, list[int]] = {}
    for place, document in enumerate(documents):
        found = analyse(document)
        result.rows.append(document_row(document, found))
        for term, often in found.tf.items():
            places, numbers = holders.setdefault(term, (array("H"), array("H")))
            places.append(place)
            numbers.append(often)
        for term in facet_terms(document):
            values.setdefault(term, []).append(place)
        result.words.update(found.words)
    for term, (places, numbers) in holders.items():
        result.terms[term] = places.tobytes() + numbers.tobytes()
        result.df[term] = len(places)
    for term, held in values.items():
        result.terms[term] = blocks.changed_bits(b"", dict.fromkeys(held, 1))
        result.df[term] = len(held)
    result.own = _own(documents, result.rows)
    return result


def _own(documents: Sequence[Document], rows: Sequence[dict[str, Any]]) -> dict[int, bytes]:
    lengths = {place: min(row["length"], blocks.MOST) for place, row in enumerate(rows)}
    days = {place: day_number(document.day) for place, document in enumerate(documents)}
    return {
        blocks.PRESENT: blocks.changed_bits(b"", dict.fromkeys(lengths, 1)),
        blocks.LENGTHS: blocks.changed_column(b"", lengths, blocks.COLUMNS[blocks.LENGTHS]),
        blocks.DAYS: blocks.changed_column(b"", days, blocks.COLUMNS[blocks.DAYS]),
    }


def made_aside(batches: Iterable[Sequence[Document]], processes: int) -> Iterator[Made]:
    """Blocks in the order of their documents, made by other processes ahead of whoever takes them."""
    workers = _workers(processes) if processes > 1 else None
    if workers is None:
        yield from map(made, batches)
        return
    rest = iter(batches)
    with workers as pool:
        waiting: list[Future[Made]] = [pool.submit(made, one) for one in islice(rest, AHEAD * processes)]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(made, one) for one in islice(rest, 1)]


def _workers(processes: int) -> ProcessPoolExecutor | None:
    """None where the machine gives no semaphores, as a container whose /dev/shm nobody may write in: one
    process then makes all, slower.
    """
    context = multiprocessing.get_context("spawn")
    try:
        return ProcessPoolExecutor(processes, context, initializer=_leave_with_the_parent)
    except (OSError, ImportError, NotImplementedError) as refused:
        log.warning("Blocks are made by one process: no semaphores here (%s)", refused)
        return None


def _leave_with_the_parent() -> None:
    """A parent that was killed takes its processes along."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
