"""Things of the city that many tests begin with, each made in one way."""

import datetime as dt
from calendar import isleap
from collections.abc import Collection
from typing import Any
from uuid import uuid4

from best_practices.models import BankPractice
from portal.core import clock
from portal.core.workdays import is_working_by_law
from tenants.models import School, SchoolState


def school_99(state: str = SchoolState.DRAFT, **more: Any) -> School:
    """A school that is only being connected."""
    name = "Школа № 99"
    return School.objects.create(
        code="n99", number=99, short_name=name, full_name=name, inn="9999999999", state=state, **more
    )


def card_in_bank(content: dict[str, Any], **more: Any) -> BankPractice:
    """A practice that the city has published, as readers of the bank see it."""
    told = {
        name: content[name] for name in ("title", "annotation", "nomination", "form", "kinds", "subjects")
    }
    author = {"full_name": "Кравцов Борис Ильич", "position": "учитель математики", "role": ""}
    return BankPractice.objects.create(
        **{
            "practice": uuid4(),
            "code": "ЛП-2026-0001",
            "content": content,
            "school_name": "Школа № 5",
            "school_number": 5,
            "authors": [author],
            "published_on": clock.today(),
            "signs": {"mean": 41.5},
            **told,
            **more,
        }
    )


def open_data(
    year: int, *, off: Collection[dt.date] = (), on: Collection[dt.date] = (), between: str = ","
) -> bytes:
    """A production calendar as open data publish it: by law, but for what the decree moves."""
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(days=number) for number in range(365 + isleap(year))]
    free = [day for day in days if (not is_working_by_law(day) or day in off) and day not in on]
    cells = [",".join(str(day.day) for day in free if day.month == month) for month in range(1, 13)]
    heads = ["Год/Месяц", *(f"месяц {month}" for month in range(1, 13)), "Всего рабочих дней"]
    rows = [heads, [str(year), *(f'"{cell}"' for cell in cells), str(len(days) - len(free))]]
    return "\n".join(between.join(row) for row in rows).encode()
