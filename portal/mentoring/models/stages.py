"""In which state a pair was on any day (docs/adr/0040)."""

from django.db import models

from portal.core.privacy import Privacy, along, plain
from portal.mentoring.models.pairs import Pair
from portal.mentoring.states import PairState
from tenants.stages import Stage


class PairStage(Stage):
    """The state of a pair from this day on. Written by the steps of the pair, never by hand."""

    privacy = Privacy(subjects=(), basis="Как пара", keep=along("pair", "Как пара"))
    of = "pair"

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="stages", verbose_name="пара")
    state = plain(models.CharField("состояние", max_length=20, choices=PairState.choices))

    class Meta:
        verbose_name = "состояние пары"
        ordering = ["started_on"]
        constraints = [models.UniqueConstraint(fields=["pair", "started_on"], name="pair_stage_once_a_day")]
