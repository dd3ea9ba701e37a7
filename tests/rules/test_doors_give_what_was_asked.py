"""A door gives the very thing whose number was asked for, and nothing for the number of another: with several
things of each kind in the town, whoever may open them opens these.
"""

import inspect
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model

from portal.core.actor import Actor
from portal.core.errors import DomainError
from tenants.context import in_city, in_school
from tenants.models import School
from tests.rules.functions import functions_of
from tests.tenancy import shown_town

Door = Callable[[Actor, UUID], Any]
READERS = {"school": ("anna", "zhanna", "boris", "irina"), "city": ("semyon", "darya", "nina")}
CITY = ("best_practices", "portal.municipality", "portal.oversight")


def _takes_a_number(function: Callable[..., Any]) -> bool:
    taken = list(inspect.signature(function).parameters.values())
    return len(taken) == 2 and taken[0].name == "by" and taken[1].annotation is UUID


DOORS = {
    name: function
    for name, function in functions_of("access")
    if name.endswith("_for") and _takes_a_number(function)
}
"""Functions of access that are called for a thing and take an actor and a number."""


@pytest.mark.django_db
@pytest.mark.parametrize("contour", ["school", "city"])
def test_a_door_gives_what_was_asked_for(contour: str, school5: School, actor: Callable[..., Actor]) -> None:
    in_the_city = contour == "city"
    own = {name: door for name, door in DOORS.items() if name.startswith(CITY) == in_the_city}
    assert len(own) >= 5
    with in_city() if in_the_city else in_school(school5):
        made = shown_town.city() if in_the_city else shown_town.school(lambda key: actor(key, school5))
        readers = [actor(key) if in_the_city else actor(key, school5) for key in READERS[contour]]
        wrong = {
            f"{name}: asked for {type(thing).__name__}, given {type(given).__name__}"
            for thing in few_of_each(made)
            for name, door in own.items()
            for by in readers
            if (given := opened(door, by, thing)) is not None and given.uuid != thing.uuid
        }
    assert sorted(wrong) == []


def few_of_each(made: list[Model]) -> Iterator[Any]:
    """The last two of each kind: the first is what a door that forgets the number would give."""
    kinds: dict[type[Model], list[Model]] = {}
    for thing in made:
        if hasattr(thing, "uuid"):
            kinds.setdefault(type(thing), []).append(thing)
    for things in kinds.values():
        yield from sorted(things, key=lambda thing: thing.pk)[-2:]


def opened(door: Door, by: Actor, thing: Any) -> Any:
    try:
        return door(by, thing.uuid)
    except DomainError:
        return None
