"""What the school decides about its mentoring."""

from typing import Any

from django.db import transaction

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import one_at_a_time
from portal.core.errors import Forbidden, Invalid
from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.pay import check_pay


@transaction.atomic
def decide_settings(*, by: Actor, version: int | None = None, **values: Any) -> MentoringSettings:
    """Write the school's own row. Raises Forbidden, Stale, Invalid at the field."""
    if not by.can("mentoring_settings:edit"):
        raise Forbidden("Порядок наставничества меняют куратор и директор.")
    one_at_a_time("mentoring.settings")
    row = MentoringSettings.objects.select_for_update().order_by("pk").first()
    row = row or MentoringSettings(created_by=by.user)
    if row.pk:
        row.check_version(version)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    if row.pk:
        row.save_change(*values)
    else:
        row.save()
    changed = {name: [str(was), str(values[name])] for name, was in before.items() if was != values[name]}
    audit.record(by, "decided", row, changes=changed)
    return row


def _check(row: MentoringSettings) -> None:
    if row.max_mentees_warn > row.max_mentees_block:
        raise Invalid(
            "warn_after_block",
            "Предупреждать поздно: больше наставляемых портал уже не даёт. Впишите число не больше предела.",
            "max_mentees_warn",
        )
    if row.pay_basis:
        check_pay(row.pay_basis, row.pay_size, row.pay_act)
