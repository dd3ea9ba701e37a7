"""The pool of experts, and whom schools have proposed for it."""

import datetime as dt
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from best_practices.models.practices import Review
from best_practices.states import WAITED
from portal.accounts.models import Membership, User
from portal.core import clock
from portal.core.entity import Entity
from portal.core.privacy import YEAR, Privacy, for_days, ordinary, plain
from portal.municipality.difficulties import ITEMS
from portal.municipality.reference import subjects as known_subjects
from tenants.models import School

USUAL_LOAD, MOST_LOAD = 3, 5
"""How many sheets an expert lets wait at once, unless told otherwise; and at most."""


class ExpertQuerySet(models.QuerySet["ExpertCandidate"]):
    def serving(self) -> models.QuerySet[Any]:
        """Those who are in the pool and work in a school of the city today, each with the number of sheets
        that wait for them.
        """
        serves = Membership.objects.filter(
            Membership.valid_on(clock.today()), user=models.OuterRef("user")
        ).exclude(school=None)
        return (
            self.filter(models.Exists(serves), left_on=None)
            .select_related("user")
            .annotate(load=_sheets_that_wait())  # type: ignore[no-redef]  # the model names it for those who read
        )


def _sheets_that_wait() -> Coalesce:
    waiting = (
        Review.objects.filter(expert=models.OuterRef("user_id"), state__in=WAITED).order_by().values("expert")
    )
    return Coalesce(models.Subquery(waiting.annotate(n=models.Count("pk")).values("n")), 0)


class ExpertCandidate(Entity):
    """The pool of experts: teachers who have asked for it or agreed to it themselves. Being an expert is a
    live assignment, not a role.

    Where they work is not copied here: it is asked of their memberships, of all of them. A pause says its
    days and no reason, and is over by itself.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Собственное согласие человека",
        keep=for_days("3 года после выхода", 3 * YEAR, "left_on"),
    )

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+", verbose_name="кто")
    subjects = plain(
        ArrayField(models.CharField(max_length=30), verbose_name="предметы", default=list, blank=True)
    )
    difficulties = plain(
        ArrayField(
            models.CharField(max_length=30), verbose_name="трудности", default=list, blank=True, db_default=[]
        )
    )
    most_load = plain(
        models.PositiveSmallIntegerField("листов сразу, не больше", default=USUAL_LOAD, db_default=USUAL_LOAD)
    )
    paused_from = plain(models.DateField("пауза с", null=True))
    paused_until = plain(models.DateField("пауза по", null=True))
    basis = ordinary(models.CharField("основание", max_length=250))
    left_on = plain(models.DateField("вышел", null=True))
    load: int
    """How many sheets wait: asked by `ExpertQuerySet.serving` only."""
    places: str
    """Names of the schools where they work: given by `selectors.with_schools` only."""
    record: Any
    """What they have done (`expert_figures.Record`): given by `selectors.with_schools` only."""

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = "эксперт"
        constraints = [
            models.CheckConstraint(
                name="expert_pause_in_order",
                condition=models.Q(paused_from=None, paused_until=None)
                | models.Q(paused_from__isnull=False, paused_until__gte=models.F("paused_from")),
            )
        ]

    @property
    def subject_titles(self) -> str:
        return ", ".join(known_subjects().title(code) for code in self.subjects)

    @property
    def difficulty_titles(self) -> str:
        return ", ".join(ITEMS[code] for code in self.difficulties if code in ITEMS)

    def is_paused_on(self, day: dt.date) -> bool:
        """Whether the person has asked not to be asked on this day."""
        return (
            self.paused_from is not None
            and self.paused_until is not None
            and self.paused_from <= day <= self.paused_until
        )

    @property
    def coming_pause(self) -> tuple[dt.date, dt.date] | None:
        """The pause that goes on or is still to come, by its first and last day."""
        if self.paused_from is None or self.paused_until is None or self.paused_until < clock.today():
            return None
        return self.paused_from, self.paused_until


class ExpertProposal(Entity):
    """A school has proposed a teacher. Until the teacher has answered only the teacher sees it; then the row
    is gone.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Предложение школы",
        keep=for_days("До ответа человека, но не дольше года", YEAR),
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="кого")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", verbose_name="кто предлагает"
    )
    person = plain(models.UUIDField("сотрудник школы"))
    subjects = plain(
        ArrayField(models.CharField(max_length=30), verbose_name="предметы", default=list, blank=True)
    )
    basis = ordinary(models.CharField("почему", max_length=250))

    class Meta:
        verbose_name = "предложение эксперта"
        constraints = [models.UniqueConstraint(fields=["user", "school"], name="expert_proposed_once")]
