"""How much work something is: processor time of this process and of the server of the database.

On a machine that others use too it says more than a clock does: waiting for a core is no work. The server is
the bench's own and serves nobody else.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROCESSES = Path("/proc")
TICK = 1 / os.sysconf("SC_CLK_TCK")
OF_THE_ENDED = slice(13, 15)
"""Where `/proc/…/stat` says, after the name, how long those worked that have ended: cutime and cstime."""


class Work:
    """A meter of seconds; where the kernel does not tell of processes, those of the clock."""

    def __init__(self) -> None:
        self._server = PROCESSES / str(_parent(_backend()))

    def spent(self) -> float:
        if not (self._server / "stat").exists():
            return time.perf_counter()
        return time.process_time() + self._ended() + sum(_on_processor(pid) for pid in self._living())

    def _ended(self) -> float:
        numbers = (self._server / "stat").read_text().rpartition(")")[2].split()
        return sum(int(ticks) for ticks in numbers[OF_THE_ENDED]) * TICK

    def _living(self) -> list[str]:
        return (self._server / "task" / self._server.name / "children").read_text().split()


def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _parent(pid: int) -> int:
    try:
        lines = (PROCESSES / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("PPid:"))


def _on_processor(pid: str) -> float:
    try:
        return int((PROCESSES / pid / "schedstat").read_text().split()[0]) / 1e9
    except OSError:  # it has ended between two looks, and is counted among the ended
        return 0.0


def worked(work: Callable[[], Any]) -> float:
    """Seconds of processor time."""
    meter = Work()
    before = meter.spent()
    work()
    return meter.spent() - before


def timed(work: Callable[[], Any]) -> float:
    """Seconds by the clock, for what people wait for."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
