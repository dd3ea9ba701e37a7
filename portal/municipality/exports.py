"""Tables the department takes along."""

from django.db.models import QuerySet
from django.http import HttpResponse

from portal.core import clock
from portal.documents.sheets import Column, write_sheet
from portal.files.answers import attachment
from portal.files.storing import KINDS
from tenants.models import School

_COLUMNS = (
    Column("number", "Номер", "number", width=10), Column("name", "Школа", width=30), Column("state", "Состояние", width=24),
    Column("inn", "ИНН", width=14), Column("agreement", "Соглашение", width=20), Column("agreement_on", "Дата соглашения", "date", width=16),
)  # fmt: skip


def xlsx_answer(content: bytes, name: str) -> HttpResponse:
    """An Excel file to download."""
    return attachment(content, f"{name}.xlsx", KINDS["xlsx"][1])


def schools_xlsx(rows: QuerySet[School]) -> HttpResponse:
    """The list of schools as it is filtered."""
    lines = ({"number": s.number, "name": s.short_name, "state": s.get_state_display(), "inn": s.inn, "agreement": s.agreement_number,  # type: ignore[attr-defined]
              "agreement_on": s.agreement_on} for s in rows)  # fmt: skip
    return xlsx_answer(write_sheet("Школы города", _COLUMNS, lines), f"Школы города {clock.today():%d.%m.%Y}")
