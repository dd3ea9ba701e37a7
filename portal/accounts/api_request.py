"""The request as each operation of the API gets it: the same words as those of pages."""

from portal.accounts.models import Membership, User
from portal.ui.api import ActorRequest
from tenants.models import School


class ApiRequest(ActorRequest):
    """Who asks, from where, and in which contour."""

    school: School | None
    person: User
    memberships: list[Membership]
