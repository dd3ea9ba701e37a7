"""Two kinds of letters whose receivers are deliberately not idempotent: each application leaves a line with
its number.

Run as a program it delivers the post again and again, each time killed (`kill -9`) one step later, as a power
cut would; after each death the post is delivered to the end by another process. What arrived is printed as
JSON: for each death [exit code, the numbers on each topic].
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from portal.exchange import LetterKind
    from tenants.models import School

TO_CITY, TO_SCHOOL = "test.counted", "test.counted_back"


def declare() -> "list[LetterKind]":
    from portal import audit
    from portal.core.actor import Actor
    from portal.exchange import KINDS, RECEIVERS, Direction, Letter, LetterKind, Payload, receives
    from tenants.models import School

    class Counted(Payload):
        number: int

    def count(letter: Letter) -> None:
        audit.record(
            Actor.system(),
            f"counted {letter.payload.number}",
            School(uuid=letter.school),  # type: ignore[misc]
            comment=str(letter.topic),
        )

    directions = {TO_CITY: Direction.TO_CITY, TO_SCHOOL: Direction.TO_SCHOOL}
    kinds = [
        LetterKind(code, way, "Счёт", Counted, basis="тест", sender="тест", carries="число")
        for code, way in directions.items()
    ]
    for kind in kinds:
        KINDS.add(kind)
        RECEIVERS[kind.code] = receives(kind)(count)
    return kinds


def write_letters(
    school: "School", topics: list[UUID], count: int, *, first: int = 0, to_school: bool = False
) -> None:
    """`count` letters on each topic, interleaved, from the school to the city or back."""
    from portal.core.actor import Actor
    from portal.exchange import KINDS, send
    from tenants.context import in_city, in_school

    kind = KINDS[TO_SCHOOL if to_school else TO_CITY]
    with in_city() if to_school else in_school(school):
        for number in range(first, first + count):
            for topic in topics:
                send(
                    kind,
                    kind.payload(number=number),  # type: ignore[call-arg]
                    topic=topic,
                    by=Actor.system(),
                    school=school.uuid if to_school else None,
                )


def numbers(topic: UUID, school: "School | None" = None) -> list[str]:
    """What the receivers have noted on the topic, in the city or in the school, oldest first."""
    from portal.core.current_contour import record_model
    from tenants.context import in_city, in_school

    with in_school(school) if school else in_city():
        return list(
            record_model("JournalLine")
            .objects.filter(comment=str(topic))
            .order_by("id")
            .values_list("verb", flat=True)
        )


# ── The program ─────────────────────────────────────────────────────────────────────────────────────
def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """Run in a process of its own, forked before it has a connection. (exit code, what it returned as JSON
    carries it).
    """
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.write(there, json.dumps(work()).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(there)
    with os.fdopen(here, "rb") as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), json.loads(said) if said else None


def deliver(topics: list[UUID], die_at: int) -> int:
    """Two letters on each topic, two topics each way; the N-th step is the last. Returns how many steps there
    were.
    """
    from tenants import post
    from tenants.models import School

    school, done = School.objects.get(number=5), 0
    write_letters(school, topics[:2], 2)
    write_letters(school, topics[2:], 2, to_school=True)

    def step(name: str) -> None:
        nonlocal done
        done += 1
        if done == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    post.after_step = step
    post.deliver_everything()
    return done


def arrived(topics: list[UUID]) -> list[list[str]]:
    from tenants import post
    from tenants.models import School

    post.deliver_everything()
    return [numbers(topic) for topic in topics[:2]] + [
        numbers(topic, School.objects.get(number=5)) for topic in topics[2:]
    ]


def main() -> None:
    import django

    django.setup()
    declare()
    _, steps = in_child(lambda: deliver([uuid4() for _ in range(4)], 0))
    found = []
    for die_at in range(1, steps + 1):
        topics = [uuid4() for _ in range(4)]
        code, _ = in_child(lambda topics=topics, die_at=die_at: deliver(topics, die_at))  # type: ignore[misc]
        found.append([code, in_child(lambda topics=topics: arrived(topics))[1]])  # type: ignore[misc]
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    import tests.environment  # noqa: F401

    main()
