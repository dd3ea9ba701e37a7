"""Lists of staff for tests: a row, a table of rows, and the two stages of loading it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.actor import Actor
from portal.documents.sheets import write_sheet
from portal.staff import exports, services
from portal.staff.list_rows import COLUMNS
from portal.staff.models import StaffImport
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tenants.models import School

Inside = Callable[[School], Any]
PERSON = {
    "last_name": "Гаврилова",
    "first_name": "Ольга",
    "middle_name": "Сергеевна",
    "birth_date": dt.date(1998, 3, 12),
    "position": "учитель",
    "subjects": "математика, информатика",
    "hired_on": "01.09.2022",
    "ped_stage_years": "2,5",
    "education_level": "высшее",
    "is_ped_education": "да",
    "category": "первая",
    "rate": "1,25",
    "hours_week": 18,
    "email": "gavrilova@school5.example",
}
LETTERS = "абвгдежзик"


def surname(number: int) -> str:
    """A name of letters only, another for each number."""
    return "Фамилия" + "".join(LETTERS[int(digit)] for digit in str(number))


def table(*rows: dict[str, Any], name: str = "список.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, write_sheet("Сотрудники", COLUMNS, rows), content_type=exports.XLSX)


def checked(upload: SimpleUploadedFile, by: Actor) -> StaffImport:
    made = services.upload_staff(upload, by=by)
    services.check_rows(by=by, import_uuid=str(made.uuid))
    made.refresh_from_db()
    return made


def accepted(made: StaffImport, by: Actor) -> StaffImport:
    IMPORT.move(made, "confirm", by=by, asked=ListAccepted())
    services.accept_rows(by=by, import_uuid=str(made.uuid))
    made.refresh_from_db()
    return made
