"""Schools as tenants: what the city knows of a school before it looks inside (it never does)."""

from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django_tenants.models import TenantMixin

from portal.core import clock
from portal.core.entity import Entity
from portal.core.person_names import PersonNameField
from portal.core.privacy import Privacy, by_case, ordinary, plain
from portal.core.sorting import SortKeyField
from tenants.halts import HALTS, Halt


class SchoolState(models.TextChoices):
    """SM-17: how far a school has come."""

    DRAFT = "draft", "черновик"
    DOCS_SIGNED = "docs_signed", "соглашение подписано"
    SCHEMA_CREATED = "schema_created", "школа открыта"
    PRINCIPAL_JOINED = "principal_joined", "директор вошёл"
    CURATOR_APPOINTED = "curator_appointed", "куратор назначен"
    ACT_IN_FORCE = "act_in_force", "Положение действует"
    STAFF_IMPORTED = "staff_imported", "сотрудники внесены"
    ACTIVE = "active", "работает"
    SUSPENDED = "suspended", "приостановлена"
    ARCHIVED = "archived", "в архиве"


ORDINARY_SCHOOL = "school"
"""The kind of organisation that is meant when nobody says another; kinds are a list of the city."""


class School(TenantMixin, Entity):  # type: ignore[misc]  # django-tenants has no types
    """An educational organisation: its schema, its role in the database and its address in the portal."""

    auto_create_schema = False
    privacy = Privacy(plain_inherited=("schema_name",), basis="Соглашение с образовательной организацией")

    code = plain(models.SlugField("код в адресе", max_length=40, unique=True))
    number = plain(models.PositiveSmallIntegerField("номер", null=True, blank=True))
    kind = plain(models.CharField("вид организации", max_length=30, default=ORDINARY_SCHOOL))
    full_name = plain(models.CharField("полное наименование", max_length=255))
    short_name = plain(models.CharField("краткое наименование", max_length=120))
    full_genitive = plain(
        models.CharField("полное наименование в родительном падеже", max_length=255, blank=True)
    )
    short_genitive = plain(
        models.CharField("краткое наименование в родительном падеже", max_length=120, blank=True)
    )
    name_key = plain(SortKeyField(source="short_name"))
    inn = plain(models.CharField("ИНН", max_length=10))
    ogrn = plain(models.CharField("ОГРН", max_length=13, blank=True))
    address = plain(models.CharField("адрес", max_length=255, blank=True))
    site_url = plain(models.URLField("сайт", blank=True))
    district = plain(models.CharField("район", max_length=60, blank=True))
    principal_name = ordinary(PersonNameField("руководитель", max_length=200, blank=True))
    principal_email = ordinary(models.EmailField("почта руководителя", blank=True))
    state = plain(
        models.CharField("состояние", max_length=20, choices=SchoolState.choices, default=SchoolState.DRAFT)
    )
    agreed_counters = plain(models.JSONField("какие числа идут сами", default=list))
    agreement_number = plain(models.CharField("номер соглашения", max_length=60, blank=True))
    agreement_on = plain(models.DateField("дата соглашения", null=True, blank=True))
    shard = plain(models.CharField("сервер", max_length=40, default="default"))
    suspended_because = plain(models.TextField("почему приостановлена", blank=True))
    behind_because = plain(
        models.TextField(
            "что помешало обновлению",
            blank=True,
            help_text="для оператора; пусто, когда структура школы в порядке",
        )
    )

    class Meta:
        verbose_name = "школа"
        ordering = ["number", "name_key"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def role(self) -> str:
        """The school's role in the database has the name of its schema."""
        return str(self.schema_name)

    @property
    def halt(self) -> Halt | None:
        """Why the school is only read now; None while its work goes on."""
        return next((row.of(self) for row in HALTS if row.holds(self)), None)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.schema_name: str = self.schema_name or schema_of(self.uuid)
        super().save(*args, **kwargs)


def schema_of(uuid: UUID) -> str:
    """Schema and role of a school, from its uuid; never from a text that a person typed."""
    return f"s_{uuid.hex[:12]}"


class SchoolOpening(Entity):
    """The visible progress of opening a school. Written outside the opening's own transaction."""

    privacy = Privacy()

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="opening")
    step = plain(models.CharField("что делается", max_length=120, default="ждёт очереди"))
    done = plain(models.PositiveSmallIntegerField("сделано шагов", default=0))
    total = plain(models.PositiveSmallIntegerField("всего шагов", default=5))
    finished_at = plain(models.DateTimeField("закончено", null=True))
    trouble = plain(models.TextField("что помешало", blank=True))

    class Meta:
        verbose_name = "открытие школы"

    @property
    def is_wanted(self) -> bool:
        """The school is not open yet. A worker may die between the opening and the mark that it is finished:
        then the school itself tells.
        """
        return self.finished_at is None and self.school.state == SchoolState.DOCS_SIGNED

    @property
    def has_stopped(self) -> bool:
        """It failed, or its worker died without a word: it may be asked for again."""
        return self.is_wanted and (bool(self.trouble) or clock.is_silent(self.updated_at))


class RecordedMigration(Entity):
    """The DDL which a migration really executed in the reference school; replayed for every other one."""

    privacy = Privacy()

    app = plain(models.CharField(max_length=60))
    name = plain(models.CharField(max_length=255))
    position = plain(models.PositiveIntegerField())
    statements = plain(models.JSONField(default=list))

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["app", "name"], name="recorded_once")]


class CityFacts(Entity):
    """The mark of what every page needs of the city (`tenants.lookup.remembered`): a new one whenever such a
    fact is written. One row.
    """

    privacy = Privacy()

    mark = plain(models.UUIDField("метка", default=uuid4))

    class Meta:
        verbose_name = "метка сведений города"


class MailBox(models.TextChoices):
    """The two boxes of a school, and what lies in the second until the operator has looked at it."""

    OUTBOX = "outbox", "исходящие"
    INBOX = "inbox", "входящие"
    STOPPED = "stopped", "остановленные"


class WaitingMail(Entity):
    """A school's box has a letter in it. The relay reads these rows and goes to no other school.

    Written in the transaction of the letter, by the school (outbox) or by the post (inbox); taken away by
    whoever has emptied the box (docs/adr/0027).
    """

    privacy = Privacy(keep=by_case("Пока письмо не унесли", "уходит, когда ящик пуст"))
    written_by_schools = "contour = current_user"

    contour = plain(models.CharField("схема школы", max_length=63))
    box = plain(models.CharField("ящик", max_length=8, choices=MailBox.choices))

    class Meta:
        verbose_name = "ждущее письмо"
