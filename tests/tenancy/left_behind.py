"""Every state of the queue that a dead worker can leave, as rows; a new queueing lock or a new periodic task
makes new ones by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from psycopg.types.json import Jsonb

from tenants import jobs, tasks
from tenants.context import in_city
from tenants.rescue import PATIENCE

GIVEN_ON, GIVEN_UP = "succeeded", "aborted"
AN_OLD_WORKER, A_FORGOTTEN_WORKER = "old", "forgotten"
"""Its last sign of life is long ago; or its row has been cleared away by a worker that has started since."""


@dataclass(frozen=True)
class Left:
    """A row of the queue, and how it must end."""

    name: str
    task: str
    queue: str
    ends: str
    status: str = "doing"
    attempts: int = 0
    to_abort: bool = False
    lock: str | None = None
    worker: str | None = AN_OLD_WORKER
    job: str = "municipality.apply_post"

    @property
    def args(self) -> dict[str, Any]:
        if self.task != jobs.RUN:
            return {"timestamp": 0}
        return {"name": self.job, "key": self.name, "school": None, "user": None, "arguments": {}}


def _of_locks() -> Iterator[Left]:
    """For each queueing lock in use: a dead twin beside a waiting one, and two dead twins where the second
    worker died too.
    """
    for task in {task.name: task for task in app.tasks.values() if task.queueing_lock}.values():
        lock = task.queueing_lock
        yield Left(f"{lock}: dead", task.name, task.queue, GIVEN_UP, lock=lock)
        yield Left(f"{lock}: dead too", task.name, task.queue, GIVEN_UP, lock=lock, worker=A_FORGOTTEN_WORKER)
        yield Left(f"{lock}: waiting", task.name, task.queue, GIVEN_ON, status="todo", lock=lock, worker=None)


LEFT = [
    *_of_locks(),
    Left("of an old worker", jobs.RUN, "city", GIVEN_ON),
    Left("of a forgotten worker", jobs.RUN, "city", GIVEN_ON, worker=A_FORGOTTEN_WORKER),
    Left("last attempt", jobs.RUN, "city", GIVEN_ON, attempts=PATIENCE - 1),
    Left("kills its workers", jobs.RUN, "city", GIVEN_UP, attempts=PATIENCE),
    Left("asked to abort", jobs.RUN, "city", GIVEN_UP, to_abort=True),
    Left("aborting, of an older library", jobs.RUN, "city", GIVEN_UP, status="aborting", to_abort=True),
    Left(
        "of the owner's worker, its last",
        jobs.RUN,
        "owner",
        GIVEN_UP,
        attempts=PATIENCE,
        job="municipality.open_school",
    ),
    Left("a task that a newer release has dropped", "estafeta.no_such_task", "city", "failed"),
]


def leave_behind() -> list[tuple[Left, int]]:
    """Write the rows. Returns each with its number in the queue."""
    assert {task.queueing_lock for task in app.tasks.values()} - {None} == {
        case.lock for case in LEFT if case.lock
    }
    assert tasks.sweep_post.queueing_lock in {case.lock for case in LEFT}, (
        "the registry of tasks was read before they were declared"
    )
    with in_city(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (clock_timestamp() - interval '1 "
            "hour') RETURNING id"
        )
        dead = cursor.fetchone()[0]
        found = []
        for case in LEFT:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, status, "
                "attempts, abort_requested, worker_id) "
                "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
                [
                    case.queue,
                    case.task,
                    case.lock,
                    Jsonb(case.args),  # type: ignore[list-item]
                    case.status,
                    case.attempts,
                    case.to_abort,
                    dead if case.worker == AN_OLD_WORKER else None,
                ],
            )
            found.append((case, cursor.fetchone()[0]))
    return found


def of(number: int) -> str:
    """The state of a job in the queue."""
    with in_city(), connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number])
        return str(cursor.fetchone()[0])
