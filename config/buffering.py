"""The body of a request is taken in whole before the portal works on it, so that slow senders hold no place
of the portal.

The server has many threads that only wait (SERVER_THREADS), and the portal works in few (WEB_THREADS): one
for each that its database can serve. Some threads are never given to senders, so that pages are answered
whatever comes. nginx does all of that better (deploy/nginx.conf); this holds where there is none
(docs/adr/0018).
"""

import threading
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any

from portal.core.text import whole_number

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
CROWDED = "estafeta.crowded"
"""In the environment of a request whose body was not taken in: too many others are still sending."""
PIECE, IN_MEMORY, DRAINED = 64 * 1024, 256 * 1024, 8
LONG = 18
"""Digits of a length of a body."""


class Buffered:
    """A WSGI application that reads bodies ahead: `working` requests are worked on at once, `sending` may
    still be on their way.
    """

    def __init__(self, application: Application, *, working: int, sending: int, longest: int) -> None:
        self._application, self._longest = application, longest
        self._working = threading.BoundedSemaphore(working)
        self._sending = threading.BoundedSemaphore(max(1, sending))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = _length(environ)
        if length > 0:
            self._take_in(environ, length)
        with self._working:
            return self._application(environ, start_response)

    def _take_in(self, environ: dict[str, Any], length: int) -> None:
        if not self._sending.acquire(blocking=False):
            environ[CROWDED] = True
            return
        try:
            if length <= self._longest:
                environ["wsgi.input"] = _whole(environ["wsgi.input"], length)
            else:
                _let_go(environ["wsgi.input"], min(length, DRAINED * self._longest))
        finally:
            self._sending.release()


def _length(environ: dict[str, Any]) -> int:
    return whole_number(environ.get("CONTENT_LENGTH") or "0", LONG) or 0


def _whole(source: Any, length: int) -> Any:
    """The body in memory, or in a file when it is long. Half a body of a sender who has gone is not worked
    on.
    """
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed with the request that reads it)
    while length > 0 and (piece := source.read(min(PIECE, length))):
        body.write(piece)
        length -= len(piece)
    body.seek(0)
    return _Gone() if length else body


def _let_go(source: Any, length: int) -> None:
    """A body that is too long is refused by its length; it is read away, since a browser that is still
    sending does not read answers.
    """
    while length > 0 and (piece := source.read(min(PIECE, length))):
        length -= len(piece)


class _Gone:
    """Django makes an UnreadablePostError of it."""

    def read(self, *_: Any) -> bytes:
        raise OSError("the sender has gone")

    readline = read
