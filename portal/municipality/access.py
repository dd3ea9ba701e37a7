"""Doors and rules of the department's room."""

from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.municipality.models import MonitoringCampaign, ReceivedForm
from tenants.models import School


def school_for(by: Actor, pk: UUID) -> School:
    """The school as the city knows it. Raises NotVisible."""
    found = School.objects.select_related("opening").filter(uuid=pk).first() if by.can("school:read") else None
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
    found = ReceivedForm.objects.select_related("campaign", "school").filter(uuid=pk).first() if by.can("received_form:read") else None
    if found is None:
        raise NotVisible
    return found


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
