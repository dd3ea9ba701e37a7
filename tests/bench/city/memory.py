"""Memory of a web process that has met every school, with its connections.

    python -m tests.bench.city.memory SIZE

Four threads meet all schools, each a quarter of them. The peer never ends a connection (docs/adr/0025).
"""

import random
import sys
import threading
from typing import Any

import tests.environment  # noqa: F401  (a clean environment)
from tests.bench.city.browser import Reader
from tests.bench.city.figures import Figure, bound, noted, say

THREADS = 4
WEB_PROCESS = 600


def main() -> None:
    import django

    django.setup()
    measure(int(sys.argv[1]))


def measure(size: int) -> None:
    from tenants.backend import base

    readers = curators(size)
    walk(readers)
    bounded, own = connections(), of_process("self", "VmHWM")
    base.SCHOOLS_MET = sys.maxsize
    walk(readers)
    say(figures(size, own, bounded, connections()))


def figures(size: int, own: float, bounded: float, unbounded: float) -> list[Figure]:
    note = f"of it its connections {bounded:.0f}"
    whole = bound("a web process that has met all schools", size, own + bounded, "MB", WEB_PROCESS)
    return [
        noted(whole, note),
        bound("its connections, were they never ended (each has met a quarter)", size, unbounded, "MB", None),
    ]


def curators(size: int) -> list[tuple[Reader, str]]:
    """A reader for each school, with the address of the school."""
    from portal.accounts.models import Membership

    found: dict[int, Any] = {}
    for membership in Membership.objects.filter(office="curator").select_related("user", "school"):
        found.setdefault(membership.school_id, membership)  # type: ignore[arg-type]
    return [(Reader(one.user), f"/s/{one.school.code}/") for one in list(found.values())[:size]]


def walk(readers: list[tuple[Reader, str]]) -> None:
    """Each thread has a connection and meets its share of the schools."""
    met = random.Random(1).sample(readers, len(readers))
    threads = [threading.Thread(target=visit, args=(met[number::THREADS],)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def visit(readers: list[tuple[Reader, str]]) -> None:
    for reader, address in readers:
        reader.get(address)
        reader.get(f"{address}pairs/")


def connections() -> float:
    """Private memory of the server's processes that serve us, in MB."""
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = %s",
            [settings.APP_LOGIN],
        )
        return sum(of_process(pid, "RssAnon") for (pid,) in cursor.fetchall())


def of_process(pid: int | str, what: str) -> float:
    with open(f"/proc/{pid}/status") as status:
        line = next(line for line in status if line.startswith(f"{what}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
