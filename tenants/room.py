"""What the contours give: the letter that carries a school's background work, and the nights of the post."""

from portal.core.wiring import checks_at_start
from portal.exchange import KINDS, RECEIVERS
from tenants import checks, jobs, post
from tenants.tasks import DAILY

GIVES = (
    checks_at_start(checks.contours_agree, checks.no_table_twice),
    KINDS.give(jobs.JOB),
    RECEIVERS.give(jobs.put_into_queue),
    DAILY.give(post.note_what_waits),
)
