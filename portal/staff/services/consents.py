"""Consents to the processing and distribution of personal data: SM-1."""

import datetime as dt

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.staff import access
from portal.staff.models import Person, PersonalConsent
from portal.staff.states import ConsentKind, ConsentState
from portal.staff.workflow import CONSENT

YEARS = 3


@transaction.atomic
def prepare_consent(
    person: Person,
    kind: str,
    *,
    by: Actor,
    valid_until: dt.date | None = None,
    resources: str = "",
    data_allowed: list[str] | None = None,
    conditions: str = "",
) -> PersonalConsent:
    """A consent to be printed and signed. Raises Forbidden, Conflict (there is one already), Invalid at the
    field.
    """
    if not access.can_prepare_consent(by, person):
        raise Forbidden("Согласие готовит сам человек, куратор или специалист по кадрам.")
    if PersonalConsent.objects.filter(
        person=person, kind=kind, state__in=(ConsentState.DRAFT, ConsentState.GIVEN)
    ).exists():
        raise Conflict("consent_exists", "Такое согласие уже есть: его можно приложить или отозвать.")
    if kind == ConsentKind.DISTRIBUTION and not resources.strip():
        raise Invalid(
            "resources",
            "Перечислите адреса страниц, где можно публиковать данные (152-ФЗ, ст. 10.1).",
            "resources",
        )
    if kind == ConsentKind.DISTRIBUTION and not data_allowed:
        raise Invalid("data_allowed", "Отметьте, какие данные можно публиковать.", "data_allowed")
    until = valid_until or clock.today().replace(
        year=clock.today().year + YEARS, day=min(clock.today().day, 28)
    )
    if until <= clock.today():
        raise Invalid("valid_until", "Срок должен быть позже сегодняшнего дня.", "valid_until")
    consent = PersonalConsent.objects.create(
        person=person,
        kind=kind,
        valid_until=until,
        resources=resources,
        data_allowed=data_allowed or [],
        conditions=conditions,
        created_by=by.user,
    )
    audit.record(by, "prepared", consent)
    return consent


def expire_consents(by: Actor) -> int:
    """What time does each night. Returns how many have expired; a second run finds none."""
    over = PersonalConsent.objects.filter(state=ConsentState.GIVEN, valid_until__lt=clock.today())
    for consent in over:
        CONSENT.move(consent, "expire", by=by)
    return len(over)
