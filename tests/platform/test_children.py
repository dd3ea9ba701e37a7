"""The processes of the demo: none outlives it, none dies unnoticed, none of a stranger is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local import children
from deploy.local.children import Child, clear_leftovers, leftovers, refuse_dead, spawn, stop
from deploy.local.common import CannotGoOn

SLEEPER = [sys.executable, "-c", "import time; print('awake', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('awake', flush=True); "
    "time.sleep(60)",
]
PARENT = ["/bin/sh", "-c", "sleep 60 & echo awake; wait"]


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(children, "LOCAL", tmp_path)
    monkeypatch.setattr(children, "MARK", f"ESTAFETA_DEMO_OF={tmp_path}")
    monkeypatch.setattr(children, "GRACE", 0.5)
    yield
    clear_leftovers()


def _soon(met: Callable[[], bool]) -> bool:
    """Processes need a moment to appear and to go."""
    return any(met() or time.sleep(0.02) for _ in range(250))  # type: ignore[func-returns-value]


def _awake(command: list[str]) -> Child:
    child = spawn("sleeper", "спящий", command, os.environ)
    assert _soon(lambda: "awake" in child.tail())
    return child


@pytest.mark.parametrize(
    "command", [SLEEPER, STUBBORN, PARENT], ids=["obedient", "stubborn", "with a child of its own"]
)
def test_nothing_outlives_the_stop(command: list[str]) -> None:
    child = _awake(command)
    stop([child])
    assert child.process.poll() is not None
    assert _soon(lambda: not leftovers())


def test_a_fallen_one_is_told_with_its_last_words() -> None:
    child = _awake([sys.executable, "-c", "print('awake: no more memory'); raise SystemExit(3)"])
    child.process.wait()
    with pytest.raises(CannotGoOn, match=r"(?s)спящий \(код 3\).*no more memory"):
        refuse_dead([child])


def test_leftovers_of_a_killed_demo_are_cleared_and_strangers_are_not() -> None:
    child = _awake(PARENT)
    stranger = subprocess.Popen(SLEEPER, stdout=subprocess.DEVNULL)
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    assert clear_leftovers() == 1
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
