"""The school's form of a campaign, its values, and what left by itself on which day."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core import clock
from portal.core.privacy import YEAR, Privacy, along, for_days, ordinary, plain
from portal.monitoring.states import WITH_SCHOOL, FormState
from portal.municipality.indicators import INDICATORS, Indicator
from portal.municipality.lateness import Earlier, is_late
from tenants.base import SchoolEntity


class SchoolForm(SchoolEntity):
    """One campaign in this school. `revision` is the number under which it will be handed over next (or
    was).
    """

    privacy = Privacy(basis="Кампания мониторинга, Положение 4.2(8)", keep=for_days("5 лет", 5 * YEAR))

    campaign = plain(models.UUIDField("кампания города", unique=True))
    title = plain(models.CharField("название", max_length=150))
    year = plain(models.PositiveSmallIntegerField("учебный год"))
    indicators = plain(ArrayField(models.CharField(max_length=8), verbose_name="показатели"))
    due_on = plain(models.DateField("срок сдачи"))
    state = plain(
        models.CharField("состояние", max_length=16, choices=FormState.choices, default=FormState.NOT_STARTED)
    )
    revision = plain(models.PositiveSmallIntegerField("редакция", default=1))
    signed_by = ordinary(models.UUIDField("кто подписал", null=True))
    signed_at = plain(models.DateTimeField("подписана", null=True))
    submitted_at = plain(models.DateTimeField("сдана", null=True))
    answer = ordinary(models.TextField("замечания города", blank=True))
    answered_at = plain(models.DateTimeField("ответ города", null=True))
    closed_at = plain(models.DateTimeField("сбор закончен", null=True))
    turn = plain(models.PositiveSmallIntegerField("последняя перемена сбора", default=0))
    was_late = plain(models.BooleanField("сдана с опозданием", default=False))
    earlier_late = plain(models.BooleanField("прежняя редакция с опозданием", default=False))
    returned_at = plain(models.DateTimeField("прежнюю редакцию вернули", null=True))
    late_reason = ordinary(models.TextField("почему позже", blank=True))
    reminded_on = plain(models.DateField("город напоминал", null=True))

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

    privacy = Privacy(basis="Кампания мониторинга", keep=along("form", "Как форма"))

    form = models.ForeignKey(SchoolForm, on_delete=models.CASCADE, related_name="values")
    indicator = plain(models.CharField("показатель", max_length=8))
    counted = plain(models.JSONField("посчитано", default=dict))
    declared = plain(models.JSONField("указано", default=dict))
    explanation = ordinary(models.TextField("пояснение", blank=True))

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

    privacy = Privacy()

    counted_on = plain(models.DateField("день", unique=True))
    counters = plain(models.JSONField("числа"))

    class Meta:
        verbose_name = "числа за день"
        ordering = ["-counted_on"]


class FlowSeen(SchoolEntity):
    """The principal has seen which numbers flow by themselves (decisions.md, SM-17)."""

    privacy = Privacy(basis="Соглашение о подключении школы")

    person = ordinary(models.UUIDField("кто", unique=True))
    counters = plain(models.JSONField("какие числа видел", default=list))

    class Meta:
        verbose_name = "знакомство с перечнем чисел"
