"""The city's reactions to letters about people."""

from portal.accounts import services
from portal.accounts.access_by_school import take_request
from portal.accounts.agreeing import hear_agreement
from portal.accounts.letters import (
    ACCESS_ASKED,
    AGREEMENT_ANSWERED,
    INVITATION,
    NAME_SAID,
    OFFICE,
    RECOGNISED,
)
from portal.accounts.names import hear_name
from portal.accounts.recognition import hear_recognised
from portal.core.actor import Actor
from portal.exchange import Letter, receives


@receives(INVITATION)
def keep_invitation(letter: Letter) -> None:
    services.keep_invitation(letter.payload, letter.uuid, letter.school)


@receives(OFFICE)
def keep_office(letter: Letter) -> None:
    services.keep_office(letter.payload, letter.school)


@receives(ACCESS_ASKED)
def access_asked(letter: Letter) -> None:
    take_request(letter.payload, letter.school, by=Actor(user=letter.by, via="post"))


@receives(NAME_SAID)
def name_said(letter: Letter) -> None:
    hear_name(letter.payload, letter.school, by=Actor(user=letter.by, via="post"))


@receives(RECOGNISED)
def recognised(letter: Letter) -> None:
    hear_recognised(letter.payload, letter.school, by=Actor(user=letter.by, via="post"))


@receives(AGREEMENT_ANSWERED)
def agreement_answered(letter: Letter) -> None:
    hear_agreement(letter.payload, letter.school, by=Actor(user=letter.by, via="post"))
