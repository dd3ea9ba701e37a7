"""Local acts by chapters, and orders with their registration."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from portal.core.actor import Actor
from portal.core.privacy import Privacy, along, by_case
from portal.core.school_year import SchoolYear
from portal.local_acts.states import ActKind, ActState, OrderState
from portal.papers.models import AwaitedPdf
from portal.staff.models import Employee
from tenants.base import SchoolEntity

_BASIS = "Локальный нормативный акт школы (273-ФЗ ст. 30)"


class LocalActQuerySet(models.QuerySet["LocalAct"]):
    def visible_to(self, by: Actor) -> Self:
        """Every teacher reads what is in force; drafts are seen by those who prepare and approve them."""
        if by.is_system or by.can("local_act:edit") or by.can("local_act:approve"):
            return self
        return self.filter(state=ActState.IN_FORCE) if by.can("local_act:read") else self.none()


class LocalAct(SchoolEntity):
    """A local act of the school. `chapters` = [{"id", "title", "paragraphs": [{"id", "kind", "number",
    "text"}]}] with stable ids.
    """

    privacy = Privacy(
        plain=(
            "kind",
            "title",
            "chapters",
            "minutes_number",
            "minutes_on",
            "union_number",
            "union_on",
            "number",
            "approved_on",
            "in_force_from",
            "scan",
            "template_version",
        ),
        basis=_BASIS,
        keep=by_case("Постоянно", "передаётся в архив школы с её делами"),
    )

    kind = models.CharField("вид", max_length=8, choices=ActKind.choices, default=ActKind.POLOZHENIE)
    title = models.CharField("наименование", max_length=255)
    chapters = models.JSONField("главы", default=list)
    state = models.CharField("состояние", max_length=12, choices=ActState.choices, default=ActState.DRAFT)
    minutes_number = models.CharField("номер протокола педсовета", max_length=40, blank=True)
    minutes_on = models.DateField("дата протокола педсовета", null=True, blank=True)
    union_number = models.CharField("номер решения профсоюза", max_length=40, blank=True)
    union_on = models.DateField("дата визы профсоюза", null=True, blank=True)
    number = models.CharField("номер приказа об утверждении", max_length=40, blank=True)
    approved_on = models.DateField("утверждено", null=True, blank=True)
    in_force_from = models.DateField("действует с", null=True, blank=True)
    scan = models.ForeignKey(
        "school_records.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан",
    )
    template_version = models.CharField("редакция образца", max_length=40, default="municipal-1")

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


class ActPdf(AwaitedPdf, SchoolEntity):
    """The PDF of one edition of an act, made in the background: asked for, begun, then the file or what
    hindered it.
    """

    privacy = Privacy(
        plain=("act", "edition", "begun_at", "file", "trouble"), basis=_BASIS, keep=along("act", "Как акт")
    )

    act = models.ForeignKey(LocalAct, on_delete=models.CASCADE, related_name="pdfs", verbose_name="акт")
    edition = models.PositiveIntegerField("версия акта")
    begun_at = models.DateTimeField("начато", null=True)
    file = models.ForeignKey(
        "school_records.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="файл",
    )
    trouble = models.CharField("что помешало", max_length=300, blank=True)

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
        own = Employee.objects.filter(user=by.user).values_list("uuid", flat=True)
        return self.filter(state=OrderState.REGISTERED, people__overlap=list(own))


class Order(SchoolEntity):
    """An order of the principal: drafted from data, signed on paper, registered by number, date and scan.

    `subject` is the uuid of what the order is about; `people` are the employees whom it names and who are
    acquainted with it; `details` holds what its document needs and no other row keeps; `amends` is the order
    that this one changes.
    """

    privacy = Privacy(
        subjects=("named",),
        plain=(
            "code",
            "subject",
            "people",
            "series",
            "number",
            "signed_on",
            "year",
            "scan",
            "registered_at",
            "registered_by",
            "amends",
        ),
        ordinary=("title", "details"),
        basis="Трудовые отношения; приказ работодателя",
        keep=by_case("75 лет (приказы по личному составу)", "по описи архива школы"),
    )

    code = models.CharField("вид", max_length=8)
    title = models.CharField("о чём", max_length=255)
    subject = models.UUIDField("о ком или о чём")
    people = ArrayField(models.UUIDField(), verbose_name="кого касается", default=list)
    details = models.JSONField("содержание", default=dict)
    state = models.CharField("состояние", max_length=12, choices=OrderState.choices, default=OrderState.DRAFT)
    series = models.CharField("ряд", max_length=10, default="н")
    number = models.CharField("номер", max_length=40, blank=True)
    signed_on = models.DateField("подписан", null=True, blank=True)
    year = models.PositiveSmallIntegerField("год номера", null=True, blank=True)
    scan = models.ForeignKey(
        "school_records.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан",
    )
    registered_at = models.DateTimeField("когда зарегистрирован", null=True, blank=True)
    registered_by = models.UUIDField("кем зарегистрирован", null=True, blank=True)
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
