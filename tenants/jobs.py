"""Background work. A school's job leaves through its outbox, so it never exists without its transaction.

A job runs as the person (or the portal) that asked for it, inside the school it belongs to, and not again
once it has ended with its repeat key. Only functions that may be run again from the start can be jobs.
"""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector
from pydantic import Field

from portal.audit.models import JOB as JOB_KEYS
from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import current_school, record_model
from portal.core.errors import Invalid
from portal.core.wiring import Slot, Table
from portal.exchange import Direction, Letter, LetterKind, Payload, receives, send
from tenants.context import in_city, in_school, open_schools, sending_schools
from tenants.lookup import facts_of, mark_now
from tenants.models import SchoolState

log = logging.getLogger("estafeta.jobs")


class JobLetter(Payload):
    """What a job needs: its name, its repeat key and plain arguments (uuids as strings, never names)."""

    job: str = Field(max_length=80)
    key: str = Field(max_length=80)
    arguments: dict[str, Any]


JOB = LetterKind(
    "job",
    Direction.TO_CITY,
    "Фоновая работа школы",
    JobLetter,
    basis="Необходимо для работы портала",
    sender="портал",
    carries="номер работы и записей, без имён",
)


SCHOOL, CITY, OWNER = "school", "city", "owner"
"""The queues. A job of a school runs in that school; those of the city and of the owner know no school and
are asked for by the city alone.
"""


class NotForSchools(Invalid):
    """A letter asks for work that is not done for whoever sent it: only wrong or hostile code writes one."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "job_not_for_schools",
            f"Работу «{name[:80]}» из этого места не просят. Она не начата: покажите письмо разработчику "
            "портала.",
        )


@dataclass(frozen=True)
class Job:
    """A background function; its room gives it to `JOBS`. `later` asks for it, in the present transaction."""

    name: str
    function: Callable[..., None]
    queue: str
    may: "May"
    otherwise: Callable[..., None] | None = None
    whole: bool = False
    at_deploy: bool = False

    def later(self, *, by: Actor, key: str = "", topic: UUID | None = None, **arguments: Any) -> None:
        """Ask for the job. Within a school it goes through the outbox; in the city straight to the queue."""
        letter = JobLetter(job=self.name, key=key or uuid4().hex, arguments=arguments)
        if here := current_school.get():
            self.check_place(here)
            send(JOB, letter, topic=topic or uuid4(), by=by)
        else:
            enqueue(self, letter, None, by.user)

    def check_place(self, school: UUID | None) -> None:
        """Raises NotForSchools when a school asks for the city's work, or the city would do a school's work
        in its own contour.

        Asked when the work is asked for, when a letter puts it into the queue, and once more before it is
        done.
        """
        if (self.queue == SCHOOL) != bool(school):
            raise NotForSchools(self.name)

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        self.function(*args, **kwargs)

    def run(self, by: Actor, arguments: dict[str, Any]) -> bool:
        """Rights are asked when the job runs: who has lost them since then gets nothing done (False), and
        what was begun is put in order.
        """
        if by.is_system or self.may(by):
            self.function(by=by, **arguments)
            return True
        log.warning(
            "a job was left: whoever asked for it has no right to it any more", extra={"job": self.name}
        )
        if self.otherwise:
            self.otherwise(by=Actor.system(school=by.school, via="job"), **arguments)
        return False


JOBS: Table[Job] = Table(lambda job: job.name)
May = Callable[[Actor], bool]


def whoever_asked(why: str) -> May:
    """For a job whose work does not hang on the person who asked: it finishes a decision that stands already.
    `why` says so to the reader.
    """
    return lambda by: bool(why)


class _Accept(Protocol):
    def __call__(
        self, name: str, *, may: May, otherwise: Callable[..., None] | None = None, whole: bool = False
    ) -> Callable[[Callable[..., None]], Job]: ...


def _jobs_of(queue: str) -> _Accept:
    """The decorator of a queue. `may` asks the actor when the job runs; `otherwise`, with the same arguments,
    puts in order what was begun.

    `whole`: the work and its repeat key are one transaction. For what would be done twice, were it killed
    between the two.
    """

    def declare(
        name: str, *, may: May, otherwise: Callable[..., None] | None = None, whole: bool = False
    ) -> Callable[[Callable[..., None]], Job]:
        def accept(function: Callable[..., None]) -> Job:
            return Job(name, function, queue, may, otherwise, whole)

        return accept

    return declare


school_job = _jobs_of(SCHOOL)
"""Decorator: `function(*, by: Actor, **arguments)` runs inside the school that asked."""
city_job = _jobs_of(CITY)
"""Decorator: `function(*, by: Actor, **arguments)` runs in the city's contour."""
owner_job = _jobs_of(OWNER)
"""Decorator: runs in the worker that owns the database (opening and migrating schools)."""


def deploy_job(name: str) -> Callable[[Callable[..., None]], Job]:
    """Decorator: a school's job for data that a migration of a school (DDL only) cannot move. `function(*,
    by: Actor)`.

    `migrate_all` asks for it in every school that has not done it, under a key of its own, so it is done once
    in each; a school that is halted does it when its work goes on. It must bear a school that was opened with
    nothing to move. Needed again: a new name.
    """

    def accept(function: Callable[..., None]) -> Job:
        always = whoever_asked("обновление портала, не человек")
        return Job(name, function, SCHOOL, always, at_deploy=True)

    return accept


@receives(JOB)
def put_into_queue(letter: Letter) -> None:
    """The city takes a school's job from its inbox into the queue, in the transaction that closes the letter.
    Only jobs marked for schools.
    """
    enqueue(job_called(letter.payload.job), letter.payload, letter.school, letter.by)


def job_called(name: str) -> Job:
    """The registered job. Raises NotForSchools for a name that nobody has registered."""
    if name not in JOBS:
        raise NotForSchools(name)
    return JOBS[name]


RUN = "estafeta.run_job"
"""The one task of the queue (tenants.tasks): it performs any of our jobs."""


@cache
def _queue() -> App:
    """The queue by Django's own connection, also inside a worker: there the app has another connector,
    outside of our transaction.
    """
    return App(connector=DjangoConnector())


def enqueue(job: Job, letter: JobLetter, school: UUID | None, user: UUID | None) -> None:
    """Into the queue, in the present transaction. The owner's queue and the city's take no job of a
    school.
    """
    job.check_place(school)
    _queue().configure_task(RUN, queue=job.queue).defer(
        name=job.name,
        key=letter.key,
        school=str(school) if school else None,
        user=str(user) if user else None,
        arguments=letter.arguments,
    )


def ask_at_deploy() -> int:
    """Put the jobs of a deploy into the queue for each school that has not done them. Returns how many."""
    wanted, asked = [job for job in JOBS.values() if job.at_deploy], 0
    if not wanted:
        return 0
    with in_city():
        # nothing is done there any more
        schools = list(sending_schools().exclude(state=SchoolState.ARCHIVED))
    for school in schools:
        with in_school(school):
            done = set(
                record_model("RepeatKey")
                .objects.filter(person=JOB_KEYS, key=DEPLOY)
                .values_list("route", flat=True)
            )
        with in_city():
            for job in wanted:
                if job.name not in done:
                    enqueue(job, JobLetter(job=job.name, key=DEPLOY, arguments={}), school.uuid, None)
                    asked += 1
    return asked


DEPLOY = "deploy"
"""The repeat key of a job that is done once in each school."""


ActorOf = Callable[[UUID | None, UUID | None], Actor]
ACTORS: Slot[ActorOf] = Slot()
"""`accounts` says how to settle the actor of a job: (user, school) -> Actor, asked as the city."""


def perform(name: str, key: str, school: str | None, user: str | None, arguments: dict[str, Any]) -> None:
    """Run a job in its contour as its actor. The repeat key is kept after the work: a job killed between the
    two runs once more, if it is not `whole`.
    """
    school_uuid, user_uuid = (UUID(school) if school else None), (UUID(user) if user else None)
    job = job_called(name)
    job.check_place(school_uuid)
    if (job.queue == OWNER) != settings.AS_OWNER:
        # the owner's worker wears no role of a school: what is not its own would run without walls
        raise NotForSchools(name)
    with in_city():
        place = open_schools().filter(uuid=school_uuid).first() if school_uuid else None
        if school_uuid and place is None:
            return _put_off(JobLetter(job=name, key=key, arguments=arguments), school_uuid, user_uuid)
        actor, mark = next(iter(ACTORS))(user_uuid, school_uuid), mark_now()
    with facts_of(mark), structlog.contextvars.bound_contextvars(job=name, school=school, actor=user):
        if place is None:
            return _once(job, key, actor, arguments)
        with in_school(place):
            return _once(job, key, actor, arguments)


def _put_off(letter: JobLetter, school: UUID, user: UUID | None) -> None:
    """The school was halted after the job had been put into the queue: back into the inbox, where its jobs
    wait for it. The key stays, so it runs once.
    """
    row = {
        "payload": letter.model_dump(mode="json"),
        "school": school,
        "sent_by": user,
        "written_at": clock.now(),
    }
    record_model("Inbox").objects.create(kind=JOB.code, topic=uuid4(), **row)


def _once(job: Job, key: str, by: Actor, arguments: dict[str, Any]) -> None:
    model = record_model("RepeatKey")
    identity = {"person": JOB_KEYS, "route": job.name, "key": key, "body_hash": ""}
    if model.objects.filter(**identity).exists():
        return
    with transaction.atomic() if job.whole else nullcontext():
        if not job.run(by, arguments):
            return  # another may ask for the same again
        with transaction.atomic():
            model.objects.get_or_create(**identity, defaults={"status": 200})
