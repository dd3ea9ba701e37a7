"""Base of every model of a school: it knows the schema it came from and refuses to be saved in another."""

from typing import Any, Self

from django.db import models

from portal.core.entity import Entity
from tenants.connected import db


class WrongSchool(RuntimeError):
    """An object of one school was about to be written in another: it would overwrite a stranger's row."""


class SchoolEntity(Entity):
    """A row of a school's schema."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, alias: str | None, field_names: Any, values: Any, **kwargs: Any) -> Self:  # type: ignore[override]
        loaded = super().from_db(alias, field_names, values, **kwargs)
        loaded.__dict__["_schema"] = db.schema_name
        return loaded

    def _check_school(self) -> None:
        came_from = self.__dict__.get("_schema", db.schema_name)
        if came_from != db.schema_name or db.schema_name == "public":
            raise WrongSchool(f"{self._meta.label} of {came_from} in {db.schema_name}")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._check_school()
        super().save(*args, **kwargs)
        self.__dict__["_schema"] = db.schema_name

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._check_school()
        return super().delete(*args, **kwargs)


class PublicKey(models.ForeignKey):  # type: ignore[type-arg]
    """A key from a school's table to a published table: no constraint, no cascade, no way back (tenancy rules
    3 and 4).
    """

    def __init__(self, to: Any, **kwargs: Any) -> None:
        kwargs |= {"on_delete": models.DO_NOTHING, "db_constraint": False, "related_name": "+"}
        super().__init__(to, **kwargs)
