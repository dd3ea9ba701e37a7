"""Runs the tests of each mutant in a child of a process that has collected them, has a database and has run a
few tests: nothing is started anew, and whatever a test changes is undone by the test, as ever.
"""

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections
from pytest_django.plugin import blocking_manager_key

from tests.mutants.breaking import CannotBreak, Mutant, break_code
from tests.mutants.verdicts import FAILED, KILLED, LIVES, STILLBORN, UNSEEN, Verdict

CODES = {10: KILLED, 11: LIVES, 12: STILLBORN, 13: FAILED}
HANGS = 300.0
"""Seconds over its patience after which a test that does not end has failed."""
FOR_EVER = 3600.0
WARMS = 0.1
FOLDERS = ("api", "pages", "posts", "workflows")
"""The quickest tests there that take so many seconds at least are run before all."""


class Driver:
    """A plugin of pytest in place of its loop: collects once, then forks for each mutant."""

    def __init__(
        self,
        mutants: Sequence[Mutant],
        *,
        asked: Callable[[Mutant], list[str]],
        durations: dict[str, float],
        patience: float,
        until: float,
        told: Callable[[Verdict], None],
        unsure: Sequence[Verdict] = (),
    ) -> None:
        """`unsure`: killed by a run that was stopped before it has asked whole code."""
        self.mutants = mutants
        self.asked = asked
        self.durations = durations
        self.patience = patience
        self.until = until
        self.told = told
        self.unsure = unsure

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        self._warm(session)
        killed = [verdict for verdict in self.unsure if verdict.by in items]
        for mutant in self.mutants:
            if time.monotonic() > self.until:
                break
            verdict = self._judged(mutant, [items[test] for test in self.asked(mutant) if test in items])
            self.told(verdict)
            if verdict.fate == KILLED:
                killed.append(verdict)
        failing = self.failing_anyway([items[one.by] for one in killed if one.by])
        for verdict in killed:
            self.told(replace(verdict, fate=FAILED) if verdict.by in failing else replace(verdict, sure=True))
        return True

    def _warm(self, session: pytest.Session) -> None:
        """A test of each folder, for what they leave to every child: the database, modules, templates. No
        connection is left, nor a thread.
        """
        by_folder: dict[Path, pytest.Item] = {}
        for item in sorted(session.items, key=lambda one: self.durations.get(one.nodeid, 0.0)):
            if self.durations.get(item.nodeid, 0.0) >= WARMS and item.path.parent.name in FOLDERS:
                by_folder.setdefault(item.path.parent, item)
        for item in by_folder.values():
            _fails(item, session)
        with session.config.stash[blocking_manager_key].unblock():
            connections.close_all()
            for alias in connections:
                connections[alias].close_pool()  # type: ignore[attr-defined]

    def _judged(self, mutant: Mutant, items: list[pytest.Item]) -> Verdict:
        if not items:
            return Verdict(mutant, UNSEEN)
        began = time.monotonic()
        asked = self._short(items)
        fate, run = self._in_child(mutant, asked, self.patience)
        by = asked[run - 1].nodeid if fate == KILLED and run else ""
        seconds = round(time.monotonic() - began, 1)
        return Verdict(mutant, fate, run, len(items), by, seconds)

    def _short(self, items: list[pytest.Item]) -> list[pytest.Item]:
        """One that alone takes longer than all are given is not asked; the paper says how many were."""
        return [item for item in items if self.durations.get(item.nodeid, 0.0) <= self.patience] or items

    def failing_anyway(self, items: Sequence[pytest.Item]) -> set[str]:
        """Of the tests that have failed, those that fail in whole code too: they have killed nothing."""
        left = sorted(dict.fromkeys(items), key=lambda item: item.nodeid)
        failing = set()
        while left:
            fate, run = self._in_child(None, left, FOR_EVER)
            if fate == KILLED:
                failing.add(left[run - 1].nodeid)
            left = left[run:] if fate == KILLED else []
        return failing

    def _in_child(self, mutant: Mutant | None, items: list[pytest.Item], patience: float) -> tuple[str, int]:
        """What became of it, and how many tests were begun."""
        until = time.monotonic() + patience
        here, there = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(here)
            os.setsid()
            _live_and_die(mutant, items, there, until)
        os.close(there)
        fate = _fate_of(child, until + HANGS)
        with os.fdopen(here, "rb") as pipe:
            return fate, len(pipe.read())


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
    """The child: never returns. What stands for the whole session is its parent's."""
    session = items[0].session
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    code = 11
    try:
        if mutant:
            break_code(mutant)
        gc.freeze()  # the heap of the parent is not walked again by each child
        nexts: list[pytest.Item | pytest.Session] = [*items[1:], session]
        for item, following in zip(items, nexts, strict=True):
            if time.monotonic() > until:
                break
            os.write(told, b".")
            if _fails(item, following):
                code = 10
                break
    except CannotBreak:
        code = 12
    except BaseException as error:
        os.write(2, f"the driver itself has failed: {error!r}\n".encode())
        code = 13
    with _whatever_happens():
        session._setupstate.teardown_exact(session)  # type: ignore[arg-type]
    os._exit(code)


def _fails(item: pytest.Item, following: pytest.Item | pytest.Session) -> bool:
    """What comes next says what stays: the session, when no other test does."""
    reports: list[Any] = runtestprotocol(item, log=False, nextitem=following)  # type: ignore[arg-type]
    return any(report.failed for report in reports)


@contextmanager
def _whatever_happens() -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        os.write(2, f"not tidied up: {error}\n".encode())
