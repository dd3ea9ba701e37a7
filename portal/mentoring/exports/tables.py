"""Tables in Excel: pairs, needs, mentors, programmes, the journal of meetings (T-12)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

from portal.core import clock
from portal.documents.sheets import Column, write_sheet
from portal.files.answers import attachment
from portal.staff.exports import XLSX


def _table(title: str, columns: list[Column], rows: Iterable[dict[str, Any]]) -> HttpResponse:
    return attachment(write_sheet(title, columns, rows), f"{title} {clock.today():%d.%m.%Y}.xlsx", XLSX)


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
    return _table("Пары", columns, rows)


def needs_table(needs: Any) -> HttpResponse:
    columns = [
        Column("who", "Кому", width=34),
        Column("category", "Категория", width=26),
        Column("request", "Запрос", width=60),
        Column("items", "Затруднения", width=50),
        Column("on", "Подтверждена", "date", width=14),
        Column("state", "Состояние", width=16),
    ]
    rows = (
        {
            "who": n.employee.full_name,
            "category": n.get_category_display(),
            "request": n.request,
            "items": ", ".join(n.difficulties),
            "on": n.actualised_on,
            "state": n.get_state_display(),
        }
        for n in needs
    )
    return _table("Потребности", columns, rows)


def cards_table(cards: Any) -> HttpResponse:
    columns = [
        Column("who", "Наставник", width=34),
        Column("post", "Должность", width=34),
        Column("topics", "О чём спрашивать", width=40),
        Column("max", "Готов вести", "number", width=12),
        Column("state", "Состояние", width=16),
    ]
    rows = (
        {
            "who": c.employee.full_name,
            "post": c.employee.position_title,
            "topics": c.topics or ", ".join(c.area_titles),
            "max": c.max_mentees,
            "state": c.get_state_display(),
        }
        for c in cards
    )
    return _table("Наставники школы", columns, rows)


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
    return _table("Программы", columns, rows)


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
