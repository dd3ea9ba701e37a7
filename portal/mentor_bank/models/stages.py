"""In which state a card or a need was on any day (docs/adr/0040)."""

from django.db import models

from portal.core.privacy import Privacy, along, plain
from portal.mentor_bank.models.cards import MentorCard
from portal.mentor_bank.models.needs import MenteeNeed
from portal.mentor_bank.states import CardState, NeedState
from tenants.stages import Stage


class CardStage(Stage):
    """The state of a mentor's card from this day on. Written by its steps, never by hand."""

    privacy = Privacy(subjects=(), basis="Как карточка", keep=along("card", "Как карточка"))
    of = "card"

    card = models.ForeignKey(
        MentorCard, on_delete=models.CASCADE, related_name="stages", verbose_name="карточка"
    )
    state = plain(models.CharField("состояние", max_length=12, choices=CardState.choices))

    class Meta:
        verbose_name = "состояние карточки наставника"
        ordering = ["started_on"]
        constraints = [models.UniqueConstraint(fields=["card", "started_on"], name="card_stage_once_a_day")]


class NeedStage(Stage):
    """The state of a need from this day on. Written by its steps, never by hand."""

    privacy = Privacy(subjects=(), basis="Как потребность", keep=along("need", "Как потребность"))
    of = "need"

    need = models.ForeignKey(
        MenteeNeed, on_delete=models.CASCADE, related_name="stages", verbose_name="потребность"
    )
    state = plain(models.CharField("состояние", max_length=10, choices=NeedState.choices))

    class Meta:
        verbose_name = "состояние потребности"
        ordering = ["started_on"]
        constraints = [models.UniqueConstraint(fields=["need", "started_on"], name="need_stage_once_a_day")]
