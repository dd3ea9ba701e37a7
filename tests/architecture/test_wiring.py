"""A room gives what it has in its `room.py`, and nothing happens because a module was imported."""

import re
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps

from portal.core.contour import RoomConfig
from portal.core.workflow import ALL, ON_STEPS, On, Workflow
from portal.exchange import KINDS as LETTERS
from portal.exchange import RECEIVERS, LetterKind, Receiver
from portal.papers.kinds import KINDS as PAPERS
from portal.papers.kinds import PaperKind
from portal.staff.queues import QUEUES, Queue
from tenants.jobs import JOBS, Job
from tests.architecture.test_house_lints import CODE, where

ROOMS = [config for config in apps.get_app_configs() if isinstance(config, RoomConfig)]
TABLES: list[tuple[type[Any], Iterable[Any]]] = [
    (LetterKind, LETTERS.values()),
    (Receiver, RECEIVERS.values()),
    (PaperKind, PAPERS.values()),
    (Job, JOBS.values()),
    (Workflow, ALL.values()),
    (On, ON_STEPS),
    (Queue, QUEUES),
]
MAY = ("portal/core/wiring.py",)


def ours() -> Iterator[ModuleType]:
    names = tuple(f"{room.name}." for room in ROOMS)
    return (module for name, module in sorted(sys.modules.items()) if name.startswith(names))


def things_of(value: object) -> Iterator[object]:
    """What stands under a name of a module: a thing, or a tuple or a dict of things."""
    if isinstance(value, dict):
        return iter(value.values())
    return iter(value if isinstance(value, tuple | list) else [value])


@pytest.mark.parametrize("room", ROOMS, ids=[room.label for room in ROOMS])
def test_a_room_has_no_ready_of_its_own(room: RoomConfig) -> None:
    assert type(room).ready is RoomConfig.ready, f"{room.name}: say it in room.py, one function wires it"


@pytest.mark.parametrize(("kind", "table"), TABLES, ids=lambda one: getattr(one, "__name__", ""))
def test_what_a_room_makes_it_gives(kind: type[Any], table: Iterable[Any]) -> None:
    made = {
        id(thing): f"{module.__name__}.{name}"
        for module in ours()
        for name, value in vars(module).items()
        for thing in things_of(value)
        if isinstance(thing, kind)
    }
    given = {id(thing) for thing in table}
    forgotten = sorted(name for number, name in made.items() if number not in given)
    assert made, "nothing was found: this test looks in the wrong place"
    assert not forgotten, f"made and given to nobody; add it to the room.py of its room: {forgotten}"


EFFECTS = [
    (r"noqa: F401", "an import that is not used works by its effect: give the thing in room.py"),
    (r"@receiver\b|(?<!psycopg)\.connect\(", "who listens stands in room.py: listens(signal, function)"),
]


@pytest.mark.parametrize(("pattern", "advice"), EFFECTS, ids=[effect[0] for effect in EFFECTS])
def test_nothing_happens_because_a_module_was_imported(pattern: str, advice: str) -> None:
    found = [
        f"{where(path)}:{number}"
        for path in CODE
        if not where(path).startswith(MAY)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not found, f"{advice}: {found}"
