from portal.core.contour import Contour, RoomConfig


class MunicipalityConfig(RoomConfig):
    default = True
    name = "portal.municipality"
    label = "municipality"
    verbose_name = "Управление образования"
    contour = Contour.EXTERNAL

    def ready(self) -> None:
        from portal.core.next_steps import contribute
        from portal.municipality import receivers  # noqa: F401  (letters of schools, news of accounts)
        from portal.municipality.next_steps import next_steps

        contribute(Contour.EXTERNAL, next_steps)
