"""Works about the list of people: scenes for `works`."""

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.documents.sheets import write_sheet
from portal.staff import services as staff
from portal.staff.list_rows import COLUMNS
from portal.staff.services.hiring import make_person
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tenants.context import in_school
from tests.posts.rows import World
from tests.tenancy.killing import Run
from tests.tenancy.run_job import job


def people() -> SimpleUploadedFile:
    first = {
        "first_name": "Ольга",
        "birth_date": "12.03.1990",
        "position": "учитель",
        "subjects": "математика",
        "hired_on": "01.09.2022",
        "ped_stage_years": 2,
        "education_level": "высшее",
    }
    rows = [{**first, "last_name": f"Фамилия{letter}"} for letter in "абвгд"] + [
        {**first, "last_name": "Безусова", "birth_date": "когда-то"}
    ]
    return SimpleUploadedFile("список.xlsx", write_sheet("Сотрудники", COLUMNS, rows))  # type: ignore[arg-type]


def checking(w: World) -> Run:
    anna = w.who("anna")
    with in_school(w.school5):
        made = staff.upload_staff(people(), by=anna)
    return job("staff.check_import", w.school5, anna, import_uuid=str(made.uuid))


def accepting(w: World) -> Run:
    anna = w.who("anna")
    with in_school(w.school5):
        made = staff.upload_staff(people(), by=anna)
        staff.check_rows(by=anna, import_uuid=str(made.uuid))
        made.refresh_from_db()
        IMPORT.move(made, "confirm", by=anna, asked=ListAccepted())
    return job("staff.accept_import", w.school5, anna, import_uuid=str(made.uuid))


def inviting(w: World) -> Run:
    anna = w.who("anna")
    with in_school(w.school5):
        newcomer = make_person(
            {"last_name": "Новикова", "first_name": "Ольга", "email": "novikova@school5.example"}
        )
        asked = staff.invite_person(newcomer, by=anna)
    return job("staff.send_invitation", w.school5, anna, invitation_uuid=str(asked.uuid))
