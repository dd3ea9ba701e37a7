"""Several numbers by one question to the database."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def how_many(rows: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of the queries has, by its name. What they mean is said by the figures."""
    asked: dict[str, tuple[str, tuple[Any, ...]]] = {}
    for name, query in rows.items():
        try:
            asked[name] = query.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # no row can be meant
            continue
    found = dict.fromkeys(rows, 0)
    if not asked:
        return found
    parts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _ in asked.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {parts}", [value for _, values in asked.values() for value in values])
        return found | dict(zip(asked, cursor.fetchone(), strict=True))
