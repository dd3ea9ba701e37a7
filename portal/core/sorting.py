"""Sorting Russian by a stored key: no collation of a server is trusted (see docs/adr)."""

from typing import Any

from django.db import models


def folded(text: str) -> str:
    """For matching: lower case, ё as е."""
    return text.lower().replace("ё", "е")


def sort_key(text: str) -> str:
    """For ordering in C collation: lower case, ё as е, and of two equal words the one with ё later."""
    lower = " ".join(text.lower().split())
    return folded(lower) + " " + "".join("1" if c == "ё" else "0" for c in lower if c in "её")


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """Filled on save from `source` (an attribute or property of the model), ordered by bytes."""

    def __init__(self, *args: Any, source: str = "title", **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", 400)
        kwargs.setdefault("db_collation", "C")
        kwargs.update(editable=False, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for made in ("editable", "default"):
            kwargs.pop(made, None)
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        value = sort_key(str(getattr(instance, self.source) or ""))[: self.max_length]
        setattr(instance, self.attname, value)
        return value
