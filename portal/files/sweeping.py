"""The nightly sweeping of files that belong to nobody: a POST that was rolled back or killed after its file
was written, a row whose document is gone.

Only what is older than a day is swept: a form that is being filled and a transaction that is under way have
time to name their file.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models import Exists, OuterRef

from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.files.models import ContourStorage, owner_here

log = logging.getLogger("estafeta.jobs")
AGE = dt.timedelta(days=1)


def _no_step(name: str) -> None:
    """Tests put a death here, after each row and each file."""


after_step: Callable[[str], None] = _no_step


def sweep_orphans(by: Actor) -> None:
    """In the present contour: first rows that nothing names, then files that have no row. Safe to be killed
    and to be run again.
    """
    for row in unnamed_rows():
        _forget_row(row)
    swept = list(_sweep_files())
    if swept:
        log.info("files of nobody were swept", extra={"files": len(swept)})


def unnamed_rows() -> models.QuerySet[Any]:
    """Stored files older than a day which no key of any table names: every such key is found by itself."""
    stored = record_model("StoredFile")
    rows = stored.objects.filter(created_at__lt=clock.now() - AGE)
    for key in keys_to(stored):
        rows = rows.exclude(Exists(key.model._base_manager.filter(**{key.name: OuterRef("pk")})))
    return rows  # type: ignore[no-any-return]


def keys_to(stored: Any) -> list[Any]:
    """Every key, to one or to many, that points to the table of files."""
    return [
        relation.field
        for relation in stored._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and not _through(relation)
    ]


def _through(relation: Any) -> bool:
    """The hidden keys of a table that Django itself makes for a many-to-many field, which is walked as
    such.
    """
    return bool(relation.related_model._meta.auto_created)


def _forget_row(row: Any) -> None:
    with transaction.atomic():
        row.delete()
    after_step("row forgotten")


def _sweep_files() -> Iterator[str]:
    storage: Storage = ContourStorage()
    known = set(_known_names())
    for name in list(_walk(storage, owner_here())):
        if name not in known and storage.get_modified_time(name) < clock.now() - AGE:
            storage.delete(name)
            after_step("file swept")
            yield name


def _known_names() -> Iterator[str]:
    """What the file fields of this contour hold: of the stored files, and of any other table that would keep
    a file of its own.
    """
    here = record_model("StoredFile")._meta.app_label
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and model._meta.app_label == here:
                yield from model._base_manager.values_list(field.name, flat=True)


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)
    for inner in folders:
        yield from _walk(storage, f"{folder}/{inner}")
