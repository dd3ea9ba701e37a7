"""What a dead worker leaves in the queue, and how the next one starts from it.

A job that is «doing» while its worker is silent is given on. Each by itself, under its own lock: two workers
that start together share them, and one job that cannot be given on is finished as aborted, said in the log,
and stops nobody.
"""

import logging
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.utils import DatabaseError

from tenants.context import in_city

log = logging.getLogger("estafeta.jobs")

PATIENCE = 10
"""So many times a job is begun, whether it failed or took its worker with it; then it is left alone."""
SILENCE = 30
"""Seconds without a sign of life after which a worker counts as dead; it gives one every ten."""

_STALLED = """
SELECT j.id, j.task_name, coalesce(j.args ->> 'name', ''), j.attempts, j.abort_requested
  FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
 WHERE j.status IN ('doing', 'aborting') AND (w.id IS NULL OR w.last_heartbeat < clock_timestamp() -
 make_interval(secs => %s))"""


@dataclass(frozen=True)
class Stalled:
    """A job of a dead worker."""

    id: int
    task: str
    name: str
    attempts: int
    to_abort: bool

    @property
    def hopeless(self) -> str:
        """Why it is not tried again; empty when it is."""
        if self.to_abort:
            return "somebody has asked to abort it"
        return f"begun {self.attempts} times" if self.attempts >= PATIENCE else ""


def rescue_stalled(silence: int = SILENCE) -> int:
    """Put the jobs of dead workers back into the queue. Returns how many; what cannot be put back is aborted
    and logged.
    """
    with in_city():
        with connection.cursor() as cursor:
            cursor.execute(f"{_STALLED} ORDER BY j.id", [silence])
            found = [row[0] for row in cursor.fetchall()]
        return sum(_rescue(job, silence) for job in found)


def _rescue(number: int, silence: int) -> bool:
    try:
        with transaction.atomic():
            stalled = _still_stalled(number, silence)
            return stalled is not None and _give_on(stalled)
    except DatabaseError as error:
        log.exception(
            "a stalled job could not be looked at",
            extra={"job_id": number, "kind_of_error": type(error).__name__},
        )
        return False


def _still_stalled(number: int, silence: int) -> Stalled | None:
    """The job, locked; None when another worker has it in hand or has just given it on."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_STALLED} AND j.id = %s FOR UPDATE OF j SKIP LOCKED", [silence, number])
        row = cursor.fetchone()
    return Stalled(*row) if row else None


def _give_on(job: Stalled) -> bool:
    why = job.hopeless
    if not why:
        try:
            with transaction.atomic():
                _say("SELECT procrastinate_retry_job_v2(%s, NULL, NULL, NULL, NULL)", job.id)
            return True
        except (
            DatabaseError
        ) as error:  # a twin with the same queueing lock waits already and will do its work
            why = f"the queue refused it ({type(error.__cause__ or error).__name__})"
    _say(
        "UPDATE procrastinate_jobs SET status = 'aborted', abort_requested = false, attempts = attempts + 1 "
        "WHERE id = %s",
        job.id,
    )
    log.error(
        "a stalled job was aborted: %s", why, extra={"job_id": job.id, "task": job.task, "work": job.name}
    )
    return False


def _say(statement: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
