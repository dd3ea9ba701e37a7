"""What the school decides about its mentoring."""

from typing import Any

from django.db import transaction

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import one_at_a_time
from portal.core.errors import Forbidden
from portal.mentor_bank.models import MentoringSettings


@transaction.atomic
def decide_settings(*, by: Actor, version: int | None = None, **values: Any) -> MentoringSettings:
    """Write the school's own row. Raises Forbidden, Stale."""
    if not by.can("mentoring_settings:edit"):
        raise Forbidden("Порядок наставничества меняют куратор и директор.")
    one_at_a_time("mentoring.settings")
    row = MentoringSettings.objects.select_for_update().order_by("pk").first()
    if row is None:
        row = MentoringSettings(created_by=by.user, **values)
        row.save()
    else:
        row.check_version(version)
        for name, value in values.items():
            setattr(row, name, value)
        row.save_change(*values)
    audit.record(by, "decided", row, changes={name: str(value) for name, value in values.items()})
    return row
