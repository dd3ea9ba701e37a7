from portal.core.contour import Contour, RoomConfig


class SchoolPracticesConfig(RoomConfig):
    default = True
    name = "portal.school_practices"
    label = "school_practices"
    verbose_name = "Практики школы"
    contour = Contour.INTERNAL

    def ready(self) -> None:
        from portal.core.next_steps import contribute
        from portal.school_practices import receivers  # noqa: F401  (answers of the city)
        from portal.school_practices.selectors import next_steps

        contribute(Contour.INTERNAL, next_steps)
