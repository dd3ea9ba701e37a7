"""Tables in Excel: programmes, the journal of meetings (T-12)."""

from typing import Any

from django.http import HttpResponse

from portal.core import clock
from portal.documents.sheets import Column, write_sheet
from portal.files.answers import attachment
from portal.staff.exports import XLSX, table


def programmes_table(programmes: Any) -> HttpResponse:
    columns = [
        Column("pair", "Пара", width=40),
        Column("title", "Программа", width=40),
        Column("since", "С", "date", width=12),
        Column("until", "По", "date", width=12),
        Column("revision", "Редакция", "number", width=10),
        Column("state", "Состояние", width=20),
    ]
    rows = (
        {
            "pair": p.pair.title,
            "title": p.title,
            "since": p.starts_on,
            "until": p.ends_on,
            "revision": p.revision,
            "state": p.get_state_display(),
        }
        for p in programmes
    )
    return table("Программы", columns, rows)


def meetings_table(meetings: Any, title: str = "Журнал встреч") -> HttpResponse:
    """T-12, to be kept."""
    return attachment(meetings_book(meetings, title), f"{title} {clock.today():%d.%m.%Y}.xlsx", XLSX)


def meetings_book(meetings: Any, title: str = "Журнал встреч") -> bytes:
    """T-12. Feedback is private to the pair and is not in the journal."""
    columns = [
        Column("number", "№", "number", width=6),
        Column("pair", "Пара", width=34),
        Column("when", "Дата и время", "date", width=18),
        Column("how", "Формат, длительность", width=22),
        Column("topic", "Тема", width=36),
        Column("content", "Содержание", width=50),
        Column("advice", "Рекомендации наставника", width=40),
        Column("task", "Задание и срок", width=30),
        Column("state", "Состояние", width=22),
        Column("mentor", "Подтвердил наставник", "date", width=18),
        Column("mentee", "Подтвердил наставляемый", "date", width=18),
    ]
    return write_sheet(
        title, columns, (_meeting(number, meeting) for number, meeting in enumerate(meetings, start=1))
    )


def _meeting(number: int, m: Any) -> dict[str, Any]:
    due = f" до {m.task_due:%d.%m.%Y}" if m.task and m.task_due else ""
    stamps = {
        side: clock.local(moment) if moment else None
        for side, moment in (("mentor", m.confirmed_by_mentor_at), ("mentee", m.confirmed_by_mentee_at))
    }
    return {
        "number": number,
        "pair": m.pair.title,
        "when": clock.local(m.happened_at),
        "how": m.how,
        "topic": m.topic,
        "content": m.content,
        "advice": m.recommendations,
        "task": m.task + due,
        "state": m.get_state_display(),
        **stamps,
    }
