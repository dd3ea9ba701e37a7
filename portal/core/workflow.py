"""State machines as tables: a row holds all that is true of a transition, and `Workflow.move` makes it.

`move` is the only writer of `.state` in the portal. A row names what follows in its room and below; what
follows in a room above stands in that room's own table of `On` rows, given to `ON_STEPS`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

from portal.core.actor import Actor
from portal.core.entity import Entity, lock
from portal.core.errors import Conflict, DomainError, Forbidden, Invalid
from portal.core.wiring import Slot, Table

M = TypeVar("M", bound=Entity)
A = TypeVar("A")

transitioned = Signal()
"""Sent by `move` with `workflow`, `transition`, `obj`, `move` in its transaction, after what follows in the
room. The journal, the signed papers and the notices listen, and nobody else.
"""


def by_time(by: Actor, obj: Any) -> bool:
    """The rule of transitions that only time (or the post) makes."""
    return by.is_system


@dataclass(frozen=True)
class Nothing:
    """What is asked by a transition that asks nothing."""


@dataclass(frozen=True, kw_only=True)
class Move(Generic[A]):
    """One transition while it is made: by whom, what was asked and answered, from which state it leads."""

    by: Actor
    asked: A
    comment: str = ""
    source: str = ""


def write_asked(obj: Any, move: Move[Any]) -> None:
    """A change: what was typed goes into the columns of the same names."""
    for name, value in vars(move.asked).items():
        setattr(obj, name, value)


@dataclass(frozen=True)
class Guard(Generic[M]):
    """What must be true of the state of things; else 409, and the button says why before it is pressed."""

    code: str
    sentence: str
    met: Callable[[M, Actor], bool]

    def refusal(self, obj: M, move: Move[Any]) -> DomainError | None:
        return None if self.met(obj, move.by) else Conflict(self.code, self.sentence)


@dataclass(frozen=True)
class Check(Generic[M, A]):
    """What must be true of what was typed; else 422 at its field."""

    code: str
    sentence: str
    met: Callable[[M, Move[A]], bool]
    field: str

    def refusal(self, obj: M, move: Move[A]) -> DomainError | None:
        return None if self.met(obj, move) else Invalid(self.code, self.sentence, self.field)


@dataclass(frozen=True)
class Told(Generic[M]):
    """Who is told of it, and what; never whoever has made the step. `kind` is the notice's code, by itself
    «workflow:verb». `url_of` leads each person to a page of their own.
    """

    people: Callable[[M], Iterable[UUID | None]]
    text: Callable[[M], str]
    url: Callable[[M], str] = lambda obj: ""
    url_of: Callable[[M, UUID], str] | None = None
    kind: str = ""


@dataclass(frozen=True)
class Without:
    """Said in place of what a row has not, under one of the names below: why it has none."""

    why: str


nobody = no_paper = no_lane = no_baton = Without


@dataclass(frozen=True)
class Baton:
    """Whose move it is after the step: «ход за директором: принять приглашение»."""

    whose: str
    to_do: str

    def __str__(self) -> str:
        return f"ход {self.whose}: {self.to_do}"


@dataclass(frozen=True)
class Place:
    """The step of the lane at which the object stands; `stopped` stands there instead when its way is
    interrupted. Without a step only `stopped` is shown, or, without both, the whole way as done.
    """

    step: str
    stopped: str = ""


@dataclass(frozen=True, kw_only=True)
class Begins(Generic[M]):
    """What is true of an object that has just been made, in one of these states."""

    states: tuple[str, ...]
    baton: Baton | Without | Callable[[M], Baton] | None = None
    lane: Place | Without | None = None


@dataclass(frozen=True, kw_only=True)
class Transition(Generic[M, A]):
    """One row: who may and what must be true; what is asked, changes and follows; how it is told. Of the last
    part it may leave out what its workflow says for all rows.
    """

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    rule: Callable[[Actor, M], bool]
    guards: tuple[Guard[M], ...] = ()
    needs_comment: bool = False

    asks: type[Any] = Nothing
    """A frozen dataclass: the form's fields and the API's `typed` body are compared with it."""
    checks: tuple[Check[M, A], ...] = ()
    changes: tuple[Callable[[M, Move[A]], None], ...] = ()
    """Change fields of the object itself, before it is saved."""
    follows: tuple[Callable[[M, Move[A]], None], ...] = ()
    """After it is saved, in the same transaction: other rows of this room and of those below it."""

    journal: str
    """The whole sentence of the journal, in the past tense: «Пара прекращена»."""
    said: str = ""
    """What is said to whoever has made it; by itself the sentence of the journal."""
    told: tuple[Told[M], ...] | Without | None = None
    baton: Baton | Without | Callable[[M], Baton] | None = None
    lane: Place | Without | None = None
    paper: str | Without | None = None

    seed: str = ""
    quiet: bool = False
    page: str = ""
    final: str = ""
    """Said before a step from which no other leads on: what cannot be undone, what can be done instead."""


@dataclass(frozen=True)
class Offer:
    """A button: the transition, and the guards which are not met yet (the button then says why)."""

    transition: Transition[Any, Any]
    unmet: tuple[Guard[Any], ...]

    @property
    def ready(self) -> bool:
        return not self.unmet


@dataclass(frozen=True, kw_only=True)
class Workflow(Generic[M]):
    """A table of transitions over one model with `state` and `version`. `steps` are the titles of its lane;
    `told`, `baton`, `lane` and `paper` are what is true of every row that says nothing else.
    """

    name: str
    title: str
    model: type[M]
    begins: Begins[M]
    transitions: tuple[Transition[M, Any], ...]
    code: str = ""
    steps: tuple[str, ...] = ()
    keeps: tuple[Callable[[M, Move[Any]], None], ...] = ()
    """What each of its steps leaves behind, whichever it is: done before what follows from the row."""
    told: tuple[Told[M], ...] | Without | None = None
    baton: Baton | Without | None = None
    lane: Place | Without | None = None
    paper: str | Without | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a row that leaves out what neither it nor the workflow says."""
        rows = tuple(self._whole(row, "told", "baton", "lane", "paper") for row in self.transitions)
        object.__setattr__(self, "transitions", rows)
        object.__setattr__(self, "begins", self._whole(self.begins, "baton", "lane"))

    def _whole(self, row: Any, *names: str) -> Any:
        said = {name: getattr(self, name) for name in names if getattr(row, name) is None}
        missing = [name for name, value in said.items() if value is None]
        if missing:
            raise ValueError(f"{self.name}, {getattr(row, 'verb', 'begins')}: {missing} not said")
        return replace(row, **said)

    def row(self, verb: str, state: str) -> Transition[M, Any] | None:
        """The transition that the verb means from this state; None if there is none."""
        return next((t for t in self.transitions if t.verb == verb and state in t.sources), None)

    def opens(self, state: str, *verbs: str) -> bool:
        """Whether one of these verbs leads on from the state: a form is shown only then."""
        return any(self.row(verb, state) for verb in verbs)

    def knows(self, verb: str) -> bool:
        return any(t.verb == verb for t in self.transitions)

    def final(self, verb: str) -> str:
        """The sentence before a step that cannot be undone; empty when the verb has none."""
        return next((t.final for t in self.transitions if t.verb == verb and t.final), "")

    def said(self, verb: str, state: str) -> str:
        """What whoever makes the step from this state hears; empty when it leads nowhere."""
        row = self.row(verb, state)
        return "" if row is None else row.said or f"{row.journal}."

    def at(self, obj: M) -> Begins[M] | Transition[M, Any]:
        """The row by which its state is reached: of its lane and its baton all such rows say the same."""
        if _state(obj) in self.begins.states:
            return self.begins
        return next(row for row in self.transitions if row.target == _state(obj))

    def baton_of(self, obj: M) -> Baton | None:
        """Whose move it is; None when it is nobody's."""
        said = self.at(obj).baton
        baton = said(obj) if callable(said) else said
        return baton if isinstance(baton, Baton) else None

    def offers(self, obj: M, by: Actor) -> list[Offer]:
        """What the actor could do now, each with its unmet guards. Checks are left to the form."""
        here = [t for t in self.transitions if _state(obj) in t.sources and t.rule is not by_time]
        return [
            Offer(t, tuple(guard for guard in t.guards if not guard.met(obj, by)))
            for t in here
            if t.rule(by, obj)
        ]

    def check_typed(self, verb: str, obj: M, *, by: Actor, asked: object) -> None:
        """For a service that mends what the step once wrote: the same checks. Raises Invalid."""
        row = next(t for t in self.transitions if t.verb == verb)
        _refuse(check.refusal(obj, Move(by=by, asked=asked)) for check in row.checks)

    @transaction.atomic
    def move(
        self,
        obj: M,
        verb: str,
        *,
        by: Actor,
        version: int | None = None,
        comment: str = "",
        asked: object = Nothing(),
    ) -> M:
        """Lock and check; change, save, do what follows here, announce, do what follows above. Returns the
        object as stored. Raises Conflict or Stale (409), Forbidden (403), Invalid (422).

        The state is checked first: when the step has been made meanwhile, there is nothing to compare and to
        save once more.
        """
        locked: M = lock(self.model, obj.pk)
        row = self._row_or_refuse(locked, verb)
        locked.check_version(version)
        if not row.rule(by, locked):
            raise Forbidden("Это действие сейчас не ваше: эстафета у другого человека.")
        if type(asked) is Nothing and row.asks is not Nothing:
            # an address of plain steps takes any verb; so does a page that was open while the step changed
            raise Conflict("asks_more", "Этот шаг делают на своей странице: там портал спросит, что нужно.")
        if not isinstance(asked, row.asks):
            raise TypeError(f"{self.name}.{verb} asks {row.asks.__name__}, not {type(asked).__name__}")
        move = Move(by=by, asked=asked, comment=comment.strip(), source=_state(locked))
        if row.needs_comment and len(move.comment) < 3:
            sentence = "Напишите, пожалуйста, почему: это увидят те, кого это касается."
            raise Invalid("comment_required", sentence, "comment")
        conditions: tuple[Guard[M] | Check[M, Any], ...] = (*row.guards, *row.checks)
        _refuse(condition.refusal(locked, move) for condition in conditions)
        self._write(row, locked, move)
        for name, value in _values(locked).items():
            setattr(obj, name, value)
        return locked

    def _row_or_refuse(self, obj: M, verb: str) -> Transition[M, Any]:
        row = self.row(verb, _state(obj))
        if row is None:
            label = getattr(obj, "get_state_display", lambda: _state(obj))()
            sentence = f"Сейчас здесь «{label}»: этот шаг уже сделали, или его время ещё не пришло."
            raise Conflict("wrong_state", sentence)
        return row

    def _write(self, row: Transition[M, Any], obj: M, move: Move[Any]) -> None:
        before = _values(obj)
        cast("Any", obj).state = row.target
        for change in row.changes:
            change(obj, move)
        after = _values(obj)
        obj.save_change(*(f.name for f in obj._meta.concrete_fields if after[f.attname] != before[f.attname]))
        for consequence in (*self.keeps, *row.follows):
            consequence(obj, move)
        transitioned.send(sender=self.model, workflow=self, transition=row, obj=obj, move=move)
        for above in followers(self, row.verb):
            above.do(obj, move)


@dataclass(frozen=True)
class On(Generic[M]):
    """A row of a room above, or the own next step of an object: what is done when the step is made and told,
    and why (one printed sentence). Raises ValueError for a verb that is not there.
    """

    workflow: Workflow[M]
    verb: str
    do: Callable[[M, Move[Any]], None]
    why: str

    def __post_init__(self) -> None:
        if not self.workflow.knows(self.verb):
            raise ValueError(f"{self.workflow.name} knows no {self.verb}")


ALL: Table[Workflow[Any]] = Table(lambda workflow: workflow.name)
ON_STEPS: Slot[On[Any]] = Slot()
"""What rooms do on steps of rooms below; each gives its own table of `On` rows."""


def followers(workflow: Workflow[Any], verb: str) -> Iterator[On[Any]]:
    """What rooms above do on this step, in the order in which they were wired."""
    return (row for row in ON_STEPS if row.workflow is workflow and row.verb == verb)


def _refuse(refusals: Iterable[DomainError | None]) -> None:
    """Raises the first refusal; what stands behind it is not asked any more."""
    for refusal in refusals:
        if refusal is not None:
            raise refusal


def _state(obj: Entity) -> str:
    return str(cast("Any", obj).state)


def _values(obj: Entity) -> dict[str, Any]:
    return {f.attname: getattr(obj, f.attname) for f in obj._meta.concrete_fields}
