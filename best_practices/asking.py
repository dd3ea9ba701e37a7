"""Letters by mail to an expert: the invitation and reminders. The link leads to the own page, where one press
answers; nothing is changed by opening it.
"""

from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from best_practices.blinding import for_experts
from best_practices.models import Review
from best_practices.own_bank import outward
from best_practices.states import WAITED, ReviewState
from portal.accounts.models import User
from portal.accounts.selectors import teaches_in_the_city
from portal.core.actor import Actor
from portal.core.text import quoted
from tenants.addresses import city_url
from tenants.jobs import city_job, whoever_asked


@city_job(
    "best_practices.write_to_expert",
    may=whoever_asked("the expert is asked already: the letter only tells it"),
    whole=True,
)
def write_to_expert(*, by: Actor, review_uuid: str) -> None:
    """What the expert is asked for now, if the expert is still waited for."""
    found = next(iter(for_experts(Review.objects.filter(uuid=UUID(review_uuid)))), None)
    if found is None or found.state not in WAITED:
        return
    expert = User.objects.filter(pk=found.expert, is_active=True).first()
    if expert is None or not teaches_in_the_city(expert.pk):
        return
    title = quoted(found.practice.title)
    is_invited = found.state == ReviewState.INVITED
    context = {
        "title": title,
        "is_invited": is_invited,
        "until": found.waits_until,
        "is_late": found.is_silent,
        "url": outward(city_url("expertise:review", found.uuid)),
    }
    subject = (
        f"Оценить практику {title}: ответьте, возьмётесь ли" if is_invited else f"Лист о практике {title}"
    )
    text = render_to_string("best_practices/mail/review.txt", context)
    EmailMessage(subject, text, None, [expert.email]).send()
