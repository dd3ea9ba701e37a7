"""The table of pairs in Excel."""

from typing import Any

from django.http import HttpResponse

from portal.documents.sheets import Column
from portal.staff.exports import table


def pairs_table(pairs: Any) -> HttpResponse:
    """SR-03: the pairs of the list."""
    columns = [
        Column("mentor", "Наставник", width=34),
        Column("mentees", "Наставляемые", width=40),
        Column("form", "Форма и модель", width=34),
        Column("kinds", "Виды", width=28),
        Column("since", "С", "date", width=12),
        Column("until", "По", "date", width=12),
        Column("state", "Состояние", width=24),
        Column("order", "Приказ", width=26),
    ]
    rows = (
        {
            "mentor": p.mentor.full_name,
            "mentees": ", ".join(person.full_name for person in p.people),
            "form": p.form_title,
            "kinds": p.kind_titles,
            "since": p.started_on or p.planned_from,
            "until": p.ended_on or p.planned_to,
            "state": p.get_state_display(),
            "order": p.order.basis if p.order and p.order.signed_on else "",
        }
        for p in pairs
    )
    return table("Пары", columns, rows)
