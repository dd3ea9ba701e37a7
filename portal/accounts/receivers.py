"""The city's reactions to letters about people."""

from portal.accounts import services
from portal.accounts.letters import INVITATION, OFFICE
from portal.exchange import Letter, receives


@receives(INVITATION)
def keep_invitation(letter: Letter) -> None:
    services.keep_invitation(letter.payload, letter.uuid, letter.school)


@receives(OFFICE)
def keep_office(letter: Letter) -> None:
    services.keep_office(letter.payload, letter.school)
