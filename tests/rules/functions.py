"""The functions of a layer, in all rooms: a rule that holds for each of them is tried on each of them."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from tests.architecture.test_house_lints import CODE, where


def functions_of(layer: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each public function that a module of the layer («services», «access») makes itself, by its full
    name.
    """
    for path in CODE:
        place = where(path)
        if f"/{layer}/" not in place and not place.endswith(f"/{layer}.py"):
            continue
        module = import_module(place.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        for name, function in vars(module).items():
            ours = inspect.isfunction(function) and function.__module__ == module.__name__
            if ours and not name.startswith("_"):
                yield f"{module.__name__}.{name}", function
