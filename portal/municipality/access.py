"""Doors and rules of the department's room."""

from uuid import UUID

from django.db.models import Q

from portal.accounts.models import Membership
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.municipality.models import MonitoringCampaign, OfficeInvitation, ReceivedForm, ReferenceEntry
from tenants.models import School


def school_for(by: Actor, pk: UUID) -> School:
    """The school as the city knows it. Raises NotVisible."""
    found = (
        School.objects.select_related("opening").filter(uuid=pk).first() if by.can("school:read") else None
    )
    if found is None:
        raise NotVisible
    return found


def campaign_for(by: Actor, pk: UUID) -> MonitoringCampaign:
    """Raises NotVisible."""
    found = MonitoringCampaign.objects.filter(uuid=pk).first() if by.can("received_form:read") else None
    if found is None:
        raise NotVisible
    return found


def received_form_for(by: Actor, pk: UUID) -> ReceivedForm:
    """Raises NotVisible."""
    found = (
        ReceivedForm.objects.select_related("campaign", "school").filter(uuid=pk).first()
        if by.can("received_form:read")
        else None
    )
    if found is None:
        raise NotVisible
    return found


def serves_still() -> Q:
    """Memberships that are valid today or begin later."""
    return Q(valid_to=None) | Q(valid_to__gte=clock.today())


def official_for(by: Actor, pk: UUID) -> Membership:
    """An office of the city and who holds it. Raises NotVisible."""
    found = (
        Membership.objects.select_related("user").filter(uuid=pk, school=None).first()
        if by.can("city_office:read")
        else None
    )
    if found is None:
        raise NotVisible
    return found


def office_invitation_for(by: Actor, pk: UUID) -> OfficeInvitation:
    """A letter that waits for an answer. Raises NotVisible."""
    found = (
        OfficeInvitation.objects.select_related("invitation").filter(uuid=pk).first()
        if by.can("city_office:read")
        else None
    )
    if found is None:
        raise NotVisible
    return found


def can_give_office(by: Actor, invited: OfficeInvitation) -> bool:
    return by.can("city_office:give")


def can_end_office(by: Actor, membership: Membership) -> bool:
    return by.can("city_office:give") and membership.school_id is None


def can_connect_school(by: Actor, school: School) -> bool:
    return by.can("school:open")


def can_lead_campaign(by: Actor, campaign: MonitoringCampaign) -> bool:
    return by.can("campaign:lead")


def can_check_form(by: Actor, form: ReceivedForm) -> bool:
    """Return it with remarks."""
    return by.can("received_form:check")


def can_accept_form(by: Actor, form: ReceivedForm) -> bool:
    """The department's specialist: what is accepted is counted (decisions.md, SM-11b)."""
    return by.can("received_form:accept")


def entry_for(by: Actor, pk: UUID) -> ReferenceEntry:
    """Lists are published: whoever has signed in reads them. Raises NotVisible."""
    found = ReferenceEntry.objects.filter(uuid=pk).first() if by.user else None
    if found is None:
        raise NotVisible
    return found


def can_edit_reference(by: Actor) -> bool:
    return by.can("reference:edit")


def can_remind(by: Actor) -> bool:
    """Whoever reads forms for an answer may remind a school of one."""
    return by.can("received_form:check")
