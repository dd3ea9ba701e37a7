"""What a person has consented to: processing, distribution, pictures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core.privacy import YEAR, Privacy, for_days
from portal.staff.models.people import Employee
from portal.staff.states import (
    ConsentKind,
    ConsentState,
)
from tenants.base import SchoolEntity


class PersonalConsent(SchoolEntity):
    """A consent of a person to the processing (T-28) or distribution (T-29) of one's data: SM-1, each a
    separate document.
    """

    privacy = Privacy(
        subjects=("employee",),
        plain=(
            "employee",
            "kind",
            "given_on",
            "valid_until",
            "withdrawn_on",
            "scan",
            "resources",
            "data_allowed",
        ),
        ordinary=("conditions", "reason"),
        basis="152-ФЗ ст. 9, ст. 10.1",
        keep=for_days("3 года после окончания согласия", 3 * YEAR, "withdrawn_on", "valid_until"),
    )

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="consents", verbose_name="чьё"
    )
    kind = models.CharField("какое", max_length=12, choices=ConsentKind.choices)
    state = models.CharField(
        "состояние", max_length=10, choices=ConsentState.choices, default=ConsentState.DRAFT
    )
    given_on = models.DateField("дано", null=True, blank=True)
    valid_until = models.DateField("действует до", null=True, blank=True)
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    scan = models.ForeignKey(
        "school_records.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан",
    )
    resources = models.TextField("где будет опубликовано", blank=True)
    data_allowed = ArrayField(
        models.CharField(max_length=30), verbose_name="что можно публиковать", default=list, blank=True
    )
    conditions = models.TextField("условия и запреты", blank=True)
    reason = models.TextField("почему", blank=True)

    class Meta:
        verbose_name = "согласие"
        ordering = ["kind", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "kind"],
                condition=models.Q(state__in=["draft", "given"]),
                name="personal_consent_one_open",
            )
        ]
