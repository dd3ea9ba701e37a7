"""The school's form of a campaign, its values, and what left by itself on which day."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core import clock
from portal.core.privacy import YEAR, Privacy, along, for_days
from portal.monitoring.states import WITH_SCHOOL, FormState
from portal.municipality.indicators import INDICATORS, Indicator
from portal.municipality.lateness import Earlier, is_late
from tenants.base import SchoolEntity


class SchoolForm(SchoolEntity):
    """One campaign in this school. `revision` is the number under which it will be handed over next (or
    was).
    """

    privacy = Privacy(
        plain=(
            "campaign",
            "title",
            "year",
            "indicators",
            "due_on",
            "revision",
            "signed_at",
            "submitted_at",
            "answered_at",
            "closed_at",
            "turn",
            "was_late",
            "earlier_late",
            "returned_at",
            "reminded_on",
        ),
        ordinary=("signed_by", "answer", "late_reason"),
        basis="Кампания мониторинга, Положение 4.2(8)",
        keep=for_days("5 лет", 5 * YEAR),
    )

    campaign = models.UUIDField("кампания города", unique=True)
    title = models.CharField("название", max_length=150)
    year = models.PositiveSmallIntegerField("учебный год")
    indicators = ArrayField(models.CharField(max_length=8), verbose_name="показатели")
    due_on = models.DateField("срок сдачи")
    state = models.CharField(
        "состояние", max_length=16, choices=FormState.choices, default=FormState.NOT_STARTED
    )
    revision = models.PositiveSmallIntegerField("редакция", default=1)
    signed_by = models.UUIDField("кто подписал", null=True)
    signed_at = models.DateTimeField("подписана", null=True)
    submitted_at = models.DateTimeField("сдана", null=True)
    answer = models.TextField("замечания города", blank=True)
    answered_at = models.DateTimeField("ответ города", null=True)
    closed_at = models.DateTimeField("сбор закончен", null=True)
    turn = models.PositiveSmallIntegerField("последняя перемена сбора", default=0)
    was_late = models.BooleanField("сдана с опозданием", default=False)
    earlier_late = models.BooleanField("прежняя редакция с опозданием", default=False)
    returned_at = models.DateTimeField("прежнюю редакцию вернули", null=True)
    late_reason = models.TextField("почему позже", blank=True)
    reminded_on = models.DateField("город напоминал", null=True)

    class Meta:
        verbose_name = "форма школы"
        ordering = ["-due_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        """The flag of SM-11b: its time has passed and the form is with the school."""
        return self.state in WITH_SCHOOL and self.is_late_now

    @property
    def is_late_now(self) -> bool:
        """Whether this revision, handed over at this moment, goes as a late one."""
        return self.is_late_at(clock.now())

    def is_late_at(self, moment: dt.datetime) -> bool:
        """The same of any moment."""
        earlier = Earlier(self.earlier_late, self.returned_at) if self.returned_at else None
        return is_late(moment, due=self.due_on, closed_at=self.closed_at, earlier=earlier)


class FormValue(SchoolEntity):
    """One indicator: what the portal counted, what the school declares, why they differ. Figures by the keys
    of the catalogue.
    """

    privacy = Privacy(
        plain=("form", "indicator", "counted", "declared"),
        ordinary=("explanation",),
        basis="Кампания мониторинга",
        keep=along("form", "Как форма"),
    )

    form = models.ForeignKey(SchoolForm, on_delete=models.CASCADE, related_name="values")
    indicator = models.CharField("показатель", max_length=8)
    counted = models.JSONField("посчитано", default=dict)
    declared = models.JSONField("указано", default=dict)
    explanation = models.TextField("пояснение", blank=True)

    class Meta:
        verbose_name = "значение показателя"
        ordering = ["indicator"]
        constraints = [models.UniqueConstraint(fields=["form", "indicator"], name="form_value_once")]

    @property
    def row(self) -> Indicator:
        """The row of the catalogue."""
        return INDICATORS[self.indicator]

    @property
    def is_counted(self) -> bool:
        """Whether the portal counted all of it by itself."""
        return all(self.counted.get(key) is not None for key in self.row.keys)


class CountersDay(SchoolEntity):
    """Agreed numbers that left on this day: the school sees exactly what was sent."""

    privacy = Privacy(plain=("counted_on", "counters"))

    counted_on = models.DateField("день", unique=True)
    counters = models.JSONField("числа")

    class Meta:
        verbose_name = "числа за день"
        ordering = ["-counted_on"]


class FlowSeen(SchoolEntity):
    """The principal has seen which numbers flow by themselves (decisions.md, SM-17)."""

    privacy = Privacy(plain=("counters",), ordinary=("person",), basis="Соглашение о подключении школы")

    person = models.UUIDField("кто", unique=True)
    counters = models.JSONField("какие числа видел", default=list)

    class Meta:
        verbose_name = "знакомство с перечнем чисел"
