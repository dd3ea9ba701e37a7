"""Who holds which office till when, and how far the letter about it has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from portal.accounts.letters import OFFICE
from portal.accounts.offices import PRECEDENCE, Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.staff.access import can_see_offices
from portal.staff.models import PersonOffice

SOON = timedelta(days=30)
"""So long before its end an office is spoken of."""


@dataclass(frozen=True)
class Condition:
    """Where an office stands: the kind of its sign, the word, and whether the page has still to wait."""

    kind: str
    word: str
    step: str
    waits: bool = False


def offices_visible_to(by: Actor) -> QuerySet[PersonOffice]:
    """All offices of the school with what a list orders by: the present ones first, by their weight."""
    rows = PersonOffice.objects.all() if can_see_offices(by) else PersonOffice.objects.none()
    rank = Case(
        *(When(office=office, then=Value(place)) for place, office in enumerate(PRECEDENCE)),
        default=Value(99),
        output_field=IntegerField(),
    )
    over = Case(
        When(valid_to__lt=clock.today(), then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    return rows.select_related("person").annotate(rank=rank, over=over)


def conditions(offices: Iterable[PersonOffice]) -> dict[int, Condition]:
    """Where each of them stands, by its key; one query."""
    held = list(offices)
    people = [one.person.uuid for one in held if one.confirmed_at is None]
    unsent = (
        record_model("Outbox").objects.filter(kind=OFFICE.code, topic__in=people, sent_at=None)
        if people
        else []
    )
    waiting = {letter.topic for letter in unsent}
    return {one.pk: _condition(one, waiting) for one in held}


def _condition(held: PersonOffice, unsent: set[UUID]) -> Condition:
    today = clock.today()
    if held.valid_to is not None and held.valid_to < today:
        return Condition("idle", "закончилась", "over")
    if held.person.user is None:
        return Condition("turn", "ждём входа в портал", "joined")
    if held.confirmed_at is None:
        sent = held.person.uuid not in unsent
        return Condition(
            "turn", "отправлено" if sent else "отправляется", "sent" if sent else "written", waits=True
        )
    if held.valid_from > today:
        return Condition("brand", f"начнётся {held.valid_from:%d.%m.%Y}", "begins")
    return Condition("ok", "действует", "valid")


def ending_soon() -> QuerySet[PersonOffice]:
    """Offices which end within the next weeks and are not given further."""
    today = clock.today()
    rows = _by_their_term().filter(valid_to__gte=today, valid_to__lte=today + SOON)
    further = PersonOffice.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=today + SOON),
        person=OuterRef("person"),
        office=OuterRef("office"),
    )
    return rows.exclude(Exists(further)).select_related("person").order_by("valid_to", "id")


def ended_of_late() -> QuerySet[PersonOffice]:
    """Offices whose term has run out within the last weeks, and which nobody holds since then."""
    today = clock.today()
    over = _by_their_term().filter(valid_to__lt=today, valid_to__gte=today - SOON)
    held = PersonOffice.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), office=OuterRef("office"))
    left_to = over.exclude(office=Office.TEACHER).exclude(Exists(held))
    return left_to.select_related("person").order_by("valid_to", "id")


def _by_their_term() -> QuerySet[PersonOffice]:
    """Nobody has ended them with a document: they end by the day they were given to."""
    return PersonOffice.objects.exclude(office=Office.PRINCIPAL).exclude(end_basis__gt="")


def not_joined() -> QuerySet[PersonOffice]:
    """Offices beyond the teacher's which wait for their people to enter the portal."""
    rows = PersonOffice.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=clock.today()), person__user=None
    ).exclude(office=Office.TEACHER)
    return rows.select_related("person").order_by("valid_from", "id")
