"""What the department keeps: campaigns of monitoring, forms as schools handed them over, agreed counters,
steps of joining.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.models import Invitation
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.entity import Entity
from portal.core.person_names import PersonNameField
from portal.core.privacy import YEAR, Privacy, for_days
from portal.core.school_year import SchoolYear
from portal.municipality.states import CampaignState, Matter, ReceivedState
from tenants.models import School


class SchoolStepDone(Entity):
    """A school told that it has made a step of joining (SM-17). Steps may come in any order; the state waits
    for its turn.
    """

    privacy = Privacy(plain=("school", "step"))

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="steps_done")
    step = models.CharField("шаг", max_length=20)

    class Meta:
        verbose_name = "шаг подключения"
        constraints = [models.UniqueConstraint(fields=["school", "step"], name="school_step_once")]


class MonitoringCampaign(Entity):
    """One collection of numbers from all schools (Положение 4.2(8), 6.2)."""

    privacy = Privacy(
        plain=(
            "title",
            "year",
            "indicators",
            "open_from",
            "due_school",
            "opened_at",
            "closed_at",
            "turn",
            "note",
        )
    )

    title = models.CharField("название", max_length=150)
    year = models.PositiveSmallIntegerField("учебный год")
    indicators = ArrayField(models.CharField(max_length=8), verbose_name="показатели")
    open_from = models.DateField("начало", default=clock.today)
    due_school = models.DateField("срок сдачи для школ")
    state = models.CharField(
        "состояние", max_length=12, choices=CampaignState.choices, default=CampaignState.DRAFT
    )
    opened_at = models.DateTimeField("открыта", null=True, editable=False)
    closed_at = models.DateTimeField("закрыта", null=True, editable=False)
    turn = models.PositiveSmallIntegerField("сколько раз меняли после открытия", default=0, editable=False)
    note = models.TextField("что сказали школам о перемене", blank=True, editable=False)
    asked: int
    handed: int
    accepted: int
    """Numbers of schools: asked by `figures.with_answers` only."""

    class Meta:
        verbose_name = "кампания мониторинга"
        ordering = ["-open_from", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def school_year(self) -> SchoolYear:
        return SchoolYear(self.year)


class CampaignSchool(Entity):
    """A school that was asked to take part: the letter to it is written in the same transaction."""

    privacy = Privacy(plain=("campaign", "school", "told"))

    campaign = models.ForeignKey(MonitoringCampaign, on_delete=models.PROTECT, related_name="participants")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="campaigns")
    told = models.PositiveSmallIntegerField("о какой перемене сообщили", default=0)

    class Meta:
        verbose_name = "участник кампании"
        constraints = [models.UniqueConstraint(fields=["campaign", "school"], name="campaign_school_once")]


class ReceivedForm(Entity):
    """What a principal signed and handed over, frozen: one row per campaign, school and revision. Numbers,
    never persons.
    """

    privacy = Privacy(
        plain=("campaign", "school", "form", "revision", "values", "submitted_at", "checked_at", "is_late"),
        ordinary=("signed_by", "comment", "late_reason"),
        basis="Форма сдана директором школы",
        keep=for_days("5 лет", 5 * YEAR, "submitted_at"),
    )

    campaign = models.ForeignKey(MonitoringCampaign, on_delete=models.PROTECT, related_name="forms")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="received_forms")
    form = models.UUIDField("форма в школе")
    revision = models.PositiveSmallIntegerField("редакция")
    values = models.JSONField("значения")
    signed_by = models.UUIDField("кто подписал", null=True)
    submitted_at = models.DateTimeField("сдана")
    state = models.CharField(
        "состояние", max_length=16, choices=ReceivedState.choices, default=ReceivedState.SUBMITTED
    )
    is_late = models.BooleanField("сдана после срока или после закрытия", default=False)
    late_reason = models.TextField("почему позже", blank=True)
    comment = models.TextField("замечания", blank=True)
    checked_at = models.DateTimeField("проверена", null=True)

    class Meta:
        verbose_name = "сданная форма"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "school", "revision"], name="received_revision_once")
        ]
        indexes = [models.Index(fields=["campaign", "state"])]


class SchoolReminder(Entity):
    """The department reminded a school of a form: once a day at most for one school and matter."""

    privacy = Privacy(plain=("school", "campaign", "matter", "reminded_on"))

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="reminders")
    campaign = models.ForeignKey(MonitoringCampaign, on_delete=models.PROTECT, related_name="reminders")
    matter = models.CharField("о чём", max_length=10, choices=Matter.choices)
    reminded_on = models.DateField("когда", default=clock.today)

    class Meta:
        verbose_name = "напоминание школе"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "campaign", "matter", "reminded_on"], name="school_reminded_once_a_day"
            )
        ]


class SchoolCounters(Entity):
    """Agreed numbers of one school on one day. A number that was not agreed is never stored here."""

    privacy = Privacy(
        plain=("school", "counted_on", "employees", "young_teachers", "active_pairs", "school_practices")
    )

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="counters")
    counted_on = models.DateField("на день")
    employees = models.PositiveIntegerField("сотрудников", null=True)
    young_teachers = models.PositiveIntegerField("молодых педагогов", null=True)
    active_pairs = models.PositiveIntegerField("действующих пар", null=True)
    school_practices = models.PositiveIntegerField("практик в школьном банке", null=True)

    class Meta:
        verbose_name = "числа школы"
        constraints = [models.UniqueConstraint(fields=["school", "counted_on"], name="counters_once_a_day")]
        indexes = [models.Index(fields=["counted_on"], name="counters_by_day")]


class OfficeInvitation(Entity):
    """Whom the department has invited to an office of the city. The row lives while the letter waits: name
    and address leave with it.
    """

    privacy = Privacy(
        subjects=("uuid",),
        plain=("office", "valid_from", "valid_to", "invitation"),
        ordinary=("full_name", "email", "basis"),
        basis="Приказ о назначении, указанный в основании",
        keep=for_days("Пока приглашение не приняли или не отозвали, но не дольше года", YEAR, "updated_at"),
    )

    full_name = PersonNameField("кого", max_length=200)
    email = models.EmailField("рабочая почта")
    office = models.CharField("кем", max_length=24, choices=Office.choices)
    basis = models.CharField("основание", max_length=250)
    valid_from = models.DateField("с", default=clock.today)
    valid_to = models.DateField("по", null=True)
    invitation = models.ForeignKey(
        Invitation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="письмо"
    )

    class Meta:
        verbose_name = "приглашение в город"
        constraints = [models.UniqueConstraint(fields=["email", "office"], name="office_invitation_once")]
        ordering = ["created_at", "pk"]

    @property
    def is_dead(self) -> bool:
        """The letter went out and works no more."""
        return self.invitation is not None and self.invitation.expires_at <= clock.now()
