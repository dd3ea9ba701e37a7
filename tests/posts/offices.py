"""Writes of offices (in a school and in the city), of a row of the upload, of a printed act and of an advice
put off.
"""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.models import Membership
from portal.core import clock
from portal.documents.sheets import write_sheet
from portal.local_acts import services as acts
from portal.municipality import officials
from portal.municipality.models import OfficeInvitation
from portal.municipality.officials import Appointment
from portal.staff import services
from portal.staff.list_rows import COLUMNS
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tests.cast import BY_KEY
from tests.posts.mentoring_forming import ROOT, day, uuid_for
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.workflows.mentoring_scenes import person
from tests.workflows.staff_lists import PERSON

BASIS = "приказ № 12-к от 01.09.2026"


def office_new(w: World) -> Scene:
    return Scene(
        f"{ROOT}offices/new/",
        {
            "person": uuid_for("vera"),
            "office": "psychologist",
            "valid_from": day(clock.today()),
            "basis": BASIS,
        },
    )


def office_end(w: World) -> Scene:
    held = services.give_office_by_hand(
        person("vera"), "psychologist", basis=BASIS, valid_from=clock.today(), by=w.who("zhanna")
    )
    return Scene(
        f"{ROOT}offices/{held.uuid}/end/",
        {"on": day(clock.today()), "basis": "приказ № 14-к от 20.11.2026"},
        held,
    )


def import_columns(w: World) -> Scene:
    """A column whose name says nothing: the portal asks, and is told."""
    table = SimpleUploadedFile(
        "список.csv",
        "ФИО;Дата рождения;Должность;Чем занят\nФролова Анна Ивановна;01.02.1980;учитель;очень\n".encode(),
    )
    made = services.upload_staff(table, by=w.who("anna"))
    assert made.state == "columns"
    return Scene(
        f"{ROOT}people/import/{made.uuid}/columns/",
        {"c0": "whole_name", "c1": "birth_date", "c2": "position", "c3": "ignored"},
        made,
    )


def _changed(w: World, now: dict[str, Any]) -> Any:
    """A row about somebody who is here, which says something else."""
    for said in ({"hours_week": 18}, now):
        line: dict[str, Any] = {**PERSON, **said}
        upload = SimpleUploadedFile("список.xlsx", write_sheet("Сотрудники", COLUMNS, [line]))
        made = services.upload_staff(upload, by=w.who("anna"))
        services.check_rows(by=w.who("anna"), import_uuid=str(made.uuid))
        made.refresh_from_db()
        if made.good:
            IMPORT.move(made, "confirm", by=w.who("anna"), asked=ListAccepted())
            services.accept_rows(by=w.who("anna"), import_uuid=str(made.uuid))
    row = made.rows.get()
    assert row.verdict == "changed"
    return row


def import_rename(w: World) -> Scene:
    row = _changed(w, {"hours_week": 18, "last_name": "Озёрская"})
    fields = {"renamed_on": "01.10.2020", "renamed_by": "свидетельство о браке"}
    return Scene(f"{ROOT}people/import/{row.staff_import.uuid}/rows/{row.number}/rename/", fields, row)


def import_decide(w: World) -> Scene:
    row = _changed(w, {"hours_week": 24})
    root = f"{ROOT}people/import/{row.staff_import.uuid}/"
    return Scene(f"{root}rows/{row.number}/decide/", {"choice": "leave"}, row, f"{root}?show=changed")


def import_row(w: World) -> Scene:
    table = SimpleUploadedFile(
        "список.xlsx",
        write_sheet("Сотрудники", COLUMNS, [{**PERSON, "position": "учитиль"}]),  # type: ignore[dict-item]
    )
    made = services.upload_staff(table, by=w.who("anna"))
    services.check_rows(by=w.who("anna"), import_uuid=str(made.uuid))
    row = made.rows.get()
    return Scene(
        f"{ROOT}people/import/{made.uuid}/rows/{row.number}/",
        {"position": "учитель", "mends": "position"},
        row,
    )


def act_pdf(w: World) -> Scene:
    act = acts.load_municipal_act(by=w.who("zhanna"))
    return Scene(f"{ROOT}acts/{act.uuid}/pdf/")


def advice_later(w: World) -> Scene:
    return Scene(f"{ROOT}mentoring/advice/evenings/later/")


def person_new(w: World) -> Scene:
    return Scene(
        "/people/new/",
        {
            "full_name": "Комарова Ирина Львовна",
            "email": "komarova@city.example",
            "office": "methodist",
            "basis": BASIS,
            "valid_from": day(clock.today()),
        },
    )


def last_day(w: World) -> Scene:
    held = Membership.objects.get(user=BY_KEY["darya"].uuid, office="methodist")
    return Scene(
        f"/people/{held.uuid}/",
        {
            "valid_to": day(clock.today() + dt.timedelta(days=30)),
            "reason": "приказ ЦДО № 9 от сегодняшнего дня",
        },
        held,
        later=lambda: officials.set_last_day(
            Membership.objects.get(pk=held.pk), clock.today(), basis="приказ № 10", by=w.who("semyon")
        ),
    )


def _invited(w: World) -> OfficeInvitation:
    return officials.appoint(
        Appointment("Комарова Ирина Львовна", "komarova@city.example", "methodist", BASIS, clock.today()),
        by=w.who("semyon"),
    )


def invite_again(w: World) -> Scene:
    return Scene(f"/people/invited/{_invited(w).uuid}/again/")


def withdraw(w: World) -> Scene:
    return Scene(f"/people/invited/{_invited(w).uuid}/withdraw/")


ROWS = [
    Post("staff:office_new", "zhanna", office_new, "journalline+1 outbox+1 personoffice+1", 422),
    Post(
        "staff:office_end",
        "zhanna",
        office_end,
        "city:officeend+1 journalline+1 outbox+1 personoffice~",
        ANOTHER,
    ),
    Post(
        "staff:import_columns", "anna", import_columns, "journalline+1 outbox+1 staffimport~ tableheading+4"
    ),
    Post("staff:import_rename", "anna", import_rename, "importrow~ journalline+1 staffimport~"),
    Post("staff:import_decide", "anna", import_decide, "importrow~ journalline+1 staffimport~"),
    Post("staff:import_row", "anna", import_row, "importrow~ journalline+1 staffimport~"),
    Post("local_acts:act_pdf", "zhanna", act_pdf, "actpdf+1 outbox+1", 302),
    Post("cabinet:advice_later", "anna", advice_later, "sentreminder+1", ANOTHER),
    Post(
        "municipality:person_new",
        "semyon",
        person_new,
        "city:jobs+1 city:journalline+1 city:officeinvitation+1",
        422,
        contour="city",
    ),
    Post(
        "municipality:last_day",
        "semyon",
        last_day,
        "city:journalline+1 city:membership~ city:notice+1",
        ANOTHER,
        contour="city",
    ),
    Post(
        "municipality:invite_again",
        "semyon",
        invite_again,
        "city:jobs+1 city:journalline+1",
        ANOTHER,
        contour="city",
    ),
    Post(
        "municipality:withdraw",
        "semyon",
        withdraw,
        "city:journalline+1 city:officeinvitation-1",
        404,
        contour="city",
    ),
]
