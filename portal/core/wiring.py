"""How a room gives what it has to those who do not know it: the home page, the menu, the night, the post.

Who reads a list makes a `Slot` (or a `Table`, where each thing has a name of its own). A room says in
`<room>/room.py` what it puts there, and `RoomConfig.ready` wires it. So nothing happens because a module was
imported, and whoever asks what a room takes part in reads one file of it.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar

from django.apps import AppConfig
from django.core import checks
from django.dispatch import Signal
from django.utils.module_loading import module_has_submodule

T = TypeVar("T")


class Gift(Protocol):
    """What a room gives. Nothing happens before it is put."""

    def put(self) -> None: ...


class _Things(Generic[T]):
    def __init__(self, add: Callable[[T], None], things: tuple[T, ...]) -> None:
        self.add, self.things = add, things

    def put(self) -> None:
        for thing in self.things:
            self.add(thing)


class Slot(Generic[T]):
    """A list that rooms fill, in the order of the settings. Putting the same thing twice puts it once."""

    def __init__(self) -> None:
        self._things: list[T] = []

    def __iter__(self) -> Iterator[T]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def give(self, *things: T) -> Gift:
        """For `room.py`: these are put when the room is wired."""
        return _Things(self.add, things)

    def add(self, thing: T) -> None:
        if thing not in self._things:
            self._things.append(thing)


class Table(dict[str, T]):
    """What rooms fill and others ask by name. A name belongs to one thing."""

    def __init__(self, name_of: Callable[[T], str]) -> None:
        super().__init__()
        self._name_of = name_of

    def give(self, *things: T) -> Gift:
        """For `room.py`: these are put when the room is wired."""
        return _Things(self.add, things)

    def add(self, thing: T) -> None:
        name = self._name_of(thing)
        if self.setdefault(name, thing) != thing:
            raise ValueError(f"two things are called {name}")


class _Listening:
    def __init__(self, signal: Signal, receivers: tuple[Callable[..., Any], ...]) -> None:
        self.signal, self.receivers = signal, receivers

    def put(self) -> None:
        for receiver in self.receivers:
            name = f"{receiver.__module__}.{receiver.__qualname__}"
            self.signal.connect(receiver, dispatch_uid=name, weak=False)


def listens(signal: Signal, *receivers: Callable[..., Any]) -> Gift:
    """For `room.py`: these functions hear the news of a room below."""
    return _Listening(signal, receivers)


class _Checking:
    def __init__(self, functions: tuple[Callable[..., Any], ...]) -> None:
        self.functions = functions

    def put(self) -> None:
        for function in self.functions:
            checks.register(function)


def checks_at_start(*functions: Callable[..., Any]) -> Gift:
    """For `room.py`: Django asks these before it starts."""
    return _Checking(functions)


def wire(room: AppConfig) -> None:
    """Put everywhere what the room gives; a room without `room.py` gives nothing."""
    if room.module is not None and module_has_submodule(room.module, "room"):
        for gift in import_module(f"{room.name}.room").GIVES:
            gift.put()
