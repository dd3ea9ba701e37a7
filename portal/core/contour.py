"""The two contours of the portal (Положение, гл. 6): a school's own schema and the city's public one."""

from enum import StrEnum

from django.apps import AppConfig

from portal.core.wiring import wire


class Contour(StrEnum):
    """Where an app keeps its tables; a library keeps none."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    LIBRARY = "library"


class RoomConfig(AppConfig):
    """An app of ours: it says which contour it belongs to, and a system check holds it to that. What it gives
    to others stands in its `room.py`.
    """

    default = False
    contour: Contour = Contour.LIBRARY
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The only one of the house: rooms have none of their own."""
        wire(self)
