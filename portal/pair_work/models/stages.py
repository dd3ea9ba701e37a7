"""In which state a programme was on any day (docs/adr/0040)."""

from django.db import models

from portal.core.privacy import Privacy, along, plain
from portal.pair_work.models.programmes import Programme
from portal.pair_work.states import ProgrammeState
from tenants.stages import Stage


class ProgrammeStage(Stage):
    """The state of a programme from this day on. Written by its steps, never by hand."""

    privacy = Privacy(subjects=(), basis="Как программа", keep=along("programme", "Как программа"))
    of = "programme"

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="stages", verbose_name="программа"
    )
    state = plain(models.CharField("состояние", max_length=16, choices=ProgrammeState.choices))

    class Meta:
        verbose_name = "состояние программы"
        ordering = ["started_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "started_on"], name="programme_stage_once_a_day")
        ]
