"""A line between the browser and the portal that a test can cut: really closed connections, a really silent
or answering-for-it proxy.
"""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

AWAY = (
    b"HTTP/1.1 %d Away\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: "
    b"close\r\n\r\n<h1>nginx</h1"
)


class Gate:
    """Passes one request a connection. `down`: nobody answers; `status`: a proxy answers for the portal;
    `cut`: that many POSTs do their work and die before the answer; `posts` counts those that reached the
    portal.
    """

    def __init__(self, portal: str) -> None:
        self.host, port = portal.removeprefix("http://").split(":")
        self.portal = (self.host, int(port))
        self.down, self.status, self.cut, self.posts = False, 0, 0, 0
        self.door = socket.create_server((self.host, 0), backlog=64)
        self.address = f"http://{self.host}:{self.door.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                caller, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(caller,), daemon=True).start()

    def _pass(self, caller: socket.socket) -> None:
        with caller:
            request = _read(caller)
            if self.down or not request:
                return
            if self.status:
                caller.sendall(AWAY % self.status)
                return
            is_post = request.startswith(b"POST")
            self.posts += is_post
            answer = self._ask(request)
            if is_post and self.cut:
                self.cut -= 1
                return
            caller.sendall(answer)

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(self.portal) as portal:
            portal.sendall(re.sub(rb"(?i)\r\nconnection: [^\r]*", b"\r\nConnection: close", request, count=1))
            return b"".join(iter(lambda: portal.recv(65536), b""))


def _read(caller: socket.socket) -> bytes:
    """A request with its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = caller.recv(65536)
        if not part:
            return b""
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    found = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    while len(body) < (int(found[1]) if found else 0):
        body += caller.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def gate_before(portal: str) -> Iterator[Gate]:
    gate = Gate(portal)
    thread = threading.Thread(target=gate.serve, daemon=True)
    thread.start()
    try:
        yield gate
    finally:
        gate.door.shutdown(socket.SHUT_RDWR)
        gate.door.close()
        thread.join()
