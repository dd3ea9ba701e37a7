"""Tables in Excel: needs, mentors."""

from typing import Any

from django.http import HttpResponse

from portal.documents.sheets import Column
from portal.staff.exports import table


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
            "who": n.person.full_name,
            "category": n.get_category_display(),
            "request": n.request,
            "items": ", ".join(n.difficulties),
            "on": n.actualised_on,
            "state": n.get_state_display(),
        }
        for n in needs
    )
    return table("Потребности", columns, rows)


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
            "who": c.person.full_name,
            "post": c.person.position_title,
            "topics": c.topics or ", ".join(c.area_titles),
            "max": c.max_mentees,
            "state": c.get_state_display(),
        }
        for c in cards
    )
    return table("Наставники школы", columns, rows)
