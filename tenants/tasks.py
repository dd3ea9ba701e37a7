"""procrastinate's side of the jobs: one task for all of them, and what time does."""

import logging
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tenants import jobs, post
from tenants.rescue import PATIENCE, rescue_stalled

log = logging.getLogger("estafeta.jobs")

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


DAILY: list[Any] = []


@app.periodic(cron="10 3 * * *")
@app.task(name="estafeta.every_day", queue="city", queueing_lock="every_day", pass_context=False)
def every_day(timestamp: int) -> None:
    """Each night: what time does in each school (missed meetings, expired consents, agreed counters)."""
    run_daily()


def run_daily() -> None:
    """Visit every school; a trouble in one does not stop the others."""
    from portal.core.actor import Actor
    from tenants.context import each_school

    for school in each_school():
        for function in DAILY:
            try:
                function(Actor.system(school=school.uuid))
            except Exception:
                log.exception("daily work failed", extra={"school": school.code, "work": function.__name__})


@app.periodic(cron="* * * * *")
@app.task(name="estafeta.retry_stalled", queue="city", queueing_lock="retry_stalled", pass_context=False)
def retry_stalled(timestamp: int) -> None:
    """A worker killed by `kill -9` leaves its job «doing»; give it to another. A starting worker asks the same."""
    rescue_stalled()
