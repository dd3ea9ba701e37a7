"""Which schools have a form of an open campaign with them: one answer for the city's page, the campaign's
page, reminders and counts.

A school is due when it works (whoever is only joining, or is suspended, cannot hand over), was asked by a
campaign that is open, and has not handed over, or was sent its form back. The number of queries depends
neither on schools nor on campaigns.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

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


def never_handed_over() -> QuerySet[CampaignSchool]:
    """Working schools that open campaigns have asked and heard nothing from."""
    forms = ReceivedForm.objects.filter(campaign=OuterRef("campaign"), school=OuterRef("school"))
    rows = CampaignSchool.objects.filter(campaign__state=CampaignState.OPEN, school__state=SchoolState.ACTIVE)
    return rows.filter(~Exists(forms))


def sent_back() -> QuerySet[ReceivedForm]:
    """The forms of open campaigns that were returned to working schools and are with them still."""
    newer = ReceivedForm.objects.filter(
        campaign=OuterRef("campaign"), school=OuterRef("school"), revision__gt=OuterRef("revision")
    )
    asked = CampaignSchool.objects.filter(campaign=OuterRef("campaign"), school=OuterRef("school"))
    rows = ReceivedForm.objects.filter(
        state=ReceivedState.RETURNED, campaign__state=CampaignState.OPEN, school__state=SchoolState.ACTIVE
    )
    return rows.filter(~Exists(newer), Exists(asked))


def dues_of(campaigns: Iterable[MonitoringCampaign], schools: Iterable[int] | None = None) -> list[Due]:
    """Schools (all, or those of these keys) with which forms of these campaigns are, the nearest term first,
    inside it by number; three queries.
    """
    chosen = {campaign.pk: campaign for campaign in campaigns if campaign.state == CampaignState.OPEN}
    only = Q(campaign__in=chosen) if schools is None else Q(campaign__in=chosen, school__in=list(schools))
    rows = (
        SchoolReminder.objects.filter(only)
        .values_list("campaign_id", "school_id", "matter")
        .annotate(Max("reminded_on"))
    )
    reminded = {(campaign, school, matter): day for campaign, school, matter, day in rows}
    waited = never_handed_over().filter(only).select_related("school")
    returned = sent_back().filter(only).select_related("school")
    waiting: list[tuple[CampaignSchool | ReceivedForm, ReceivedForm | None, Matter]] = [
        *((row, None, Matter.FORM) for row in waited),
        *((form, form, Matter.REMARKS) for form in returned),
    ]
    found = [
        Due(row.school, chosen[row.campaign_id], form, reminded.get((row.campaign_id, row.school_id, matter)))
        for row, form, matter in waiting
    ]
    return sorted(
        found,
        key=lambda due: (due.campaign.due_school, due.campaign.pk, due.school.number or 0, due.school.pk),
    )
