"""Tables the school takes along: its forms for the city."""

from collections.abc import Iterable

from django.http import HttpResponse

from portal.core import clock
from portal.documents.sheets import Column, Lines, write_sheet
from portal.files.answers import attachment
from portal.monitoring.models import SchoolForm
from portal.staff.exports import XLSX

_FORMS = (
    Column("title", "Форма", width=44),
    Column("state", "Состояние", width=26),
    Column("due", "Срок", "date", width=14),
    Column("handed", "Сдана", "date", width=14),
    Column("late", "С опозданием", width=14),
    Column("revision", "Редакция", "number"),
    Column("answer", "Замечания города", width=50),
)


def forms_table(rows: Iterable[SchoolForm]) -> HttpResponse:
    """Forms of all campaigns: where each is, and what the city said."""
    lines: Lines = (
        {
            "title": row.title,
            "state": row.get_state_display(),
            "due": row.due_on,
            "handed": clock.local(row.submitted_at).date() if row.submitted_at else None,
            "late": "да" if row.was_late else "",
            "revision": row.revision,
            "answer": row.answer,
        }
        for row in rows
    )
    return attachment(
        write_sheet("Формы для города", _FORMS, lines),
        f"Формы для города {clock.today():%d.%m.%Y}.xlsx",
        XLSX,
    )
