"""Bodies are taken in before the portal works: slow senders hold no place of its own, and some places are
never given to them.
"""

import io
import threading
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import RequestFactory

from config.buffering import CROWDED, Buffered
from config.middleware import BodyLimit

pytestmark = pytest.mark.covers("found A5")
UNSAID: Any = None
"""The server's own function, which these never call."""


class Slow(io.BytesIO):
    """A body that comes when it is let to."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.comes, self.asked = threading.Event(), threading.Event()

    def read(self, size: int | None = -1, /) -> bytes:
        self.asked.set()
        assert self.comes.wait(10)
        return super().read(size)


def portal(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if environ.get(CROWDED):
        return [b"crowded"]
    return [environ["wsgi.input"].read() or b"a page"]


def asked(body: bytes | io.BytesIO = b"", length: int | None = None) -> dict[str, Any]:
    source = body if isinstance(body, io.BytesIO) else io.BytesIO(body)
    return {"CONTENT_LENGTH": str(len(source.getvalue()) if length is None else length), "wsgi.input": source}


def test_whoever_sends_slowly_holds_nobody_up() -> None:
    server = Buffered(portal, working=1, sending=2, longest=100)
    slow, answers = [Slow(b"one"), Slow(b"two")], []
    threads = [
        threading.Thread(target=lambda body=body: answers.append(b"".join(server(asked(body), UNSAID))))
        for body in slow
    ]
    for thread, body in zip(threads, slow, strict=True):
        thread.start()
        assert body.asked.wait(10)
    assert server(asked(), UNSAID) == [b"a page"]
    assert server(asked(b"three"), UNSAID) == [b"crowded"]
    for body in slow:
        body.comes.set()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [b"one", b"two"]
    assert server(asked(b"three"), UNSAID) == [b"three"]


def test_half_a_body_is_not_worked_on_and_a_long_one_is_let_go() -> None:
    server = Buffered(portal, working=1, sending=1, longest=100)
    with pytest.raises(OSError, match="gone"):
        server(asked(b"half", length=10), UNSAID)
    refused = Buffered(
        lambda environ, _: [environ["CONTENT_LENGTH"].encode()], working=1, sending=1, longest=100
    )
    long = io.BytesIO(b"0" * 5000)
    assert refused(asked(long), UNSAID) == [b"5000"]
    assert long.tell() == 800, "read away as far as is reasonable"
    assert server(asked(b"whole"), UNSAID) == [b"whole"], "places are given back"


def test_whoever_was_not_listened_to_is_told_so() -> None:
    request = RequestFactory().post("/s/5/api/v1/me/")
    request.META[CROWDED] = True
    answer = BodyLimit(lambda _: pytest.fail("worked on"))(request)  # type: ignore[arg-type]
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
