"""Who is told what, when needs and cards change (domain.md §9)."""

from typing import Any

from portal.core.workflow import Move
from portal.notify.news import Table, tell_by
from portal.staff.selectors import holders_of
from tenants.links import link

NOTICES: Table = {
    ("need", "accept"): (
        lambda n: [n.employee.user],
        lambda n: "Ваша потребность принята: ищем наставника",
        lambda n: link("mentor_bank:need", n.uuid),
    ),
    ("need", "decline"): (
        lambda n: [n.employee.user],
        lambda n: "Потребность отклонена",
        lambda n: link("mentor_bank:need", n.uuid),
    ),
    ("mentor_card", "confirm"): (
        lambda c: [c.employee.user, *holders_of("principal")],
        lambda c: f"{c.employee.short_name}: наставник подтверждён",
        lambda c: link("mentor_bank:card", c.uuid),
    ),
    ("mentor_card", "reject"): (
        lambda c: [c.employee.user],
        lambda c: "Карточка наставника не подтверждена",
        lambda c: link("mentor_bank:card", c.uuid),
    ),
}


def tell_of_transition(*, workflow: Any, transition: Any, obj: Any, move: Move[Any], **_: Any) -> None:
    """Receiver of `transitioned`."""
    tell_by(NOTICES, workflow=workflow, transition=transition, obj=obj, by=move.by)
