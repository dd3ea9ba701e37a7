"""SCENARIOS: (who, verb, what is typed, expected) walked through the real workflows, and what their tables
must hold.

`expected` is the state after, or the code of the refusal. A step that is a function changes what the next
steps meet, so that a failing case and a passing case share their set-up. `unproved` reads the tables without
a database: every transition must succeed once, every guard must refuse once, and every comment that is needed
must be missed once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.core.workflow import Nothing, Transition, Workflow
from tests.workflows.written import allowed

Who = Callable[[str], Actor]
Step = tuple[str, str, dict[str, Any], str]
Change = Callable[[Any], Any]


@dataclass(frozen=True)
class Scenario:
    """`begin` brings a thing to `state` through the services; values of a step that are functions are asked
    when it is walked.
    """

    state: str
    begin: Callable[[Who], Any]
    steps: tuple[Step | Change, ...]


Table = Mapping[str, Scenario]


def walk(workflow: Workflow[Any], scenario: Scenario, who: Who) -> None:
    """Each step in its own savepoint; a refusal leaves the state as it was, and a step writes what is said of
    it.
    """
    obj = scenario.begin(who)
    assert obj.state == scenario.state
    for step in scenario.steps:
        obj = workflow.model.objects.get(pk=obj.pk)
        if callable(step):
            step(obj)
            continue
        key, verb, typed, expected = step
        assert _outcome(workflow, obj, verb, who(key), typed) == expected, (key, verb, typed)


def _outcome(workflow: Workflow[Any], obj: Any, verb: str, by: Actor, typed: dict[str, Any]) -> str:
    values = {name: value() if callable(value) else value for name, value in typed.items()}
    before = obj.state
    columns = columns_of(obj)
    try:
        with transaction.atomic():
            comment = values.pop("comment", "")
            row = workflow.row(verb, before)
            asked = row.asks(**values) if row is not None else Nothing()
            workflow.move(obj, verb, by=by, comment=comment, asked=asked)
    except DomainError as refusal:
        obj.refresh_from_db()
        assert obj.state == before
        return refusal.code
    after = columns_of(obj)
    written = " ".join(sorted(name for name in after if after[name] != columns[name]))
    assert written in allowed(workflow.name, verb, before), (
        f"Шаг «{verb}» из «{before}» записал «{written}»; в tests/workflows/written.py об этом другое"
    )
    return str(obj.state)


KEPT_BY_ITSELF = ("state", "version", "updated_at")


def columns_of(obj: Any) -> dict[str, Any]:
    """Of its row, but for those that every step changes."""
    row = type(obj).objects.filter(pk=obj.pk).values().get()
    return {name: value for name, value in row.items() if name not in KEPT_BY_ITSELF}


def change(**fields: Any) -> Change:
    """The thing's own columns, as they would stand otherwise."""
    return lambda obj: (
        type(obj)
        .objects.filter(pk=obj.pk)
        .update(**{name: value() if callable(value) else value for name, value in fields.items()})
    )


def unproved(workflow: Workflow[Any], table: Table) -> list[str]:
    """What no step of the table shows."""
    shown = {found for scenario in table.values() for found in _shown(workflow, scenario)}
    return [
        f"{row.verb} from {row.sources[0]}: {what}"
        for row in workflow.transitions
        for what in _wanted(row)
        if (row.verb, row.sources, what) not in shown
    ]


def _wanted(row: Transition[Any, Any]) -> list[str]:
    return [
        "done",
        *(condition.code for condition in (*row.guards, *row.checks)),  # type: ignore[attr-defined]
        *(["comment_required"] if row.needs_comment else []),
    ]


def _shown(workflow: Workflow[Any], scenario: Scenario) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Walks the table on paper: the state is known after each step that succeeds."""
    state, states = scenario.state, {row.target for row in workflow.transitions}
    for step in scenario.steps:
        row = None if callable(step) else workflow.row(step[1], state)
        if row is not None and not callable(step):
            done = step[3] in states  # its own target, or that of the step which follows by itself
            yield row.verb, row.sources, "done" if done else step[3]
            state = step[3] if done else state
