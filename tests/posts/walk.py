"""Which addresses accept writing: read from how their views declare it."""

import importlib
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern

WRITING = {"POST", "PUT", "PATCH", "DELETE"}


def views(patterns: list[Any], spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """(name, view) of each address."""
    for item in patterns:
        if isinstance(item, URLPattern):
            yield ":".join((*spaces, item.name or str(item.pattern))), item.callback
        else:
            yield from views(item.url_patterns, (*spaces, item.namespace) if item.namespace else spaces)


def methods_of(view: Any) -> set[str]:
    """The methods of a view; one that declares nothing accepts all of them."""
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind is not None:
        return {verb.upper() for verb in kind.http_method_names if hasattr(kind, verb)}
    while view is not None:
        cells = dict(
            zip(
                getattr(view, "__code__", _NONE).co_freevars,
                getattr(view, "__closure__", None) or (),
                strict=False,
            )
        )
        if "request_method_list" in cells:
            return set(cells["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return {"GET", *WRITING}


class _NONE:
    co_freevars: tuple[str, ...] = ()


def writing(module: str) -> set[str]:
    """Names of the addresses of a contour that accept a write."""
    return {
        name
        for name, view in views(importlib.import_module(module).urlpatterns)
        if methods_of(view) & WRITING
    }
