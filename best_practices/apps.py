from portal.core.contour import Contour, RoomConfig


class BestPracticesConfig(RoomConfig):
    default = True
    name = "best_practices"
    label = "best_practices"
    verbose_name = "Банк лучших практик"
    contour = Contour.EXTERNAL

    def ready(self) -> None:
        from best_practices import exports, receivers  # noqa: F401  (papers; letters of schools)
        from best_practices.selectors import next_steps
        from portal.core.next_steps import contribute

        contribute(Contour.EXTERNAL, next_steps)
