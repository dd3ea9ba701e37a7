"""In which state a pair was on any day (docs/adr/0040)."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Exists, Subquery

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


def begin_stage(pair: Pair, since: dt.date, *, by: Any) -> None:
    """From the day on the pair is in its present state."""
    PairStage.begin(pair, since, by=by)


def last_stage_since(pair: Pair) -> dt.date | None:
    """The first day of the pair's present state; None where nothing was kept of it."""
    return PairStage.last_since(pair)


def state_on(day: dt.date) -> Subquery:
    """The state of each pair of a query on the day; None where nothing is known of that day."""
    return PairStage.state_on(day)


def has_stages() -> Exists:
    """Whether anything is known of the pair's past states."""
    return PairStage.has_any()
