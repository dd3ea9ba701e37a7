"""Reactions to news from schools and from accounts; they write rows and nothing else."""

from typing import Any

from portal.accounts.models import Membership
from portal.accounts.offices import Office
from portal.exchange import Letter, receives
from portal.municipality import officials, services
from portal.municipality.letters import COUNTERS, FORM_SUBMITTED, SCHOOL_STEP
from tenants.models import School, SchoolState


def principal_joined(sender: Any, membership: Membership, **_: Any) -> None:
    """The principal began to serve: SM-17 goes on."""
    if membership.school is not None and membership.office == Office.PRINCIPAL:
        services.keep_step(membership.school, SchoolState.PRINCIPAL_JOINED)


def official_joined(sender: Any, membership: Membership, **_: Any) -> None:
    """Whom the department named has come: the row of the letter is no longer needed."""
    if membership.school is None:
        officials.forget_accepted(membership)


def _school(letter: Letter) -> School:
    """The post knows the sender by its schema, never by what is written inside. Raises
    School.DoesNotExist.
    """
    return School.objects.get(uuid=letter.school) if letter.school else School.objects.none().get()


@receives(SCHOOL_STEP)
def school_made_step(letter: Letter) -> None:
    services.keep_step(_school(letter), letter.payload.step)


@receives(FORM_SUBMITTED)
def form_came(letter: Letter) -> None:
    school = _school(letter)
    services.keep_form(letter.payload, school=school, signed_by=letter.by, submitted_at=letter.written_at)


@receives(COUNTERS)
def counters_came(letter: Letter) -> None:
    services.keep_counters(letter.payload, school=_school(letter))
