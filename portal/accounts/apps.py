from portal.core.contour import Contour, RoomConfig


class AccountsConfig(RoomConfig):
    default = True
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Люди и права"
    contour = Contour.EXTERNAL

    def ready(self) -> None:
        from portal.accounts import receivers  # noqa: F401  (letters of schools about people)
        from portal.accounts.actors import actor_of_job
        from portal.accounts.services import remember_look
        from portal.ui.prefs import on_saved
        from tenants.jobs import actors_come_from

        actors_come_from(actor_of_job)
        on_saved(lambda request, prefs: remember_look(getattr(request, "person", None), prefs))
