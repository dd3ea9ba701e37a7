"""What every stored thing has: a key for the database, a uuid for addresses, a version for stale forms."""

import uuid as uuids
from typing import Any, ClassVar, Self

from django.db import connection, models

from portal.core import clock, reading
from portal.core.errors import NotVisible, Stale
from portal.core.privacy import Privacy, plain


class TellsItsReading(models.Model):
    """Rows that tell the page of reading about themselves as they come from the database, when `privacy`
    names their subjects.
    """

    privacy: ClassVar[Privacy] = Privacy()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        loaded = super().from_db(*args, **kwargs)
        if cls.privacy.subjects:
            reading.came(loaded)
        return loaded


class Entity(TellsItsReading):
    """Base of all our tables. `created_by` is the uuid of a user, empty for the portal itself."""

    published: ClassVar[bool] = False
    append_only: ClassVar[bool] = False
    written_by_schools: ClassVar[str] = ""
    """For a table of the city: a condition of the database; schools see and write rows that meet it, no
    others.
    """

    uuid = plain(models.UUIDField("номер", default=uuids.uuid4, unique=True, editable=False))
    version = plain(models.PositiveIntegerField("версия", default=1, editable=False))
    created_at = plain(models.DateTimeField("создано", default=clock.now, editable=False))
    created_by = plain(models.UUIDField("кем создано", null=True, blank=True, editable=False))
    updated_at = plain(models.DateTimeField("изменено", default=clock.now, editable=False))

    class Meta:
        abstract = True

    def check_version(self, version: int | None) -> None:
        """Raise Stale when the form or the API call was made from another version. None skips the check."""
        if version is not None and version != self.version:
            raise Stale(self)

    def save_change(self, *fields: str) -> None:
        """Write only the named fields, with the next version and the moment of change."""
        self.version += 1
        self.updated_at = clock.now()
        keys = [f.name for f in self._meta.concrete_fields if hasattr(f, "source")]
        self.save(update_fields=[*fields, *keys, "version", "updated_at"])


def one_at_a_time(name: str) -> None:
    """Whoever does the same in this contour waits until this transaction ends: for what has no row yet to be
    locked.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || ':' || %s))", [name])


def lock(model: type[Any], pk: Any) -> Any:
    """The row itself, locked until the transaction ends. Raises NotVisible when somebody has taken it away
    meanwhile.
    """
    found = model._base_manager.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found
