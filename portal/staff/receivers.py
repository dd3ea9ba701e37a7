"""News from the city about people of the school."""

from portal.accounts.letters import (
    ACCESS_ANSWERED,
    AGREEMENT_ASKED,
    JOINED,
    NAME_ANSWERED,
    NAME_DOUBTED,
    OFFICE_KEPT,
)
from portal.core import clock
from portal.core.actor import Actor
from portal.exchange import Letter, receives
from portal.staff.models import StaffInvitation
from portal.staff.services import confirm_office, give_what_stays_name, link_user, tell_again
from portal.staff.services.access_questions import hear_access_question
from portal.staff.services.mending_access import keep_answer
from portal.staff.services.names import hear_answer
from portal.staff.services.newcomers import keep_newcomer


@receives(JOINED)
def person_joined(letter: Letter) -> None:
    """The account of a person is linked with the person; the invitation is done. The names of the school
    stay as they are.
    """
    by, said = Actor.system(school=letter.school, via="post"), letter.payload
    person = link_user(
        said.person,
        said.user,
        office=said.office,
        last_name=said.last_name,
        first_name=said.first_name,
        middle_name=said.middle_name,
        email=said.email,
        by=by,
    )
    if person is not None:
        StaffInvitation.objects.filter(person=person, accepted_at=None).update(
            accepted_at=clock.now(), updated_at=clock.now()
        )
        if said.valid_from is not None:
            confirm_office(
                person.uuid,
                said.office,
                basis=said.basis,
                valid_from=said.valid_from,
                valid_to=said.valid_to,
            )
        tell_again(person, by=by)
        give_what_stays_name(person, by=by)


@receives(OFFICE_KEPT)
def office_kept(letter: Letter) -> None:
    """The city keeps the office as the school said."""
    said = letter.payload
    confirm_office(said.person, said.office, valid_from=said.valid_from, valid_to=said.valid_to)


@receives(ACCESS_ANSWERED)
def access_answered(letter: Letter) -> None:
    """What has become of what the principal asked for somebody."""
    said, by = letter.payload, Actor.system(school=letter.school, via="post")
    keep_answer(said.person, what=said.what, outcome=said.outcome, comment=said.comment, by=by)


@receives(NAME_ANSWERED)
def name_answered(letter: Letter) -> None:
    hear_answer(letter.payload, by=Actor.system(school=letter.school, via="post"))


@receives(NAME_DOUBTED)
def name_doubted(letter: Letter) -> None:
    keep_newcomer(letter.payload, by=Actor.system(school=letter.school, via="post"))


@receives(AGREEMENT_ASKED)
def agreement_asked(letter: Letter) -> None:
    hear_access_question(letter.payload, by=Actor.system(school=letter.school, via="post"))
