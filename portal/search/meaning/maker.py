"""Who makes vectors: a process of its own beside each process that asks, begun when it is first wanted.

Whoever searches waits `PATIENCE` at most, for the process, for its turn and for the vector together, and then
goes on without. A process that is just beginning is nobody's trouble. One that is dead, hangs or is too slow
opens the breaker after three failures, is ended, and another is tried after a pause. No text is kept, cached
or logged here: it may be a person's difficulty.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np

from portal.search.elastic.standing import Breaker
from portal.search.meaning.model_process import HEAD, MOST_BYTES
from portal.search.meaning.vectors import Vector

PATIENCE = 0.08
"""Seconds that a question may cost; 5 to 15 ms are usual."""
BUDGET = 512 * 2**20
"""Bytes of address space; 180 MB are usual, of them 20 its own, the rest the model's file, which all such
processes share.
"""
BEGINS = 30.0
"""Seconds in which a process that begins must be ready."""
LONG = 60.0
"""Seconds for a part of a document, where nobody waits."""
LONGEST_QUESTION, LONGEST_PART, LONGEST_WORD = 24, 300, 40
"""Words, words, letters. The time of the model grows with the text, and a word of hundreds of letters would
take it seconds: the rest is not read.
"""
_ROOT = Path(__file__).resolve().parents[3]


class NoVectorError(Exception):
    """The process is slow, dead, or not ready yet."""


@dataclass(eq=False)
class Running:
    """A process and our end of its socket."""

    process: subprocess.Popen[bytes]
    socket: socket.socket
    owner: int = field(default_factory=os.getpid)
    began: float = field(default_factory=time.monotonic)
    is_ready: bool = False
    last: int = 0

    def wait_ready(self, until: float) -> bool:
        if not self.is_ready:
            try:
                self._receive(until)
            except TimeoutError:
                return False
            self.is_ready = True
        return True

    def ask(self, text: str, until: float, *, is_question: bool) -> Vector:
        """Answers to questions that nobody waited for any more are passed over."""
        self.last += 1
        self.socket.settimeout(_left(until))
        words = LONGEST_QUESTION if is_question else LONGEST_PART
        self.socket.send(HEAD.pack(self.last, is_question) + _bytes(text, words))
        while True:
            answer = self._receive(until)
            if HEAD.unpack_from(answer)[0] == self.last:
                return np.frombuffer(answer, "<f4", offset=HEAD.size)

    def _receive(self, until: float) -> bytes:
        self.socket.settimeout(_left(until))
        answer = self.socket.recv(MOST_BYTES)
        if not answer:
            raise ConnectionResetError("the process has ended")
        return answer

    def end(self) -> None:
        """Only its parent ends it: a fork of ours has the same numbers in its memory."""
        self.socket.close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


def _bytes(text: str, words: int) -> bytes:
    return " ".join(word[:LONGEST_WORD] for word in text.split()[:words]).encode(errors="replace")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


@dataclass(eq=False)
class Maker:
    """Of one process of the portal; its threads ask one after another."""

    command: tuple[str, ...] = (sys.executable, "-m", "portal.search.meaning.model_process")
    patience: float = PATIENCE
    breaker: Breaker = field(default_factory=lambda: Breaker(who="The process of meaning"))
    _running: Running | None = None
    _lock: Lock = field(default_factory=Lock)

    def begin(self) -> None:
        """Without waiting: whoever looks at the catalogue is about to ask."""
        if self._lock.acquire(blocking=False):
            try:
                if self.breaker.may_ask():
                    self._begun()
            finally:
                self._lock.release()

    def of_question(self, text: str) -> Vector | None:
        """The vector of a question, None where it is not there in time. Never an error."""
        until = time.monotonic() + self.patience
        if not self._lock.acquire(timeout=self.patience):
            return None
        try:
            return self._in_time(text, until) if self.breaker.may_ask() else None
        finally:
            self._lock.release()

    def of_part(self, text: str) -> Vector:
        """The vector of a part of a document; raises NoVectorError. For works in the background."""
        with self._lock:
            try:
                running = self._begun()
                if running.wait_ready(time.monotonic() + BEGINS):
                    return running.ask(text, time.monotonic() + LONG, is_question=False)
            except OSError as trouble:
                self._end()
                raise NoVectorError(repr(trouble)) from trouble
            self._end()
            raise NoVectorError("the process does not begin")

    def end(self) -> None:
        with self._lock:
            self._end()

    def _in_time(self, text: str, until: float) -> Vector | None:
        try:
            running = self._begun()
            if not running.wait_ready(until):
                if time.monotonic() - running.began > BEGINS:
                    raise TimeoutError("the process does not begin")
                return None
            vector = running.ask(text, until, is_question=True)
        except OSError as trouble:  # a time-out is one, too
            self.breaker.failed(trouble)
            if self.breaker.is_open or not isinstance(trouble, TimeoutError):
                self._end()
            return None
        self.breaker.went_well()
        return vector

    def _begun(self) -> Running:
        if self._running and self._running.owner != os.getpid():
            self._end()
        if self._running is None:
            ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with its:
                process = subprocess.Popen(
                    [*self.command, str(its.fileno()), str(BUDGET)],
                    pass_fds=[its.fileno()],
                    cwd=_ROOT,
                    env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            self._running = Running(process, ours)
        return self._running

    def _end(self) -> None:
        if self._running:
            self._running.end()
            self._running = None


MAKER = Maker()
