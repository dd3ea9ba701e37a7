"""What a person has consented to: processing, distribution, pictures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core.privacy import YEAR, Privacy, for_days, ordinary, plain
from portal.school_records.models import StoredFile
from portal.staff.models.people import Person
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
        subjects=("person",),
        basis="152-ФЗ ст. 9, ст. 10.1",
        keep=for_days("3 года после окончания согласия", 3 * YEAR, "withdrawn_on", "valid_until"),
    )

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents", verbose_name="чьё")
    kind = plain(models.CharField("какое", max_length=12, choices=ConsentKind.choices))
    state = plain(
        models.CharField("состояние", max_length=10, choices=ConsentState.choices, default=ConsentState.DRAFT)
    )
    given_on = plain(models.DateField("дано", null=True, blank=True))
    valid_until = plain(models.DateField("действует до", null=True, blank=True))
    withdrawn_on = plain(models.DateField("отозвано", null=True, blank=True))
    scan = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан",
    )
    resources = plain(models.TextField("где будет опубликовано", blank=True))
    data_allowed = plain(
        ArrayField(
            models.CharField(max_length=30), verbose_name="что можно публиковать", default=list, blank=True
        )
    )
    conditions = ordinary(models.TextField("условия и запреты", blank=True))
    reason = ordinary(models.TextField("почему", blank=True))

    class Meta:
        verbose_name = "согласие"
        ordering = ["kind", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(state__in=["draft", "given"]),
                name="personal_consent_one_open",
            )
        ]

    @property
    def words(self) -> str:
        """«на обработку персональных данных, дано»."""
        return f"{self.get_kind_display().removeprefix('согласие ')}, {self.get_state_display()}"
