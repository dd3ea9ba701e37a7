"""Letters about monitoring, at their edges."""

from collections.abc import Callable

from portal.core import clock
from portal.core.actor import Actor
from portal.monitoring import services as monitoring
from portal.monitoring.models import SchoolForm
from portal.monitoring.workflow import SCHOOL_FORM
from portal.monitoring.workflow.numbers import Numbers
from portal.municipality import services as municipality
from portal.municipality.background import send_campaign, tell_campaign
from portal.municipality.indicators import COUNTERS, INDICATORS
from portal.municipality.models import ReceivedForm
from portal.municipality.workflow import CAMPAIGN, RECEIVED
from tenants import post
from tenants.context import in_school
from tenants.models import School

TEXT = "Слово в слово, как было на уроке. " * 140
Acting = Callable[..., Actor]


def monitoring_of_a_school(school: School, actor: Acting) -> None:
    """All indicators, the longest title and words; returned, answered twice, sent again while the campaign is
    being closed.
    """
    semyon, zhanna, today = actor("semyon"), actor("zhanna"), clock.today()
    campaign = municipality.plan_campaign(
        title="К" * 150, indicators=INDICATORS, open_from=today, due_school=today, by=semyon
    )
    CAMPAIGN.move(campaign, "open", by=semyon)
    send_campaign(by=semyon, campaign_uuid=str(campaign.uuid))
    post.deliver_everything()
    municipality.remind(campaign, school, by=semyon)
    post.deliver_everything()
    with in_school(school):
        monitoring.hand_over_form(SchoolForm.objects.get(), by=zhanna)
    post.deliver_everything()
    RECEIVED.move(ReceivedForm.objects.get(), "return", by=semyon, comment=TEXT)
    post.deliver_everything()
    with in_school(school):
        form = SchoolForm.objects.get()
        declared = {value.indicator: value.declared for value in form.values.all()}
        SCHOOL_FORM.move(
            form,
            "fill",
            by=zhanna,
            asked=Numbers(declared=declared, explanations=dict.fromkeys(declared, TEXT[:2000])),
        )
        monitoring.hand_over_form(SchoolForm.objects.get(), by=zhanna)
        school.agreed_counters = sorted(COUNTERS)
        monitoring.send_counters(Actor.system(school=school.uuid))
    CAMPAIGN.move(campaign, "close", by=semyon)
    tell_campaign(by=semyon, campaign_uuid=str(campaign.uuid))
