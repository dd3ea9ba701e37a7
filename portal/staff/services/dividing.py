"""One card that is two people: a part of it becomes a card of its own."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Forbidden, Invalid
from portal.core.person_names import with_clean_names
from portal.notify.notices import tell
from portal.staff import access
from portal.staff.belongings import Belonging, belongings_of
from portal.staff.models import Employment, GuestStay, Person
from portal.staff.services.offices import end_offices_of
from portal.staff.twins import refuse_twin
from tenants.links import link


@transaction.atomic
def divide_person(
    person: Person, *, by: Actor, chosen: Collection[str], version: int | None = None, **name: Any
) -> Person:
    """What is chosen becomes the card of another person, with this name; the way in and what was signed
    stay. Gives the new card. Raises Forbidden, Stale, Invalid at the field, Conflict for a name that is here
    already.
    """
    if not access.can_merge_people(by):
        raise Forbidden("Карточки объединяют и разделяют куратор и специалист по кадрам.")
    locked: Person = lock(Person, person.pk)
    locked.check_version(version)
    name = with_clean_names(name)
    refuse_twin(name, None)
    belongings = belongings_of(locked)
    going = [one for one in belongings if one.key in chosen]
    _check(belongings, going)
    other = Person.objects.create(**name, created_by=by.user)
    for belonging in going:
        for row, key in belonging.rows:
            type(row)._base_manager.filter(pk=row.pk, **{key: locked}).update(**{key: other})
    locked.save_change()
    _end_what_the_days_gave(locked, by)
    audit.record(by, "divided", locked, changes={"new": str(other.uuid)})
    audit.record(by, "entered", other)
    text = f"В вашей карточке были записаны двое, теперь их разделили. Ваша: {locked.full_name}. {LOOK}"
    tell([locked.user], "staff.cards", text, link("staff:person", locked.uuid), about=locked)
    return other


def _end_what_the_days_gave(person: Person, by: Actor) -> None:
    """Whoever is not here by what stayed on the card has no office of the school any more: those were given
    for the work of the other.
    """
    if Person.objects.of_school().filter(pk=person.pk).exists():
        return
    yesterday = clock.today() - dt.timedelta(days=1)
    system = Actor.system(school=by.school)
    end_offices_of(person, on=yesterday, by=system, why="карточка разделена: работа была другого человека")


LOOK = "Посмотрите, всё ли на месте, и скажите куратору, если нет."


def _check(belongings: list[Belonging], going: list[Belonging]) -> None:
    """Each of the two has worked here or was a guest: else there is one person."""
    if not _work(going):
        raise Invalid(
            "no_work",
            "Отметьте хотя бы одну работу или дни гостя: по ним карточка и делится.",
            "chosen",
        )
    if len(_work(going)) == len(_work(belongings)):
        raise Invalid(
            "nothing_stays",
            "Что-то должно остаться и первому: если записан не тот человек, исправьте имя в карточке.",
            "chosen",
        )


def _work(belongings: list[Belonging]) -> list[Belonging]:
    return [one for one in belongings if isinstance(one.rows[0][0], Employment | GuestStay)]
