"""What the night forgets: rows whose term (`Privacy.keep`) is over, of every model of the contour, in small
transactions of their own.

Journals take INSERT and SELECT only, so their old lines are deleted by the owner's worker
(`forget_journals`), everything else under the contour's own role. Safe to be killed and to be run again: what
is due is asked anew.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.core.privacy import Keep

log = logging.getLogger("estafeta.jobs")
CHUNK = 500


def _no_step(name: str) -> None:
    """Tests put a death here, between two chunks."""


after_step: Callable[[str], None] = _no_step


def forget_due(by: Actor) -> None:
    """Delete what is due in the present contour, the journals excepted."""
    _forget(model for model in _with_term(by) if not model.append_only)


def forget_old_lines(by: Actor) -> None:
    """Delete the journals' lines whose term is over; only the owner of the database may."""
    _forget(model for model in _with_term(by) if model.append_only)


def _with_term(by: Actor) -> list[Any]:
    here = set(settings.TENANT_APPS if by.school else settings.SHARED_APPS)
    found: list[Any] = [
        model
        for model in apps.get_models()
        if apps.get_app_config(model._meta.app_label).name in here and hasattr(model, "privacy")
    ]
    return [model for model in found if model.privacy.keep.days]


def _forget(every: Iterable[Any]) -> None:
    for model in every:
        last = 0
        while chunk := list(due(model).filter(pk__gt=last)[:CHUNK].values_list("pk", flat=True)):
            last = chunk[-1]
            _delete(model, chunk)
            after_step(model._meta.label)


def _delete(model: Any, keys: list[int]) -> None:
    """A row on which something still stands holds up nobody: it goes in the night after that is gone."""
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys).delete()
    except models.ProtectedError:
        if len(keys) == 1:
            log.warning(
                "a row is due and something stands on it",
                extra={"table": model._meta.db_table, "row": keys[0]},
            )
            return
        for key in keys:
            _delete(model, [key])


def due(model: Any) -> models.QuerySet[Any]:
    """The rows whose term is over."""
    keep: Keep = model.privacy.keep
    rows = model._base_manager.exclude(**keep.spare) if keep.spare else model._base_manager.all()
    for field in keep.since:
        rows = rows.exclude(**{f"{field}__gte": _limit(model, field)})
    begun: models.QuerySet[Any] = rows.exclude(
        **dict.fromkeys((f"{field}__isnull" for field in keep.since), True)
    )
    return begun.order_by("pk")


def _limit(model: Any, field: str) -> dt.datetime | dt.date:
    moment = clock.now() - dt.timedelta(days=model.privacy.keep.days)
    return (
        moment
        if isinstance(model._meta.get_field(field), models.DateTimeField)
        else clock.local(moment).date()
    )


DONE_JOBS = dt.timedelta(days=30)


def clear_tables_of_libraries(by: Actor) -> None:
    """What libraries keep in the city's contour: sessions that have ended, and jobs of the queue a month
    after their end.
    """
    call_command("clearsessions")
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs j WHERE status IN ('succeeded', 'failed', 'cancelled', "
            "'aborted') "
            "AND (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) < %s",
            [clock.now() - DONE_JOBS],
        )
