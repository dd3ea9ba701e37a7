"""The rows of rooms that are not turned yet: positional, with `extra` by string keys. Goes when all are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.core import workflow as kernel
from portal.core.actor import Actor
from portal.core.errors import Conflict, DomainError, Invalid
from portal.core.workflow import Move, Without, by_time

__all__ = ["Extra", "Guard", "Transition", "Workflow", "always", "by_time"]
Extra = Mapping[str, Any]
Effect = Callable[[Any, Actor, Extra], None]
_NOT_TURNED = Without("комната ещё не переведена")


class Typed(dict[str, Any]):
    """What was typed, by string keys."""


def always(obj: Any, by: Actor, extra: Extra) -> bool:
    return True


@dataclass(frozen=True)
class Guard:
    """With a `field` the mistake is in what was typed (422), without it in the state of things (409)."""

    code: str
    sentence: str
    met: Callable[[Any, Actor, Extra], bool]
    field: str | None = None

    def refusal(self, obj: Any, move: Move[Any]) -> DomainError | None:
        if self.met(obj, move.by, move.asked):
            return None
        kind = Invalid if self.field else Conflict
        return kind(self.code, self.sentence, self.field)


@dataclass(frozen=True)
class _Held(kernel.Guard[Any]):
    """The guard as the kernel asks it: before the press with nothing typed, then with what was typed."""

    old: Guard

    def refusal(self, obj: Any, move: Move[Any]) -> DomainError | None:
        return self.old.refusal(obj, move)


def _turned(guard: Guard) -> kernel.Guard[Any]:
    def met(obj: Any, by: Actor) -> bool:
        return bool(guard.field) or guard.met(obj, by, {})

    return _Held(guard.code, guard.sentence, met, guard)


def _change(effect: Effect) -> Callable[[Any, Move[Any]], None]:
    def change(obj: Any, move: Move[Any]) -> None:
        effect(obj, move.by, {**move.asked, "comment": move.comment})

    change.__wrapped__ = effect  # type: ignore[attr-defined]
    change.__name__ = effect.__name__
    return change


def Transition(  # noqa: N802
    verb: str,
    label: str,
    sources: tuple[str, ...],
    target: str,
    rule: Callable[[Actor, Any], bool],
    guards: tuple[Guard, ...] = (),
    effects: tuple[Effect, ...] = (),
    *,
    document: str = "",
    **more: Any,
) -> kernel.Transition[Any, Any]:
    return kernel.Transition(
        verb=verb,
        label=label,
        sources=sources,
        target=target,
        rule=rule,
        guards=tuple(_turned(guard) for guard in guards),
        asks=Typed,
        changes=tuple(_change(effect) for effect in effects),
        journal="",
        paper=document or _NOT_TURNED,
        **more,
    )


class Workflow(kernel.Workflow[Any]):
    """Made and moved as before."""

    def __init__(
        self,
        name: str,
        title: str,
        model: type[Any],
        transitions: tuple[kernel.Transition[Any, Any], ...],
        code: str = "",
    ) -> None:
        super().__init__(
            name=name,
            title=title,
            model=model,
            begins=kernel.Begins(states=()),
            transitions=transitions,
            code=code,
            told=_NOT_TURNED,
            baton=_NOT_TURNED,
            lane=_NOT_TURNED,
        )

    @transaction.atomic
    def move(
        self, obj: Any, verb: str, *, by: Actor, version: int | None = None, comment: str = "", **extra: Any
    ) -> Any:
        return super().move(obj, verb, by=by, version=version, comment=comment, asked=Typed(extra))
