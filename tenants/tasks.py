"""procrastinate's side of the jobs: one task for all of them, and what time does."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from portal.core import clock
from portal.core.actor import Actor
from portal.core.wiring import Slot
from portal.files.sweeping import sweep_orphans
from tenants import jobs, post
from tenants.context import each_school, in_city
from tenants.forgetting import clear_tables_of_libraries, forget_due, forget_old_lines
from tenants.rescue import PATIENCE, rescue_stalled

log = logging.getLogger("estafeta.jobs")
Daily = Callable[[Actor], Any]

AGAIN = RetryStrategy(max_attempts=PATIENCE, exponential_wait=3)
"""3 s, 9 s, 27 s … 16 h: a mail server that is down over the night loses nobody's letter."""


@app.task(name=jobs.RUN, retry=AGAIN, pass_context=False)
def run_job(name: str, key: str, school: str | None, user: str | None, arguments: dict[str, Any]) -> None:
    """Run one of our jobs. Sync on purpose: an async task would run in public (stack.md, pitfall 10)."""
    jobs.perform(name, key, school, user, arguments)


@app.periodic(cron="* * * * *")
@app.task(name="estafeta.sweep_post", queue="city", queueing_lock="sweep_post", pass_context=False)
def sweep_post(timestamp: int) -> None:
    """Each minute: letters whose notice was not heard."""
    post.deliver_everything()


DAILY: Slot[Daily] = Slot()
"""What the rooms of a school do each night."""
EVERYWHERE: tuple[Daily, ...] = (forget_due, sweep_orphans)
"""What is done each night in every contour, the city's too."""
CITY: tuple[Daily, ...] = (clear_tables_of_libraries,)
DAILY_IN_CITY: Slot[Daily] = Slot()
"""What the rooms of the city do each night."""


class TroubleAtNight(RuntimeError):
    """Some of the night's works failed; each is in the log. The job is done again, and every one of them may
    be.
    """


NIGHT_AGAIN = RetryStrategy(max_attempts=4, exponential_wait=9)
"""9 s, 81 s, 12 min, 2 h: a database that was restarted at night costs no school its day."""


NIGHT = 3
"""The hour of the city's clock in which the works of the night are done: the worker's own is UTC."""


def is_night(timestamp: int) -> bool:
    """Whether the work that was due at this moment was due at night, as the city's clock tells it."""
    return clock.local(dt.datetime.fromtimestamp(timestamp, dt.UTC)).hour == NIGHT


# The works of a night have a lock, so that two never run at once, and no queueing lock: the task of the next
# hour, which finds nothing to do, would count as their twin and take their place when they are tried again.


@app.periodic(cron="10 * * * *")
@app.task(name="estafeta.every_day", queue="city", lock="every_day", retry=NIGHT_AGAIN, pass_context=False)
def every_day(timestamp: int) -> None:
    """Each night: what time does in each school (missed meetings, expired consents, agreed counters), and
    what is forgotten.
    """
    if is_night(timestamp):
        _all_done(run_daily())


@app.periodic(cron="40 * * * *")
@app.task(
    name="estafeta.forget_journals",
    queue="owner",
    lock="forget_journals",
    retry=NIGHT_AGAIN,
    pass_context=False,
)
def forget_journals(timestamp: int) -> None:
    """Each night, by the owner's worker: lines of the journals whose term is over. Nobody else may delete
    them.
    """
    if is_night(timestamp):
        _all_done(_everywhere((forget_old_lines,), (), ()))


def run_daily() -> int:
    """Visit the city and every school; a trouble in one, or in one of the works, does not stop the others.
    Answers how many failed.
    """
    return _everywhere(EVERYWHERE, (*CITY, *DAILY_IN_CITY), DAILY)


def _all_done(failed: int) -> None:
    if failed:
        raise TroubleAtNight(f"{failed} of the night's works failed")


def _everywhere(both: Iterable[Daily], city: Iterable[Daily], school: Iterable[Daily]) -> int:
    with in_city():
        failed = _all_of([*both, *city], Actor.system(school=None), "city")
    for place in each_school():
        failed += _all_of([*school, *both], Actor.system(school=place.uuid), place.code)
    return failed


def _all_of(works: Iterable[Daily], by: Actor, where: str) -> int:
    failed = 0
    for work in works:
        try:
            work(by)
        except Exception:
            failed += 1
            log.exception("daily work failed", extra={"school": where, "work": work.__name__})
    return failed


@app.periodic(cron="* * * * *")
@app.task(name="estafeta.retry_stalled", queue="city", queueing_lock="retry_stalled", pass_context=False)
def retry_stalled(timestamp: int) -> None:
    """A worker killed by `kill -9` leaves its job «doing»; give it to another. A starting worker asks the
    same.
    """
    rescue_stalled()
