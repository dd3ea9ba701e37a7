"""Tables the department takes along."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from portal.accounts.models import Membership
from portal.core import clock
from portal.documents.sheets import Column, Lines, write_sheet
from portal.files.answers import attachment
from portal.files.storing import KINDS
from portal.municipality.indicators import INDICATORS
from portal.municipality.models import MonitoringCampaign
from portal.municipality.reference import proposed
from portal.municipality.selectors import Participation, entries_of
from portal.municipality.states import Book
from tenants.models import School

_COLUMNS = (
    Column("number", "Номер", "number", width=10),
    Column("name", "Школа", width=30),
    Column("state", "Состояние", width=24),
    Column("inn", "ИНН", width=14),
    Column("agreement", "Соглашение", width=20),
    Column("agreement_on", "Дата соглашения", "date", width=16),
)


def xlsx_answer(content: bytes, name: str) -> HttpResponse:
    """An Excel file to download."""
    return attachment(content, f"{name} {clock.today():%d.%m.%Y}.xlsx", KINDS["xlsx"][1])


def schools_xlsx(rows: QuerySet[School]) -> HttpResponse:
    """The list of schools as it is filtered."""
    lines: Lines = (
        {
            "number": s.number,
            "name": s.short_name,
            "state": s.get_state_display(),
            "inn": s.inn,
            "agreement": s.agreement_number,
            "agreement_on": s.agreement_on,
        }
        for s in rows
    )
    return xlsx_answer(write_sheet("Школы города", _COLUMNS, lines), "Школы города")


_OF_CAMPAIGNS = (
    Column("title", "Кампания", width=40),
    Column("state", "Состояние", width=18),
    Column("open_from", "Начало", "date", width=14),
    Column("due", "Срок", "date", width=14),
    Column("asked", "Школ спросили", "number"),
    Column("handed", "Сдали", "number"),
    Column("accepted", "Принято", "number"),
)


def campaigns_xlsx(rows: QuerySet[MonitoringCampaign]) -> HttpResponse:
    """The list of campaigns with what came of each."""
    lines: Lines = (
        {
            "title": c.title,
            "state": c.get_state_display(),
            "open_from": c.open_from,
            "due": c.due_school,
            "asked": c.asked,
            "handed": c.handed,
            "accepted": c.accepted,
        }
        for c in rows
    )
    return xlsx_answer(write_sheet("Кампании мониторинга", _OF_CAMPAIGNS, lines), "Кампании мониторинга")


def campaign_xlsx(campaign: MonitoringCampaign, rows: Iterable[Participation]) -> HttpResponse:
    """Schools × figures of the campaign: what each declared in its last revision, with its state and days. An
    empty cell is «нет данных».
    """
    figures = [
        (code, key, label)
        for code in campaign.indicators
        if code in INDICATORS
        for key, label in INDICATORS[code].figures
    ]
    columns = (
        Column("number", "Номер", "number", width=10),
        Column("school", "Школа", width=28),
        Column("state", "Форма", width=20),
        Column("handed", "Сдана", "date", width=14),
        Column("answered", "Ответ города", "date", width=14),
        Column("revision", "Редакция", "number"),
        *(Column(f"{code}_{key}", f"{code}: {label}", "number", width=18) for code, key, label in figures),
        Column("reminded", "Напомнили", "date", width=14),
    )
    notes = [
        f"Срок сдачи {campaign.due_school:%d.%m.%Y}. {campaign.get_state_display().capitalize()}.",
        "Числа последней редакции, как их подписал директор; в сводку города входят только принятые. Пустая "
        "ячейка: нет данных.",
    ]
    return xlsx_answer(
        write_sheet(campaign.title, columns, (_of_school(row, figures) for row in rows), notes=notes),
        campaign.title,
    )


def _of_school(row: Participation, figures: list[tuple[str, str, str]]) -> dict[str, Any]:
    form = row.form
    declared = {value["indicator"]: value["declared"] for value in form.values} if form else {}
    days = {"handed": clock.local(form.submitted_at).date(), "revision": form.revision} if form else {}
    answered = {"answered": clock.local(form.checked_at).date()} if form and form.checked_at else {}
    numbers = {f"{code}_{key}": declared.get(code, {}).get(key) for code, key, _ in figures}
    reminded = {"reminded": row.due.reminded_on} if row.due else {}
    return {
        "number": row.school.number,
        "school": row.school.short_name,
        "state": row.word,
        **days,
        **answered,
        **numbers,
        **reminded,
    }


_OF_PEOPLE = (
    Column("who", "Кто", width=34),
    Column("office", "Кем", width=28),
    Column("since", "С", "date", width=12),
    Column("until", "По", "date", width=12),
    Column("basis", "Основание", width=50),
)


def officials_xlsx(rows: QuerySet[Membership]) -> HttpResponse:
    """People of the city as they are filtered."""
    held = list(rows)
    lines: Lines = (
        {
            "who": r.user.full_name,
            "office": r.get_office_display(),
            "since": r.valid_from,
            "until": r.valid_to,
            "basis": r.basis,
        }
        for r in held
    )
    return xlsx_answer(write_sheet("Люди города", _OF_PEOPLE, lines), "Люди города")


def entries_csv(book: Book) -> HttpResponse:
    """A reference list for a spreadsheet: parted as Russian Excel parts."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["код", "название", "родительный падеж", "как ещё пишут", "предлагаем"])
    for row in entries_of(book):
        cases = proposed(book, row.title) | row.cases
        offered = "да" if row.is_offered else "нет"
        writer.writerow([row.code, row.title, cases.get("genitive", ""), ", ".join(row.words), offered])
    name = f"Справочник, {book.label} {clock.today():%d.%m.%Y}.csv"
    return attachment(text.getvalue().encode("utf-8-sig"), name, "text/csv; charset=utf-8")
