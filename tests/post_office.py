"""A mail server that really listens: what it was given, as it came over the wire."""

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Caught:
    """What the post office has received."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (the name is the server's)
        self.letters.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def post_office(settings: Any) -> Iterator[Caught]:
    caught = Caught()
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(caught, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "config.mail.Smtp"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield caught
    server.stop()


def text_of(raw: str) -> str:
    """The body of a letter, decoded."""
    letter = email.message_from_bytes(raw.encode(), policy=email.policy.default)
    return str(letter.get_body().get_content())  # type: ignore[union-attr]
