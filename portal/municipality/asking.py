"""Asking one school to take part in a campaign: below the job that asks all of them and the service that asks a new one."""

from django.db import transaction

from portal.core.actor import Actor
from portal.exchange import send
from portal.municipality.letters import CAMPAIGN_OPENED, OpenedCampaign
from portal.municipality.models import CampaignSchool, MonitoringCampaign
from tenants.models import School


@transaction.atomic
def ask_school(campaign: MonitoringCampaign, school: School, *, by: Actor) -> bool:
    """Write to one school, once. Returns whether the letter is new."""
    _, made = CampaignSchool.objects.get_or_create(campaign=campaign, school=school, defaults={"created_by": by.user})
    if made:
        letter = OpenedCampaign(campaign=campaign.uuid, title=campaign.title, year=campaign.year, indicators=campaign.indicators, due=campaign.due_school)
        send(CAMPAIGN_OPENED, letter, topic=campaign.uuid, by=by, school=school.uuid)
    return made
