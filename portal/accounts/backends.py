"""Whose a session is: the account comes together with its memberships, for every request asks for both."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from portal.accounts.actors import account_with_memberships
from portal.accounts.models import User


class Accounts(AuthenticationBackend):  # type: ignore[misc]
    """Signs in as allauth does."""

    def get_user(self, user_id: Any) -> User | None:
        user = account_with_memberships(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
