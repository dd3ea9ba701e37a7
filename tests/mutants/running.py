"""Runs the tests of each mutant in a child of a process that has collected them: nothing is started anew but
the child's own clone of the template database.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.breaking import CannotBreak, Mutant, break_code

KILLED, LIVES, UNSEEN, STILLBORN = "killed", "lives", "seen by no test", "stillborn"
FAILED = "not judged: the driver has failed"
CODES = {10: KILLED, 11: LIVES, 12: STILLBORN, 13: FAILED}


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant. `by`: the test that has failed; `tests`: how many were run."""

    mutant: Mutant
    fate: str
    tests: int = 0
    by: str = ""
    seconds: float = 0.0


class Driver:
    """A plugin of pytest in place of its loop: collects once, then forks for each mutant."""

    def __init__(
        self,
        chosen: Sequence[tuple[Mutant, list[str]]],
        *,
        patience: float,
        until: float,
        told: Callable[[Verdict], None],
    ) -> None:
        self.chosen = chosen
        self.patience = patience
        self.until = until
        self.told = told
        self.verdicts: list[Verdict] = []
        self.failing_anyway: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        for mutant, tests in self.chosen:
            if time.monotonic() > self.until:
                break
            verdict = self._judged(mutant, [items[test] for test in tests if test in items])
            self.verdicts.append(verdict)
            self.told(verdict)
        killers = sorted({verdict.by for verdict in self.verdicts if verdict.fate == KILLED})
        self.failing_anyway = {test for test in killers if test and self._fails_unbroken(items[test])}
        return True

    def _judged(self, mutant: Mutant, items: list[pytest.Item]) -> Verdict:
        if not items:
            return Verdict(mutant, UNSEEN)
        began = time.monotonic()
        fate, run = self._in_child(mutant, items)
        by = run[-1] if fate == KILLED and run else ""
        return Verdict(mutant, fate, len(run), by, time.monotonic() - began)

    def _fails_unbroken(self, item: pytest.Item) -> bool:
        """A test that fails in whole code too has killed nothing."""
        return self._in_child(None, [item])[0] == KILLED

    def _in_child(self, mutant: Mutant | None, items: list[pytest.Item]) -> tuple[str, list[str]]:
        """What became of it, and the tests that were begun."""
        until = time.monotonic() + self.patience
        here, there = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(here)
            os.setsid()
            _live_and_die(mutant, items, there, until)
        os.close(there)
        fate = _fate_of(child, until + self.patience)
        with os.fdopen(here) as pipe:
            return fate, pipe.read().splitlines()


def _fate_of(child: int, until: float) -> str:
    """A mutant that never ends is killed by the clock: a test that hangs has failed."""
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return CODES.get(os.waitstatus_to_exitcode(status), KILLED)
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return KILLED


def _live_and_die(mutant: Mutant | None, items: list[pytest.Item], told: int, until: float) -> None:
    """The child: never returns. Its own database is dropped before it goes."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    code = 11
    try:
        if mutant:
            break_code(mutant)
        for item, following in zip(items, [*items[1:], None], strict=True):
            if time.monotonic() > until:
                break
            os.write(told, f"{item.nodeid}\n".encode())
            if _fails(item, following):
                code = 10
                break
    except CannotBreak:
        code = 12
    except BaseException as error:
        os.write(2, f"the driver itself has failed: {error!r}\n".encode())
        code = 13
    with _whatever_happens():
        items[0].session._setupstate.teardown_exact(None)
    os._exit(code)


def _fails(item: pytest.Item, following: pytest.Item | None) -> bool:
    reports: list[Any] = runtestprotocol(item, log=False, nextitem=following)
    return any(report.failed for report in reports)


@contextmanager
def _whatever_happens() -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        os.write(2, f"not tidied up: {error}\n".encode())
