"""A kind of letter whose receiver is deliberately not idempotent: each application leaves a line with its number.

Run as a program it delivers the post and kills itself (`kill -9`) at the N-th step, as a power cut would.
"""

import os
import signal
import sys
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from portal.exchange import LetterKind


def declare() -> "LetterKind":
    from portal import audit
    from portal.core.actor import Actor
    from portal.exchange import Direction, Letter, LetterKind, Payload, receives, register
    from tenants.models import School

    class Counted(Payload):
        number: int

    kind = register(LetterKind("test.counted", Direction.TO_CITY, "Счёт", Counted, basis="тест", sender="тест", carries="число"))

    @receives(kind)
    def count(letter: Letter) -> None:
        school = School.objects.get(uuid=letter.school)
        audit.record(Actor.system(), f"counted {letter.payload.number}", school, comment=str(letter.topic))

    return kind


def write_letters(school: object, topics: list[UUID], count: int) -> None:
    """`count` letters on each topic, interleaved."""
    from portal.core.actor import Actor
    from portal.exchange import KINDS, send
    from tenants.context import in_school

    with in_school(school):  # type: ignore[arg-type]
        for number in range(count):
            for topic in topics:
                kind = KINDS["test.counted"]
                send(kind, kind.payload(number=number), topic=topic, by=Actor.system())


def main() -> None:
    import django

    django.setup()
    declare()
    from tenants import post

    left = [int(sys.argv[1])]

    def maybe_die(step: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    post.after_step = maybe_die
    post.deliver_everything()


TOPICS = [uuid4(), uuid4()]

if __name__ == "__main__":
    import tests.environment  # noqa: F401

    main()
