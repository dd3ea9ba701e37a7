"""«Что дальше» of one's own account: they stand at home in the city and in the school."""

from portal.accounts.agreeing import waiting_for_city
from portal.accounts.models import NameProposal, PlaceConsent
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import NextStep
from tenants.addresses import city_url


def own_steps(by: Actor) -> list[NextStep]:
    """What only the person can say, and what the city is asked about accounts. One query, two for whoever
    answers for the city.
    """
    if by.user is None:
        return []
    return [*_names(by), *(_agreement(one) for one in waiting_for_city(by))]


def _names(by: Actor) -> list[NextStep]:
    asked = NameProposal.objects.filter(user=by.user, answered_at=None).select_related("school")
    return [_name(one) for one in asked.order_by("created_at")]


def _name(asked: NameProposal) -> NextStep:
    return NextStep(
        "name_asked",
        f"{asked.school.short_name}: это ваше имя?",
        f"Школа записала вас как {asked.full_name}. Подтвердите имя или скажите, что оно не ваше.",
        city_url("own_name"),
        "Ответить",
        waiting_since=clock.local(asked.created_at).date(),
        icon="person-check",
        weight=20,
    )


def _agreement(consent: PlaceConsent) -> NextStep:
    change = consent.change
    school = change.school.short_name if change.school else ""
    return NextStep(
        "agreement_asked",
        f"{school} просит вернуть вход: {change.user.short_name}",
        "У человека есть место и в городе, поэтому без вашего согласия ничего не изменится. "
        f"{consent.till_when}",
        city_url("agreement", consent.uuid),
        "Ответить",
        due=consent.answer_due,
        waiting_since=clock.local(consent.created_at).date(),
        icon="person-check",
        weight=15,
    )
