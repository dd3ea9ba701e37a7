"""The request as each page of a room gets it. A class for annotations only: Django makes plain requests, and
the middleware puts these things on them (the order and why: docs/request.md).
"""

from portal.accounts.left import LeftPlace
from portal.accounts.models import Membership, User
from portal.core.next_steps import NextStep
from portal.ui.shell import Shell
from tenants.request import ContourRequest


class PortalRequest(ContourRequest):
    """Who asks as a person, from which places, and what surrounds the page."""

    id: str
    person: User | None
    memberships: list[Membership]
    left: LeftPlace | None
    shell: Shell
    city_steps: list[NextStep]
    own_steps: int
    numbers: dict[str, int]
    browser_signed_in: str


def signed_in_person(request: PortalRequest) -> User:
    """The person of a page that visitors do not get: `SettleActor` has sent them to sign in."""
    if request.person is None:
        raise RuntimeError(f"A visitor has reached {request.path_info}, a page for people who are signed in.")
    return request.person
