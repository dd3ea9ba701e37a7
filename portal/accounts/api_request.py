"""The request as each operation of the API gets it: the same words as those of pages. For annotations only:
DRF reads from its own request what the middleware has put on Django's.
"""

from typing import cast

from rest_framework.request import Request
from rest_framework.views import APIView

from portal.accounts.models import Membership, User
from portal.core.actor import Actor
from tenants.models import School


class ApiRequest(Request):
    """Who asks, from where, and in which contour."""

    actor: Actor
    school: School | None
    person: User
    memberships: list[Membership]


# What every operation begins with: `self.by`. A list names it before `generics.ListAPIView`.
# A comment, because the printed API takes the docstring of a base for the words of its operations.
class Operation(APIView):
    @property
    def by(self) -> Actor:
        return cast(ApiRequest, self.request).actor
