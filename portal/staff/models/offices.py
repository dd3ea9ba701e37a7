"""Offices that the school gives, and letters that invite people into the portal."""

import datetime as dt

from django.db import models

from portal.core import clock
from portal.core.privacy import YEAR, Privacy, along, for_days
from portal.staff.models.people import Employee
from portal.staff.states import (
    InvitationState,
)
from tenants.base import SchoolEntity


class EmployeeOffice(SchoolEntity):
    """An office in the portal that the school gave to an employee: the school's own mirror of a
    membership.
    """

    privacy = Privacy(
        subjects=("employee",),
        plain=("employee", "office", "valid_from", "valid_to", "confirmed_at"),
        ordinary=("basis", "end_basis"),
        basis="Приказ школы",
        keep=along("employee", "Как дело сотрудника"),
    )

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="offices", verbose_name="сотрудник"
    )
    office = models.CharField("кем", max_length=24)
    basis = models.CharField("основание", max_length=250)
    end_basis = models.CharField("основание окончания", max_length=250, blank=True)
    valid_from = models.DateField("с", default=clock.today)
    valid_to = models.DateField("по", null=True, blank=True)
    confirmed_at = models.DateTimeField("город подтвердил", null=True)

    class Meta:
        verbose_name = "должность в портале"
        constraints = [
            models.UniqueConstraint(fields=["employee", "office", "valid_from"], name="employee_office_once")
        ]

    @staticmethod
    def valid_on(day: dt.date) -> models.Q:
        """Offices held on the day."""
        return models.Q(valid_from__lte=day) & (models.Q(valid_to=None) | models.Q(valid_to__gte=day))


class StaffInvitation(SchoolEntity):
    """An invitation of an employee to the portal, as the school sees it. The token is never kept here."""

    privacy = Privacy(
        subjects=("employee",),
        plain=(
            "employee",
            "office",
            "sent_at",
            "expires_at",
            "accepted_at",
            "letter",
            "valid_from",
            "valid_to",
        ),
        ordinary=("email", "basis"),
        basis="Приглашение работодателя",
        keep=for_days("1 год", YEAR),
    )

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="invitations", verbose_name="сотрудник"
    )
    office = models.CharField("кем", max_length=24)
    email = models.EmailField("куда")
    basis = models.CharField("основание", max_length=250)
    valid_from = models.DateField("членство с", default=clock.today)
    valid_to = models.DateField("членство по", null=True)
    sent_at = models.DateTimeField("отправлено", null=True)
    expires_at = models.DateTimeField("действует до", null=True)
    accepted_at = models.DateTimeField("принято", null=True)
    letter = models.UUIDField("письмо в город", null=True)

    class Meta:
        verbose_name = "приглашение сотрудника"
        ordering = ["-id"]

    @property
    def condition(self) -> InvitationState:
        """Follows from what happened and from the clock."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if not self.sent_at:
            return InvitationState.ASKED
        return (
            InvitationState.EXPIRED
            if self.expires_at and self.expires_at <= clock.now()
            else InvitationState.SENT
        )
