"""What time does with a question to another place that nobody answers: a reminder, and an end on the day that
was named from the start (docs/adr/0038).
"""

import datetime as dt

from django.db import transaction

from portal.accounts.address_change import end
from portal.accounts.agreeing import remind_place
from portal.accounts.models import AddressChange, PlaceConsent
from portal.accounts.states import AddressOutcome
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.reading import weighing

REMIND_BEFORE = dt.timedelta(days=7)
"""So long before the last day somebody who has not answered is reminded."""


def mind_agreements(by: Actor) -> None:
    """Each night: what was not answered by its day ends, then whoever is late is reminded, once. Nights that
    were missed are made up for: the day is asked, and a day that is over wants no reminder.
    """
    today = clock.today()
    waiting = PlaceConsent.objects.filter(answered_at=None, change__ended_at=None).order_by("pk")
    found = [(one.pk, one.change_id, one.answer_due, one.reminded_on) for one in waiting]
    for change in dict.fromkeys(change for _, change, until, _ in found if until < today):
        _end_unanswered(change, by)
    for key, _, until, reminded in found:
        if reminded is None and today <= until <= today + REMIND_BEFORE:
            _remind(key, by)


@transaction.atomic
def _end_unanswered(change_key: int, by: Actor) -> None:
    with weighing():
        change: AddressChange = lock(AddressChange, change_key)
        silent = list(change.consents.filter(answered_at=None).select_related("school").order_by("pk"))
    if not any(one.answer_due < clock.today() for one in silent):
        return
    names = ", ".join(one.place_name for one in silent)
    end(change, AddressOutcome.UNANSWERED, by=by, comment=f"Ответа не было: {names}.")


@transaction.atomic
def _remind(key: int, by: Actor) -> None:
    with weighing():
        consent: PlaceConsent = lock(PlaceConsent, key)
    if consent.is_open and consent.reminded_on is None:
        consent.reminded_on = clock.today()
        consent.save_change("reminded_on")
        remind_place(consent, by=by)
