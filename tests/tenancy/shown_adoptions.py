"""Practices of the bank in programmes of the town that is shown."""

from collections.abc import Iterator
from uuid import uuid4

from django.db.models import Model

from portal.core import clock
from portal.pair_work.models import Adoption, Programme
from tests.tenancy.rows import row


def adopted(number: int, plan: Programme) -> Iterator[Model]:
    """At work, and waiting for a word."""
    for ended_on in (None, clock.today()):
        yield row(
            Adoption,
            number,
            programme=plan,
            practice=uuid4(),
            code="СП-0",
            title="Практика",
            outcome="",
            ended_on=ended_on,
            taken_on=clock.today(),
            in_force_on=clock.today(),
        )
