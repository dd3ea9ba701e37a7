"""Local acts by chapters, and orders with their registration."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from portal.core.actor import Actor
from portal.core.privacy import Privacy, along, by_case, ordinary, plain
from portal.core.school_year import SchoolYear
from portal.local_acts.states import ActKind, ActState, OrderState
from portal.papers.models import AwaitedPdf
from portal.school_records.models import StoredFile
from portal.staff.models import Person
from tenants.base import SchoolEntity

OWN = "own"
"""`template_version` of a text that the school has written itself."""
_BASIS = "Локальный нормативный акт школы (273-ФЗ ст. 30)"


class LocalActQuerySet(models.QuerySet["LocalAct"]):
    def visible_to(self, by: Actor) -> Self:
        """Every teacher reads what is in force; drafts are seen by those who prepare and approve them."""
        if by.is_system or by.can("local_act:edit") or by.can("local_act:approve"):
            return self
        return self.filter(state=ActState.IN_FORCE) if by.can("local_act:read") else self.none()


class LocalAct(SchoolEntity):
    """A local act of the school. `chapters` = [{"id", "number", "title", "paragraphs": [{"id", "kind",
    "number", "text"}]}] with stable ids; `number` as it is printed, «1.», «Глава II», or nothing.
    """

    privacy = Privacy(basis=_BASIS, keep=by_case("Постоянно", "передаётся в архив школы с её делами"))

    kind = plain(models.CharField("вид", max_length=8, choices=ActKind.choices, default=ActKind.POLOZHENIE))
    title = plain(models.CharField("наименование", max_length=255))
    chapters = plain(models.JSONField("главы", default=list))
    state = plain(
        models.CharField("состояние", max_length=12, choices=ActState.choices, default=ActState.DRAFT)
    )
    left_out = plain(models.JSONField("что стоит перед главами", default=list, blank=True))
    adopted_by = plain(models.CharField("кем принято", max_length=150, default="педагогическим советом"))
    minutes_number = plain(models.CharField("номер протокола", max_length=40, blank=True))
    minutes_on = plain(models.DateField("дата протокола", null=True, blank=True))
    has_no_union = plain(models.BooleanField("первичной профсоюзной организации в школе нет", default=False))
    union_number = plain(models.CharField("номер решения профсоюза", max_length=40, blank=True))
    union_on = plain(models.DateField("дата визы профсоюза", null=True, blank=True))
    number = plain(models.CharField("номер приказа об утверждении", max_length=40, blank=True))
    approved_on = plain(models.DateField("утверждено", null=True, blank=True))
    in_force_from = plain(models.DateField("действует с", null=True, blank=True))
    scan = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан",
    )
    template_version = plain(models.CharField("редакция образца", max_length=40, default="municipal-1"))

    objects = LocalActQuerySet.as_manager()

    class Meta:
        verbose_name = "локальный акт"
        ordering = ["kind", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(state="in_force"), name="local_act_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_own_text(self) -> bool:
        return self.template_version == OWN


def heading_of(chapter: dict[str, Any]) -> str:
    """«1. Общие положения»; a chapter of the school's own text may have no number."""
    return f"{chapter['number']} {chapter['title']}".strip()


class ActPdf(AwaitedPdf, SchoolEntity):
    """The PDF of one edition of an act, made in the background: asked for, begun, then the file or what
    hindered it.
    """

    privacy = Privacy(basis=_BASIS, keep=along("act", "Как акт"))

    act = models.ForeignKey(LocalAct, on_delete=models.CASCADE, related_name="pdfs", verbose_name="акт")
    edition = plain(models.PositiveIntegerField("версия акта"))
    begun_at = plain(models.DateTimeField("начато", null=True))
    file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="файл",
    )
    trouble = plain(models.CharField("что помешало", max_length=300, blank=True))

    class Meta:
        verbose_name = "PDF локального акта"
        constraints = [models.UniqueConstraint(fields=["act", "edition"], name="act_pdf_once_an_edition")]


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, by: Actor) -> Self:
        """Orders are seen by those who sign, prepare and keep them; a registered one also by the people it
        names («ознакомлены»).
        """
        if by.is_system or by.can("order:read"):
            return self
        if by.user is None or not by.serves:
            return self.none()
        own = Person.objects.filter(user=by.user).values_list("uuid", flat=True)
        return self.filter(state=OrderState.REGISTERED, people__overlap=list(own))


class Order(SchoolEntity):
    """An order of the principal: drafted from data, signed on paper, registered by number, date and scan.

    `subject` is the uuid of what the order is about; `people` are the people whom it names and who are
    acquainted with it; `details` holds what its document needs and no other row keeps; `amends` is the order
    that this one changes.
    """

    privacy = Privacy(
        subjects=("named",),
        basis="Трудовые отношения; приказ работодателя",
        keep=by_case("75 лет (приказы по личному составу)", "по описи архива школы"),
    )

    code = plain(models.CharField("вид", max_length=8))
    title = ordinary(models.CharField("о чём", max_length=255))
    subject = plain(models.UUIDField("о ком или о чём"))
    people = plain(ArrayField(models.UUIDField(), verbose_name="кого касается", default=list))
    details = ordinary(models.JSONField("содержание", default=dict))
    state = plain(
        models.CharField("состояние", max_length=12, choices=OrderState.choices, default=OrderState.DRAFT)
    )
    series = plain(models.CharField("ряд", max_length=10, default="н"))
    number = plain(models.CharField("номер", max_length=40, blank=True))
    signed_on = plain(models.DateField("подписан", null=True, blank=True))
    year = plain(models.PositiveSmallIntegerField("год номера", null=True, blank=True))
    scan = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан",
    )
    registered_at = plain(models.DateTimeField("когда зарегистрирован", null=True, blank=True))
    registered_by = plain(models.UUIDField("кем зарегистрирован", null=True, blank=True))
    amends = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amended_by",
        verbose_name="какой приказ меняет",
    )

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "приказ"
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject"]), GinIndex(fields=["people"])]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "number"],
                condition=models.Q(state="registered"),
                name="order_number_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def named(self) -> list[Any]:
        """Whose data a reader of the order sees: the people it names; of an order that names nobody, what it
        is about.
        """
        return list(self.people) or [self.subject]

    @property
    def basis(self) -> str:
        """How other papers name the order: «приказ № 41-н от 01.09.2026»."""
        return (
            f"приказ № {self.number} от {self.signed_on:%d.%m.%Y}" if self.signed_on else "приказ не подписан"
        )

    @property
    def school_year(self) -> Any:
        return SchoolYear.of(self.signed_on) if self.signed_on else SchoolYear.current()
