"""Figures of campaigns, each counted here only: how many schools were asked, have handed over, are accepted
(found B4).

A school has handed over when a form of it waits for the answer or was accepted; a returned one is with the
school again.
"""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm
from portal.municipality.states import ReceivedState


def with_answers(campaigns: QuerySet[MonitoringCampaign]) -> QuerySet[MonitoringCampaign]:
    """Campaigns with `asked`, `handed` and `accepted`: numbers of schools; one query.

    Each is counted by itself: joined, every school of a campaign would meet every form of it.
    """
    forms = ReceivedForm.objects.all()
    return campaigns.annotate(  # type: ignore[no-redef]  # the model names them for those who read
        asked=_schools_of(CampaignSchool.objects.all()),
        handed=_schools_of(forms.exclude(state=ReceivedState.RETURNED)),
        accepted=_schools_of(forms.filter(state=ReceivedState.ACCEPTED)),
    )


def _schools_of(rows: QuerySet[Any]) -> Coalesce:
    """How many different schools the rows of the campaign name."""
    own = rows.filter(campaign=OuterRef("pk")).order_by().values("campaign")
    return Coalesce(Subquery(own.annotate(number=Count("school", distinct=True)).values("number")), 0)
