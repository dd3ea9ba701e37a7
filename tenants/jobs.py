"""Background work. A school's job leaves through its outbox, so it never exists without its transaction.

A job runs as the person (or the portal) that asked for it, inside the school it belongs to, and not again once it has ended with its repeat key.
Only functions that may be run again from the start can be jobs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector

from portal.core import clock
from portal.core.actor import Actor
from portal.core.place import current_school, record_model
from portal.exchange import Direction, Letter, LetterKind, Payload, receives, register, send
from tenants.context import in_city, in_school, open_schools


class JobLetter(Payload):
    """What a job needs: its name, its repeat key and plain arguments (uuids as strings, never names)."""

    job: str
    key: str
    arguments: dict[str, Any]


JOB = register(
    LetterKind("job", Direction.TO_CITY, "Фоновая работа школы", JobLetter, basis="Необходимо для работы портала",
               sender="портал", carries="номер работы и записей, без имён")
)  # fmt: skip


@dataclass(frozen=True)
class Job:
    """A registered background function. `later` asks for it, in the present transaction."""

    name: str
    function: Callable[..., None]
    queue: str

    def later(self, *, by: Actor, key: str = "", topic: UUID | None = None, **arguments: Any) -> None:
        """Ask for the job. Within a school it goes through the outbox; in the city straight to the queue."""
        letter = JobLetter(job=self.name, key=key or uuid4().hex, arguments=arguments)
        if current_school.get():
            send(JOB, letter, topic=topic or uuid4(), by=by)
        else:
            enqueue(self, letter, None, by.user)

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        self.function(*args, **kwargs)


JOBS: dict[str, Job] = {}


def _job(name: str, queue: str) -> Callable[[Callable[..., None]], Job]:
    def accept(function: Callable[..., None]) -> Job:
        JOBS[name] = Job(name, function, queue)
        return JOBS[name]

    return accept


def school_job(name: str) -> Callable[[Callable[..., None]], Job]:
    """Decorator: `function(*, by: Actor, **arguments)` runs inside the school that asked."""
    return _job(name, "school")


def city_job(name: str) -> Callable[[Callable[..., None]], Job]:
    """Decorator: `function(*, by: Actor, **arguments)` runs in the city's contour."""
    return _job(name, "city")


def owner_job(name: str) -> Callable[[Callable[..., None]], Job]:
    """Decorator: runs in the worker that owns the database (opening and migrating schools)."""
    return _job(name, "owner")


@receives(JOB)
def put_into_queue(letter: Letter) -> None:
    """The city takes a school's job from its inbox into the queue, in the transaction that closes the letter."""
    job = JOBS[letter.payload.job]
    enqueue(job, letter.payload, letter.school, letter.by)


RUN = "estafeta.run_job"
"""The one task of the queue (tenants.tasks): it performs any of our jobs."""


@cache
def _queue() -> App:
    """The queue by Django's own connection, also inside a worker: there the app has another connector, outside of our transaction."""
    return App(connector=DjangoConnector())


def enqueue(job: Job, letter: JobLetter, school: UUID | None, user: UUID | None) -> None:
    """Into the queue, in the present transaction."""
    _queue().configure_task(RUN, queue=job.queue).defer(
        name=job.name, key=letter.key, school=str(school) if school else None, user=str(user) if user else None, arguments=letter.arguments
    )


ActorOf = Callable[[UUID | None, UUID | None], Actor]
_actor_of: list[ActorOf] = []


def actors_come_from(function: ActorOf) -> None:
    """`accounts` says how to settle the actor of a job: (user, school) -> Actor, asked as the city."""
    _actor_of[:] = [function]


def perform(name: str, key: str, school: str | None, user: str | None, arguments: dict[str, Any]) -> None:
    """Run a job in its contour as its actor. The repeat key is kept after the work: a job killed between the two runs once more."""
    school_uuid, user_uuid = (UUID(school) if school else None), (UUID(user) if user else None)
    with in_city():
        place = open_schools().filter(uuid=school_uuid).first() if school_uuid else None
        if school_uuid and place is None:
            return _put_off(JobLetter(job=name, key=key, arguments=arguments), school_uuid, user_uuid)
        actor = _actor_of[0](user_uuid, school_uuid)
    job = JOBS[name]
    with structlog.contextvars.bound_contextvars(job=name, school=school, actor=user):
        if place is None:
            return _once(job, key, actor, arguments)
        with in_school(place):
            return _once(job, key, actor, arguments)


def _put_off(letter: JobLetter, school: UUID, user: UUID | None) -> None:
    """The school was halted after the job had been put into the queue: back into the inbox, where its jobs wait for it. The key stays, so it runs once."""
    row = {"payload": letter.model_dump(mode="json"), "school": school, "sent_by": user, "written_at": clock.now()}
    record_model("Inbox").objects.create(kind=JOB.code, topic=uuid4(), **row)


def _once(job: Job, key: str, by: Actor, arguments: dict[str, Any]) -> None:
    model = record_model("RepeatKey")
    identity = {"person": "job", "route": job.name, "key": key, "body_hash": ""}
    if model.objects.filter(**identity).exists():
        return
    job.function(by=by, **arguments)
    with transaction.atomic():
        model.objects.get_or_create(**identity, defaults={"status": 200})
