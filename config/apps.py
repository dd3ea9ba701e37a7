from portal.core.contour import Contour, RoomConfig


class HouseConfig(RoomConfig):
    default = True
    name = "config"
    label = "house"
    verbose_name = "Сборка дома"
    contour = Contour.LIBRARY

    def ready(self) -> None:
        from config import openapi  # noqa: F401  (how the API's sign-in is described)
