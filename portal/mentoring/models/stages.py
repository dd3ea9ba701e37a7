"""In which state a pair was on any day (docs/adr/0040)."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from portal.core import clock
from portal.core.privacy import Privacy, along, plain
from portal.mentoring.models.pairs import Pair
from portal.mentoring.states import PairState
from tenants.base import SchoolEntity


class PairStage(SchoolEntity):
    """The state of a pair from this day on, till its next row begins: what was the last one of the day holds
    it. Written by the steps of the pair, never by hand.
    """

    privacy = Privacy(subjects=(), basis="Как пара", keep=along("pair", "Как пара"))

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="stages", verbose_name="пара")
    state = plain(models.CharField("состояние", max_length=20, choices=PairState.choices))
    started_on = plain(models.DateField("с какого дня"))

    class Meta:
        verbose_name = "состояние пары"
        ordering = ["started_on"]
        constraints = [models.UniqueConstraint(fields=["pair", "started_on"], name="pair_stage_once_a_day")]


def begin_stage(pair: Pair, since: dt.date, *, by: Any) -> None:
    """From the day on the pair is in its present state. What later days were said to be before is so no
    more: a step that holds since an earlier day changes the past.
    """
    PairStage.objects.filter(pair=pair, started_on__gt=since).delete()
    PairStage.objects.update_or_create(
        pair=pair,
        started_on=since,
        defaults={"state": pair.state, "updated_at": clock.now()},
        create_defaults={"state": pair.state, "created_by": by},
    )


def last_stage_since(pair: Pair) -> dt.date | None:
    """The first day of the pair's present state; None where nothing was kept of it."""
    days = PairStage.objects.filter(pair=pair).order_by("-started_on")
    return days.values_list("started_on", flat=True).first()


def state_on(day: dt.date) -> Subquery:
    """The state of each pair of a query on the day; None where nothing is known of that day."""
    rows = PairStage.objects.filter(pair=OuterRef("pk"), started_on__lte=day).order_by("-started_on")
    return Subquery(rows.values("state")[:1])


def has_stages() -> Exists:
    """Whether anything is known of the pair's past states."""
    return Exists(PairStage.objects.filter(pair=OuterRef("pk")))


def was_there(day: dt.date) -> Q:
    """For pairs annotated with `state_then`: those that had been proposed by the day, and those of which
    only that is known.
    """
    return ~Q(state_then=None) | Q(~has_stages(), created_at__date__lte=day)
