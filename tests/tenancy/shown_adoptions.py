"""Practices of the bank in programmes of the town that is shown."""

from collections.abc import Iterator
from uuid import uuid4

from django.db.models import Model

from best_practices.models import BankAdoption, PracticeRecheck
from portal.core import clock
from portal.pair_work.models import Adoption, Programme
from tenants.models import School
from tests.tenancy.rows import row


def a_recheck(number: int) -> None:
    """One more that the methodist is to look at again."""
    row(PracticeRecheck, number, conditions=f"школа, пара {number}")


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


def of_schools(school: School) -> list[Model]:
    """What the city knows of them, and a practice to be looked at again."""
    return [
        row(BankAdoption, 0, school=school, taken_on=clock.today(), outcome="", form="teacher_teacher"),
        row(PracticeRecheck, 0, conditions="school, teacher_teacher", due_on=clock.today()),
    ]
