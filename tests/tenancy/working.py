"""Real workers in processes of their own, and what may be seen of the queue."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from tenants.context import in_city
from tests import database


@contextmanager
def held(take: Callable[[], object]) -> Iterator[None]:
    """What was taken stays locked while the worker lives, so that it is killed exactly there; then it is
    given back untouched.
    """
    with transaction.atomic():
        take()
        yield
        transaction.set_rollback(True)


@contextmanager
def worker(name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The real command in a process of its own; killed at the end, as everything here."""
    urls = {
        "DATABASE_URL": database.app_url(name),
        "DATABASE_OWNER_URL": database.owner_url(name),
        "DATABASE_AS_OWNER": "1" if arguments else "0",
    }
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker", *arguments],
            cwd=database.ROOT,
            env={**os.environ, **urls},
            stderr=said,
        )
        try:
            yield process
            assert process.poll() is None, "the worker has fallen by itself"
        except AssertionError as failure:
            said.seek(0)
            failure.add_note(said.read())
            raise
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def wait_until(true: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert process.poll() is None, "the worker has fallen by itself"
        assert time.monotonic() < until, "this never came"
        time.sleep(0.1)


def let_a_minute_pass() -> None:
    """For the watch of the workers: the dead one has not been heard of for a minute."""
    with in_city(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
        )


def jobs_by_state(name: str) -> dict[str, int]:
    with in_city(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, count(*) FROM procrastinate_jobs WHERE args ->> 'name' = %s GROUP BY 1",
            [name],
        )
        return dict(cursor.fetchall())
