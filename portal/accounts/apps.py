from typing import TYPE_CHECKING

from portal.core.contour import Contour, RoomConfig

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.accounts.request import PortalRequest


class AccountsConfig(RoomConfig):
    default = True
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Люди и права"
    contour = Contour.EXTERNAL

    def ready(self) -> None:
        from allauth.account.signals import password_reset
        from django.contrib.auth.signals import user_logged_in

        from portal.accounts import post_jobs, receivers  # noqa: F401  (letters by mail, letters of schools about people)
        from portal.accounts.actors import actor_of_job
        from portal.accounts.services import remember_look
        from portal.ui.prefs import on_saved
        from tenants.jobs import actors_come_from

        actors_come_from(actor_of_job)
        user_logged_in.connect(_remember_browser)
        password_reset.connect(_remember_browser)
        on_saved(lambda request, prefs: remember_look(getattr(request, "person", None), prefs))


def _remember_browser(*, request: "PortalRequest | None", user: "User", **_: object) -> None:
    """Somebody has signed in here, or has set a new password by the letter: strangers' mistakes will not hold
    this browser up.
    """
    from portal.accounts import browsers

    if request is not None:
        browsers.remember(request, user.email)
