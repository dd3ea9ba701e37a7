"""The processes of the demo: started, watched, and stopped together."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from deploy.local.common import LOCAL, ROOT, CannotGoOn

MARK = f"ESTAFETA_DEMO_OF={ROOT}"
"""Stands in the environment of every process of this folder's demo: so we know our own, and never a
stranger's by a reused number.
"""
GRACE = 10.0
"""Seconds that a process has to finish what it does after being asked to stop."""
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass
class Child:
    """One process with its log file in `.local/log/`."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def tail(self) -> str:
        """The last lines that it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def spawn(name: str, title: str, command: list[str], env: Mapping[str, str]) -> Child:
    """Start in a session of its own: Ctrl-C reaches only us, and we stop the others in order."""
    log = LOCAL / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        return Child(title, _popen(command, env, out), log)


def _popen(command: list[str], env: Mapping[str, str], out: IO[bytes]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=_marked(env),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def run(
    command: list[str], env: Mapping[str, str], *, quiet: bool = False
) -> "subprocess.CompletedProcess[str]":
    """Run to the end. What it says is shown as it says it; with `quiet` it is given back instead."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=_marked(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        text=True,
        check=False,
        preexec_fn=_die_with_parent,
    )


def _marked(env: Mapping[str, str]) -> dict[str, str]:
    name, _, value = MARK.partition("=")
    return dict(env) | {name: value}


def _die_with_parent() -> None:
    """If we are killed by -9, the kernel asks our children to stop."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def leftovers() -> list[int]:
    """Processes of this folder's demo that live now."""
    return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _is_ours(pid)]


def clear_leftovers() -> int:
    """End what a demo killed by -9 has left behind; says how many there were. Only for the holder of the
    demo's lock.
    """
    left = leftovers()
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(left)


def _is_ours(pid: int) -> bool:
    try:
        return MARK.encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def refuse_dead(children: list[Child]) -> None:
    """Raises CannotGoOn when a process has ended by itself."""
    for child in children:
        code = child.process.poll()
        if code is not None:
            raise CannotGoOn(
                f"Остановился {child.name} (код {code}); останавливаю остальное. Последние строки "
                f"{child.log}:\n{child.tail()}"
            )


def stop(children: list[Child]) -> None:
    """Ask all, wait, then insist."""
    for child in children:
        _signal(child, signal.SIGTERM)
    until = time.monotonic() + GRACE
    for child in children:
        try:
            child.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _signal(child, signal.SIGKILL)
            child.process.wait()
        _signal(child, signal.SIGKILL)  # what a killed process has left behind


def _signal(child: Child, what: signal.Signals) -> None:
    """To the process; an insisting signal goes to everything that it has started too."""
    with suppress(ProcessLookupError):  # it has ended between the question and the signal
        if what == signal.SIGKILL:
            os.killpg(child.process.pid, what)
        elif child.process.poll() is None:
            child.process.send_signal(what)
