"""Needs: recorded by the person or by the curator."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.mentor_bank import difficulties
from portal.mentor_bank.access import needs as access
from portal.mentor_bank.models import MenteeNeed, NeedStage
from portal.mentor_bank.states import OPEN, Urgency
from portal.municipality.reference import catalogue
from portal.municipality.states import Book
from portal.staff.models import Person


def _mistakes(
    request: str, items: Sequence[str], free: str, wanted_from: dt.date | None, *, wanted_to: dt.date | None
) -> Iterator[Invalid]:
    if len(request.strip()) < 10:
        yield Invalid("request_short", "Напишите одним-двумя предложениями, с чем нужна помощь.", "request")
    unknown = [item for item in items if item not in difficulties.ITEMS]
    if unknown or not (items or free.strip()):
        yield Invalid(
            "difficulties",
            "Выберите хотя бы одно затруднение или напишите своими словами.",
            "difficulty_items",
        )
    if wanted_from and wanted_to and wanted_to < wanted_from:
        yield Invalid("period", "Последний день раньше первого.", "wanted_to")


@transaction.atomic
def record_need(
    person: Person,
    *,
    by: Actor,
    category: str,
    reason: str,
    request: str,
    difficulty_items: Sequence[str] = (),
    free_difficulty: str = "",
    desired_form: str = "",
    desired_kinds: Sequence[str] = (),
    desired_mentor: Person | None = None,
    wanted_from: dt.date | None = None,
    wanted_to: dt.date | None = None,
    urgency: str = Urgency.MONTH,
) -> MenteeNeed:
    """Record what a person needs. One open need per person. Raises Forbidden, Invalid, Conflict."""
    if not access.can_record_need(by, person):
        raise Forbidden("Потребность другого человека записывает куратор.")
    Invalid.refuse_any(
        _mistakes(request, difficulty_items, free_difficulty, wanted_from, wanted_to=wanted_to)
    )
    _check_reason(reason)
    if desired_mentor is not None and desired_mentor.pk == person.pk:
        raise Invalid("self_mentoring", "Человек не может быть наставником самому себе.", "desired_mentor")
    if MenteeNeed.objects.filter(person=person, state__in=OPEN).exists():
        raise Conflict("need_open", "У этого человека уже есть открытая потребность: дополните её.", "person")
    need = MenteeNeed.objects.create(
        person=person,
        category=category,
        reason=reason,
        request=request.strip(),
        difficulty_items=list(difficulty_items),
        free_difficulty=free_difficulty.strip(),
        desired_form=desired_form,
        desired_kinds=list(desired_kinds),
        desired_mentor=desired_mentor,
        wanted_from=wanted_from,
        wanted_to=wanted_to,
        urgency=urgency,
        created_by=by.user,
    )
    NeedStage.begin(need, clock.today(), by=by.user)
    audit.record(by, "recorded", need)
    return need


def _check_reason(reason: str) -> None:
    if reason not in catalogue(Book.NEEDS):
        raise Invalid("reason", "Выберите повод из списка.", "reason")


@transaction.atomic
def edit_need(need: MenteeNeed, *, by: Actor, version: int | None = None, **values: Any) -> MenteeNeed:
    """Change or renew an open need. Raises Forbidden, Invalid, Conflict, Stale."""
    need = MenteeNeed.objects.select_for_update().get(pk=need.pk)
    if not access.can_edit_need(by, need):
        raise Forbidden("Эту потребность правит сам человек или куратор.")
    if need.state not in OPEN:
        raise Conflict("need_closed", "Потребность закрыта. Запишите новую.")
    need.check_version(version)
    if values.get("reason", need.reason) != need.reason:
        _check_reason(values["reason"])
    for name, value in values.items():
        setattr(need, name, value)
    Invalid.refuse_any(
        _mistakes(
            need.request,
            need.difficulty_items,
            need.free_difficulty,
            need.wanted_from,
            wanted_to=need.wanted_to,
        )
    )
    need.actualised_on = clock.today()
    need.save_change("actualised_on", *values)
    audit.record(by, "edited", need, changes={"fields": sorted(values)})
    return need
