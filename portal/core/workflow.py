"""State machines as tables. A row says who may (rule), what must be true (guards) and what follows (effects).

`Workflow.move` is the only writer of `.state` in the portal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.dispatch import Signal

from portal.core.actor import Actor
from portal.core.entity import Entity, lock
from portal.core.errors import Conflict, Forbidden, Invalid

transitioned = Signal()
"""Sent by `move` with `workflow`, `transition`, `obj`, `by`, `comment`, `source` inside the same transaction.
"""

Extra = Mapping[str, Any]
Rule = Callable[[Actor, Any], bool]


def by_time(by: Actor, obj: Any) -> bool:
    """The rule of transitions that only time (or the post) makes."""
    return by.is_system


def always(obj: Any, by: Actor, extra: Extra) -> bool:
    return True


@dataclass(frozen=True)
class Guard:
    """What must be true. With a `field` the mistake is in what was typed (422), without it in the state of
    things (409).
    """

    code: str
    sentence: str
    met: Callable[[Any, Actor, Extra], bool]
    field: str | None = None

    def refuse(self) -> Conflict | Invalid:
        kind = Invalid if self.field else Conflict
        return kind(self.code, self.sentence, self.field)


@dataclass(frozen=True)
class Transition:
    """One row of a workflow: verb, from, to, rule, guards, effects, and the words on the button."""

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    rule: Rule
    guards: tuple[Guard, ...] = ()
    effects: tuple[Callable[[Any, Actor, Extra], None], ...] = ()
    needs_comment: bool = False
    document: str = ""
    seed: str = ""
    quiet: bool = False
    page: str = ""
    final: str = ""
    """Said before the press of a step from which no other leads on: what cannot be undone, and what can be
    done instead.
    """


@dataclass(frozen=True)
class Offer:
    """A button: the transition, and the guards which are not met yet (the button then says why)."""

    transition: Transition
    unmet: tuple[Guard, ...]

    @property
    def ready(self) -> bool:
        return not self.unmet


@dataclass(frozen=True)
class Workflow:
    """A table of transitions over one model with `state` and `version`."""

    name: str
    title: str
    model: type[Any]
    transitions: tuple[Transition, ...]
    code: str = ""

    def __post_init__(self) -> None:
        ALL[self.name] = self

    def row(self, verb: str, state: str) -> Transition | None:
        """The transition that the verb means from this state; None if there is none."""
        return next((t for t in self.transitions if t.verb == verb and state in t.sources), None)

    def opens(self, state: str, *verbs: str) -> bool:
        """Whether one of these verbs leads on from the state: a form is shown only then."""
        return any(t.verb in verbs and state in t.sources for t in self.transitions)

    def knows(self, verb: str) -> bool:
        return any(t.verb == verb for t in self.transitions)

    def guards_of(self, verb: str) -> tuple[Guard, ...]:
        """What must be true for the verb: for a service that mends what the step once wrote."""
        return next(t.guards for t in self.transitions if t.verb == verb)

    def final(self, verb: str) -> str:
        """The sentence before a step that cannot be undone; empty when the verb has none."""
        return next((t.final for t in self.transitions if t.verb == verb and t.final), "")

    def offers(self, obj: Any, by: Actor, extra: Extra | None = None) -> list[Offer]:
        """What the actor could do now, each with its unmet guards. Guards about typed fields are left to the
        form.
        """
        rows = [
            t
            for t in self.transitions
            if obj.state in t.sources and t.rule is not by_time and t.rule(by, obj)
        ]
        return [
            Offer(t, tuple(g for g in t.guards if not g.field and not g.met(obj, by, extra or {})))
            for t in rows
        ]

    @transaction.atomic
    def move(
        self, obj: Any, verb: str, *, by: Actor, version: int | None = None, comment: str = "", **extra: Any
    ) -> Any:
        """Lock, check state, version, rule and guards, write the changed fields, announce. Returns the object
        as stored.

        The state first: when the step has been made meanwhile, there is nothing to compare and to save once
        more.
        Raises Conflict or Stale (409), Forbidden (403), Invalid (422).
        """
        locked = lock(self.model, obj.pk)
        row = self._row_or_refuse(locked, verb)
        locked.check_version(version)
        if not row.rule(by, locked):
            raise Forbidden("Это действие сейчас не ваше: эстафета у другого человека.")
        self._check(row, locked, by, comment, extra)
        self._write(row, locked, by, comment, extra)
        _refresh(obj, locked)
        return locked

    def _row_or_refuse(self, obj: Any, verb: str) -> Transition:
        row = self.row(verb, obj.state)
        if row is None:
            label = obj.get_state_display() if hasattr(obj, "get_state_display") else obj.state
            raise Conflict(
                "wrong_state", f"Сейчас здесь «{label}»: этот шаг уже сделали, или его время ещё не пришло."
            )
        return row

    def _check(self, row: Transition, obj: Any, by: Actor, comment: str, extra: Extra) -> None:
        if row.needs_comment and len(comment.strip()) < 3:
            raise Invalid(
                "comment_required",
                "Напишите, пожалуйста, почему: это увидят те, кого это касается.",
                "comment",
            )
        for guard in row.guards:
            if not guard.met(obj, by, extra):
                raise guard.refuse()

    def _write(self, row: Transition, obj: Any, by: Actor, comment: str, extra: Extra) -> None:
        before, source = _values(obj), obj.state
        obj.state = row.target
        for effect in row.effects:
            effect(obj, by, {**extra, "comment": comment})
        after = _values(obj)
        obj.save_change(
            *[name for name in after if after[name] != before[name] and name not in ("version", "updated_at")]
        )
        transitioned.send(
            sender=self.model, workflow=self, transition=row, obj=obj, by=by, comment=comment, source=source
        )


ALL: dict[str, Workflow] = {}


def _values(obj: models.Model) -> dict[str, Any]:
    return {f.name: getattr(obj, f.attname) for f in obj._meta.concrete_fields}


def _refresh(obj: Entity, stored: Entity) -> None:
    """The caller's own copy follows what was stored."""
    for f in stored._meta.concrete_fields:
        setattr(obj, f.attname, getattr(stored, f.attname))
