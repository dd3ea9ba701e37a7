"""Which schools have a form of an open campaign with them: one answer for the city's page, the campaign's
page, reminders and counts.

A school is due when it works (whoever is only joining, or is suspended, cannot hand over), was asked by a
campaign that is open, and has not handed over, or was sent its form back. The number of queries depends
neither on schools nor on campaigns.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from portal.core import clock
from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm, SchoolReminder
from portal.municipality.states import CampaignState, Matter, ReceivedState
from tenants.models import School, SchoolState


@dataclass(frozen=True)
class Due:
    """A school that has a form with it: of which campaign, since when if it was returned, and when it was
    last reminded.
    """

    school: School
    campaign: MonitoringCampaign
    returned: ReceivedForm | None = None
    reminded_on: dt.date | None = None

    @property
    def matter(self) -> Matter:
        return Matter.REMARKS if self.returned else Matter.FORM

    @property
    def days_late(self) -> int:
        """Days after the term of a form that was never handed over; nobody is late with a form that was
        returned.
        """
        return 0 if self.returned else max(0, (clock.today() - self.campaign.due_school).days)

    @property
    def may_be_reminded(self) -> bool:
        return self.reminded_on != clock.today()


def dues_of(campaigns: Iterable[MonitoringCampaign]) -> list[Due]:
    """Schools with which forms of these campaigns are, the nearest term first, inside it by number; three
    queries.
    """
    chosen = {campaign.pk: campaign for campaign in campaigns if campaign.state == CampaignState.OPEN}
    asked = CampaignSchool.objects.filter(
        campaign__in=chosen, school__state=SchoolState.ACTIVE
    ).select_related("school")
    last = (
        ReceivedForm.objects.filter(campaign__in=chosen)
        .order_by("campaign_id", "school_id", "-revision")
        .distinct("campaign_id", "school_id")
    )
    forms = {(form.campaign_id, form.school_id): form for form in last}
    rows = (
        SchoolReminder.objects.filter(campaign__in=chosen)
        .values_list("campaign_id", "school_id", "matter")
        .annotate(Max("reminded_on"))
    )
    reminded = {(campaign, school, matter): day for campaign, school, matter, day in rows}
    found = []
    for row in asked:
        form = forms.get((row.campaign_id, row.school_id))
        if form is None or form.state == ReceivedState.RETURNED:
            matter = Matter.REMARKS if form else Matter.FORM
            found.append(
                Due(
                    row.school,
                    chosen[row.campaign_id],
                    form,
                    reminded.get((row.campaign_id, row.school_id, matter)),
                )
            )
    return sorted(
        found,
        key=lambda due: (due.campaign.due_school, due.campaign.pk, due.school.number or 0, due.school.pk),
    )
