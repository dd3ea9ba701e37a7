"""News from the city about people of the school."""

from portal.accounts.letters import JOINED, OFFICE_KEPT
from portal.core import clock
from portal.core.actor import Actor
from portal.exchange import Letter, receives
from portal.staff.models import StaffInvitation
from portal.staff.services import confirm_office, link_user, tell_again


@receives(JOINED)
def person_joined(letter: Letter) -> None:
    """The account of a person is linked with the employee; the invitation is done. The names of the school
    stay as they are.
    """
    by, said = Actor.system(school=letter.school, via="post"), letter.payload
    employee = link_user(
        said.employee,
        said.user,
        office=said.office,
        last_name=said.last_name,
        first_name=said.first_name,
        middle_name=said.middle_name,
        email=said.email,
        by=by,
    )
    if employee is not None:
        StaffInvitation.objects.filter(employee=employee, accepted_at=None).update(
            accepted_at=clock.now(), updated_at=clock.now()
        )
        if said.valid_from is not None:
            confirm_office(
                employee.uuid,
                said.office,
                basis=said.basis,
                valid_from=said.valid_from,
                valid_to=said.valid_to,
            )
        tell_again(employee, by=by)


@receives(OFFICE_KEPT)
def office_kept(letter: Letter) -> None:
    """The city keeps the office as the school said."""
    said = letter.payload
    confirm_office(said.employee, said.office, valid_from=said.valid_from, valid_to=said.valid_to)
