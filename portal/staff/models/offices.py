"""Offices that the school gives, and letters that invite people into the portal."""

import datetime as dt

from django.db import models

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.privacy import YEAR, Privacy, along, for_days, ordinary, plain
from portal.staff.models.people import Person
from portal.staff.states import (
    InvitationState,
)
from tenants.base import SchoolEntity


class PersonOffice(SchoolEntity):
    """An office in the portal that the school gave to a person: the school's own mirror of a
    membership.
    """

    privacy = Privacy(subjects=("person",), basis="Приказ школы", keep=along("person", "Как дело сотрудника"))

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="offices", verbose_name="сотрудник"
    )
    office = plain(models.CharField("кем", max_length=24))
    basis = ordinary(models.CharField("основание", max_length=250))
    end_basis = ordinary(models.CharField("основание окончания", max_length=250, blank=True))
    valid_from = plain(models.DateField("с", default=clock.today))
    valid_to = plain(models.DateField("по", null=True, blank=True))
    confirmed_at = plain(models.DateTimeField("город подтвердил", null=True))

    class Meta:
        verbose_name = "должность в портале"
        constraints = [
            models.UniqueConstraint(fields=["person", "office", "valid_from"], name="person_office_once")
        ]

    @property
    def words(self) -> str:
        """«педагог-психолог с 01.09.2026 по 31.05.2027»."""
        until = f" по {self.valid_to:%d.%m.%Y}" if self.valid_to else ""
        return f"{Office(self.office).label} с {self.valid_from:%d.%m.%Y}{until}"

    @staticmethod
    def valid_on(day: dt.date) -> models.Q:
        """Offices held on the day."""
        return models.Q(valid_from__lte=day) & (models.Q(valid_to=None) | models.Q(valid_to__gte=day))


class StaffInvitation(SchoolEntity):
    """An invitation of a person to the portal, as the school sees it. The token is never kept here."""

    privacy = Privacy(subjects=("person",), basis="Приглашение работодателя", keep=for_days("1 год", YEAR))

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="invitations", verbose_name="сотрудник"
    )
    office = plain(models.CharField("кем", max_length=24))
    email = ordinary(models.EmailField("куда"))
    basis = ordinary(models.CharField("основание", max_length=250))
    valid_from = plain(models.DateField("членство с", default=clock.today))
    valid_to = plain(models.DateField("членство по", null=True))
    sent_at = plain(models.DateTimeField("отправлено", null=True))
    expires_at = plain(models.DateTimeField("действует до", null=True))
    accepted_at = plain(models.DateTimeField("принято", null=True))
    letter = plain(models.UUIDField("письмо в город", null=True))

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
        is_late = self.expires_at is not None and self.expires_at <= clock.now()
        # whoever accepts it now would come in for days that are over
        is_for_nothing = self.valid_to is not None and self.valid_to < clock.today()
        return InvitationState.EXPIRED if is_late or is_for_nothing else InvitationState.SENT
