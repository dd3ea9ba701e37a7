"""A signed-in reader of the bench: requests go through the whole portal as the web server brings them."""

import statistics
from collections.abc import Callable, Iterable
from typing import Any

from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.bench.city.work import Work


class Rounds:
    """How often each page is asked: first without counting, then for the median."""

    warm = 2
    counted = 11


class Reader:
    """One person's browser; nobody's when there is no user."""

    def __init__(self, user: Any = None) -> None:
        from config.wsgi import application

        self._application: Callable[..., Iterable[bytes]] = application
        client = Client()
        if user is not None:
            client.force_login(user)
        self._requests = RequestFactory(
            HTTP_COOKIE="; ".join(f"{k}={m.value}" for k, m in client.cookies.items())
        )

    def get(self, path: str) -> bytes:
        """The body; raises SystemExit for anything but 200."""
        said: list[str] = []
        environment = self._requests.get(path).environ
        answer = self._application(environment, lambda status, headers, *rest: said.append(status))
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        if not said[0].startswith("200"):
            raise SystemExit(f"{path} answers {said[0]}")
        return body

    def queries(self, path: str) -> int:
        from django.db import connection

        with CaptureQueriesContext(connection) as asked:
            self.get(path)
        return len(asked)

    def rows(self, path: str) -> int:
        """How many rows the database gives for the page."""
        from django.db import connection

        found: list[int] = []

        def count(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            answer = execute(sql, params, many, context)
            found.append(max(0, context["cursor"].rowcount))
            return answer

        with connection.execute_wrapper(count):
            self.get(path)
        return sum(found)


def by_turns(asked: dict[str, Callable[[], Any]], times: int = 1) -> dict[str, float]:
    """The median work of each in seconds. They take turns, so that a busy moment of the machine hits all."""
    meter = Work()
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(Rounds.warm + Rounds.counted * times):
        for name, ask in asked.items():
            before = meter.spent()
            ask()
            if number >= Rounds.warm:
                spent[name].append(meter.spent() - before)
    return {name: statistics.median(taken) for name, taken in spent.items()}
