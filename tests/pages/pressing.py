"""How tests of pages press: each attempt with a repeat key of its own."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client

As = Callable[[str], Client]


def post(client: Client, url: str, data: dict[str, Any], **more: Any) -> Any:
    return client.post(url, {"repeat_key": str(uuid4()), **data}, **more)
