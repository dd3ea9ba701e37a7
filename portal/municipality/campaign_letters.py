"""Letters to one school about a campaign: asking it, telling it of a change, reminding it. Below the jobs and
services that write to many.
"""

from typing import cast

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.exchange import send
from portal.municipality.dues import Due
from portal.municipality.letters import (
    CAMPAIGN_CHANGED,
    CAMPAIGN_OPENED,
    SCHOOL_REMINDED,
    CampaignWord,
    ChangedCampaign,
    OpenedCampaign,
    SchoolReminded,
)
from portal.municipality.models import CampaignSchool, MonitoringCampaign, SchoolReminder
from tenants.models import School


@transaction.atomic
def ask_school(campaign: MonitoringCampaign, school: School, *, by: Actor) -> bool:
    """Write to one school, once. Returns whether the letter is new."""
    _, made = CampaignSchool.objects.get_or_create(
        campaign=campaign, school=school, defaults={"created_by": by.user, "told": campaign.turn}
    )
    if made:
        letter = OpenedCampaign(
            campaign=campaign.uuid,
            title=campaign.title,
            year=campaign.year,
            indicators=campaign.indicators,
            due=campaign.due_school,
        )
        send(CAMPAIGN_OPENED, letter, topic=campaign.uuid, by=by, school=school.uuid)
    return made


@transaction.atomic
def tell_school(campaign: MonitoringCampaign, asked: CampaignSchool, *, by: Actor) -> None:
    """What has become of the campaign since the school was asked."""
    letter = ChangedCampaign(
        campaign=campaign.uuid,
        turn=campaign.turn,
        state=cast(CampaignWord, campaign.state),
        due=campaign.due_school,
        closed_at=campaign.closed_at,
        comment=campaign.note,
    )
    send(CAMPAIGN_CHANGED, letter, topic=campaign.uuid, by=by, school=asked.school.uuid)
    asked.told = campaign.turn
    asked.save_change("told")


@transaction.atomic
def remind_school(due: Due, *, by: Actor) -> bool:
    """A letter to the school with which the form is; once a day for one school and matter. Returns whether it
    is new.
    """
    row, made = SchoolReminder.objects.get_or_create(
        school=due.school,
        campaign=due.campaign,
        matter=due.matter,
        reminded_on=clock.today(),
        defaults={"created_by": by.user},
    )
    if made:
        send(
            SCHOOL_REMINDED,
            SchoolReminded(campaign=due.campaign.uuid, matter=due.matter),
            topic=due.campaign.uuid,
            by=by,
            school=due.school.uuid,
        )
        audit.record(by, "reminded", row)
    return made
