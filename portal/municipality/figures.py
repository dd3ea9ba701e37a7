"""Figures of campaigns, each counted here only: how many schools were asked, have handed over, are accepted
(found B4).

A school has handed over when a form of it waits for the answer or was accepted; a returned one is with the
school again.
"""

from django.db.models import Count, Q, QuerySet

from portal.municipality.models import MonitoringCampaign
from portal.municipality.states import ReceivedState


def with_answers(campaigns: QuerySet[MonitoringCampaign]) -> QuerySet[MonitoringCampaign]:
    """Campaigns with `asked`, `handed` and `accepted`: numbers of schools; one query."""
    return campaigns.annotate(  # type: ignore[no-redef]  # the model names them for those who read
        asked=Count("participants", distinct=True),
        handed=Count("forms__school", filter=~Q(forms__state=ReceivedState.RETURNED), distinct=True),
        accepted=Count("forms__school", filter=Q(forms__state=ReceivedState.ACCEPTED), distinct=True),
    )
