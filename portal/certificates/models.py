"""The register of certificates (T-27): of each what its paper says, and whose it is."""

from typing import Any

from django.db import models

from portal.certificates import codes
from portal.certificates.states import CertificateKind, CertificateState
from portal.core.actor import Actor
from portal.core.entity import Entity
from portal.core.person_names import PersonNameField
from portal.core.privacy import Privacy, by_case, ordinary, plain
from portal.core.sorting import SortKeyField
from tenants.models import School

_WHO_ENDS_IT = "затем методический отдел составляет акт, и по нему записи удаляет администратор портала"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, by: Actor) -> "CertificateQuerySet":
        """Whoever keeps the register sees all of them, in the city; everybody else the own ones."""
        if by.is_system or (by.school is None and by.can("certificate:read")):
            return self
        return self.filter(holder=by.user) if by.user is not None and by.school is None else self.none()


class Certificate(Entity):
    """One certificate, as it was on its day. It holds what its paper says, and is never changed: it is
    revoked, or a new one takes its place.

    `holder` is the account; empty while whoever it was given to has none: then `school` and `person` say in
    whose card it will be found. `ground` names what it was given for: of one ground one certificate is valid.
    """

    privacy = Privacy(
        subjects=("holder", "signer"),
        basis="Положение 4.4: признание работы; бумагу показывает сам её владелец",
        keep=by_case(
            "Пока бумага, которая у человека на руках, может быть проверена: бессрочно", _WHO_ENDS_IT
        ),
    )

    year = plain(models.PositiveSmallIntegerField("год"))
    serial = plain(models.PositiveIntegerField("номер в году"))
    code = plain(models.CharField("код проверки", max_length=codes.LENGTH, unique=True))
    kind = plain(models.CharField("кому", max_length=12, choices=CertificateKind.choices))
    name = ordinary(PersonNameField("имя", max_length=300))
    name_key = ordinary(SortKeyField(source="name"))
    name_dative = ordinary(models.CharField("имя в дательном падеже", max_length=300, blank=True))
    deed = plain(models.CharField("за что", max_length=600))
    issued_on = plain(models.DateField("выдан"))
    issuer = plain(models.CharField("кем выдан", max_length=255))
    signer = plain(models.UUIDField("чья подпись", null=True))
    signer_post = plain(models.CharField("должность подписавшего", max_length=120, blank=True))
    signer_name = ordinary(models.CharField("кто подписал", max_length=120, blank=True))
    state = plain(
        models.CharField(
            "состояние", max_length=10, choices=CertificateState.choices, default=CertificateState.VALID
        )
    )
    revoked_on = plain(models.DateField("отозван", null=True))
    revoked_because = plain(models.CharField("почему отозван", max_length=300, blank=True))
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="заменён сертификатом",
    )
    ground = plain(models.CharField("основание", max_length=120))
    holder = plain(models.UUIDField("чей", null=True))
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="школа"
    )
    person = plain(models.UUIDField("номер в школе", null=True))
    file: Any = models.ForeignKey(
        "city_records.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="бумага",
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "сертификат"
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["ground"],
                condition=models.Q(state=CertificateState.VALID),
                name="certificate_ground_once",
            ),
        ]
        indexes = [
            models.Index(fields=["holder"], name="certificate_holder"),
            models.Index(fields=["school", "person"], name="certificate_card"),
        ]

    def __str__(self) -> str:
        return f"Сертификат № {self.number}"

    @property
    def number(self) -> str:
        """«2026-0012»"""
        return f"{self.year}-{self.serial:04d}"

    @property
    def spaced_code(self) -> str:
        return codes.spaced(self.code)

    @property
    def is_valid(self) -> bool:
        return self.state == CertificateState.VALID
