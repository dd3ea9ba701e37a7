"""Whether somebody beside PostgreSQL is asked (Elasticsearch, the process of meaning): it answers in time or
the request goes on without; whoever fails is left in peace for a while, and then one question tries.

A library would do (pybreaker 1.4): it holds its lock while the guarded call runs, so 64 threads of a process
would ask one after another (docs/adr/0045).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

log = logging.getLogger("estafeta.search")


@dataclass
class Breaker:
    """Of one process. After some failures in a row nobody asks for a pause; each failed trial doubles it."""

    who: str = "Elasticsearch"
    failures: int = 3
    pause: float = 5.0
    longest: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _failed: int = 0
    _pause: float = 0.0
    _until: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    @property
    def is_open(self) -> bool:
        """Questions go past it."""
        return self._failed >= self.failures

    def may_ask(self) -> bool:
        """While it is open one question a pause is let through; whoever gets True reports how it went."""
        with self._lock:
            if not self.is_open:
                return True
            if self.clock() < self._until:
                return False
            self._until = self.clock() + self._pause
            return True

    def went_well(self) -> None:
        with self._lock:
            was_open, self._failed, self._pause = self.is_open, 0, 0.0
        if was_open:
            log.warning("%s answers again", self.who)

    def failed(self, why: Exception) -> None:
        with self._lock:
            self._failed += 1
            if self.is_open:
                self._pause = min(2 * self._pause or self.pause, self.longest)
                self._until = self.clock() + self._pause
            opened = self._failed == self.failures
        if opened:
            log.error("%s does not answer: questions go on without", self.who, extra={"why": repr(why)[:300]})
