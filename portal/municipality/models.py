"""What the department keeps: campaigns of monitoring, forms as schools handed them over, agreed counters,
steps of joining.
"""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.models import Invitation
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.entity import Entity
from portal.core.person_names import PersonNameField
from portal.core.privacy import YEAR, Privacy, for_days, ordinary, plain
from portal.core.school_year import SchoolYear
from portal.core.workdays import Moved
from portal.documents.names import common_genitive
from portal.municipality.states import Book, CampaignState, Matter, ReceivedState
from tenants.lookup import remembered
from tenants.models import School


class SchoolStepDone(Entity):
    """A school told that it has made a step of joining (SM-17). Steps may come in any order; the state waits
    for its turn.
    """

    privacy = Privacy()

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="steps_done")
    step = plain(models.CharField("шаг", max_length=20))

    class Meta:
        verbose_name = "шаг подключения"
        constraints = [models.UniqueConstraint(fields=["school", "step"], name="school_step_once")]


class DepartmentName(Entity):
    """How papers and letters call the department and the bodies of the city: one row, which every school
    reads; while nobody has written it, what the settings of the portal and the municipal text say.
    """

    published = True
    privacy = Privacy()

    name = plain(models.CharField("название", max_length=255))
    genitive = plain(models.CharField("название в родительном падеже", max_length=255, blank=True))
    methodical_body = plain(
        models.CharField("где работает методический отдел", max_length=255, default="МБУ ДО «ЦДО»")
    )
    council = plain(
        models.CharField("совет города", max_length=255, default="Координационный совет по развитию кадров")
    )

    class Meta:
        verbose_name = "название управления"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def here(cls) -> Self:
        """As papers call it; each page of a paper needs it, so it is not asked each time."""
        return remembered("department", cls.stored)

    @classmethod
    def stored(cls) -> Self:
        """As it is written now, for whoever changes it."""
        return cls.objects.order_by("pk").first() or cls(name=settings.DEPARTMENT_NAME)

    @property
    def in_genitive(self) -> str:
        """As a person has typed it, or as the portal proposes."""
        return self.genitive or common_genitive(self.name)


class CalendarYear(Entity):
    """The production calendar of one year: what its decree moves (ст. 112 ТК РФ). Terms in working days are
    counted by it in every school.
    """

    published = True
    privacy = Privacy()

    year = plain(models.PositiveSmallIntegerField("год", unique=True))
    off = plain(ArrayField(models.DateField(), verbose_name="нерабочие, кроме обычных", default=list))
    on = plain(ArrayField(models.DateField(), verbose_name="рабочие вместо выходных", default=list))

    class Meta:
        verbose_name = "производственный календарь"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year} год"

    @property
    def words(self) -> str:
        """«не работаем 09.01, 31.12; работаем 20.02»: only what is not as every year."""
        said = [("не работаем", self.off), ("работаем", self.on)]
        found = [f"{word} {', '.join(f'{day:%d.%m}' for day in days)}" for word, days in said if days]
        return "; ".join(found) or "без переносов"

    @classmethod
    def known(cls) -> dict[int, Moved]:
        """All that the city has loaded; asked once a minute."""
        return remembered("calendar", cls._stored)

    @classmethod
    def _stored(cls) -> dict[int, Moved]:
        return {row.year: Moved(frozenset(row.off), frozenset(row.on)) for row in cls.objects.all()}


class ReferenceEntry(Entity):
    """A line of a reference list. It is never deleted: rows and papers of schools name it by its code."""

    published = True
    privacy = Privacy()

    book = plain(models.CharField("справочник", max_length=20, choices=Book.choices))
    code = plain(models.CharField("код", max_length=30))
    title = plain(models.CharField("название", max_length=100))
    cases = plain(models.JSONField("падежи, как их вписали", default=dict, blank=True))
    words = plain(
        ArrayField(models.CharField(max_length=120), verbose_name="как ещё пишут", default=list, blank=True)
    )
    place = plain(models.PositiveSmallIntegerField("номер по порядку"))
    is_offered = plain(models.BooleanField("предлагаем", default=True))

    class Meta:
        verbose_name = "строка справочника"
        ordering = ["book", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["book", "code"], name="reference_code_once")]

    def __str__(self) -> str:
        return self.title


class MonitoringCampaign(Entity):
    """One collection of numbers from all schools (Положение 4.2(8), 6.2)."""

    privacy = Privacy()

    title = plain(models.CharField("название", max_length=150))
    year = plain(models.PositiveSmallIntegerField("учебный год"))
    indicators = plain(ArrayField(models.CharField(max_length=8), verbose_name="показатели"))
    open_from = plain(models.DateField("начало", default=clock.today))
    due_school = plain(models.DateField("срок сдачи для школ"))
    state = plain(
        models.CharField(
            "состояние", max_length=12, choices=CampaignState.choices, default=CampaignState.DRAFT
        )
    )
    opened_at = plain(models.DateTimeField("открыта", null=True, editable=False))
    closed_at = plain(models.DateTimeField("закрыта", null=True, editable=False))
    turn = plain(
        models.PositiveSmallIntegerField("сколько раз меняли после открытия", default=0, editable=False)
    )
    note = plain(models.TextField("что сказали школам о перемене", blank=True, editable=False))
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

    privacy = Privacy()

    campaign = models.ForeignKey(MonitoringCampaign, on_delete=models.PROTECT, related_name="participants")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="campaigns")
    told = plain(models.PositiveSmallIntegerField("о какой перемене сообщили", default=0))

    class Meta:
        verbose_name = "участник кампании"
        constraints = [models.UniqueConstraint(fields=["campaign", "school"], name="campaign_school_once")]


class ReceivedForm(Entity):
    """What a principal signed and handed over, frozen: one row per campaign, school and revision. Numbers,
    never persons.
    """

    privacy = Privacy(basis="Форма сдана директором школы", keep=for_days("5 лет", 5 * YEAR, "submitted_at"))

    campaign = models.ForeignKey(MonitoringCampaign, on_delete=models.PROTECT, related_name="forms")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="received_forms")
    form = plain(models.UUIDField("форма в школе"))
    revision = plain(models.PositiveSmallIntegerField("редакция"))
    values = plain(models.JSONField("значения"))
    signed_by = ordinary(models.UUIDField("кто подписал", null=True))
    submitted_at = plain(models.DateTimeField("сдана"))
    state = plain(
        models.CharField(
            "состояние", max_length=16, choices=ReceivedState.choices, default=ReceivedState.SUBMITTED
        )
    )
    is_late = plain(models.BooleanField("сдана после срока или после закрытия", default=False))
    late_reason = ordinary(models.TextField("почему позже", blank=True))
    comment = ordinary(models.TextField("замечания", blank=True))
    checked_at = plain(models.DateTimeField("проверена", null=True))

    class Meta:
        verbose_name = "сданная форма"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "school", "revision"], name="received_revision_once")
        ]
        indexes = [models.Index(fields=["campaign", "state"])]


class SchoolReminder(Entity):
    """The department reminded a school of a form: once a day at most for one school and matter."""

    privacy = Privacy()

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="reminders")
    campaign = models.ForeignKey(MonitoringCampaign, on_delete=models.PROTECT, related_name="reminders")
    matter = plain(models.CharField("о чём", max_length=10, choices=Matter.choices))
    reminded_on = plain(models.DateField("когда", default=clock.today))

    class Meta:
        verbose_name = "напоминание школе"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "campaign", "matter", "reminded_on"], name="school_reminded_once_a_day"
            )
        ]


class SchoolCounters(Entity):
    """Agreed numbers of one school on one day. A number that was not agreed is never stored here."""

    privacy = Privacy()

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="counters")
    counted_on = plain(models.DateField("на день"))
    employees = plain(models.PositiveIntegerField("сотрудников", null=True))
    young_teachers = plain(models.PositiveIntegerField("молодых педагогов", null=True))
    active_pairs = plain(models.PositiveIntegerField("действующих пар", null=True))
    school_practices = plain(models.PositiveIntegerField("практик в школьном банке", null=True))

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
        basis="Приказ о назначении, указанный в основании",
        keep=for_days("Пока приглашение не приняли или не отозвали, но не дольше года", YEAR, "updated_at"),
    )

    full_name = ordinary(PersonNameField("кого", max_length=200))
    email = ordinary(models.EmailField("рабочая почта"))
    office = plain(models.CharField("кем", max_length=24, choices=Office.choices))
    basis = ordinary(models.CharField("основание", max_length=250))
    valid_from = plain(models.DateField("с", default=clock.today))
    valid_to = plain(models.DateField("по", null=True))
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
