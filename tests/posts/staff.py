"""Writes about people, their consents, the upload, local acts and orders."""

import datetime as dt
from typing import Any

from portal.core import clock
from portal.files.storing import store
from portal.local_acts import services as acts
from portal.local_acts.models import LocalAct, Order
from portal.local_acts.workflow import ACT, Marks
from portal.school_records.models import FrozenPaper
from portal.staff import exports, services
from portal.staff.models import Employee, EmployeeOffice
from portal.staff.workflow import CONSENT, SignedPaper
from tests.posts.mentoring_forming import ROOT, SCAN, day, person
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.workflows.mentoring_scenes import employee, scan

PERSON: dict[str, Any] = {
    "last_name": "Юдина",
    "first_name": "Ева",
    "birth_date": "01.02.1990",
    "hired_on": "01.09.2015",
    "ped_stage_years": "10,5",
    "rate": "1",
    "education_level": "higher",
    "category": "none",
    "is_ped_education": "on",
    "email": "eva@school5.example",
}
TEACHER = {**PERSON, "position": "teacher", "subjects": ["physics"]}
TODAY = clock.today


def _entered(w: World) -> Employee:
    made: dict[str, Any] = {
        "last_name": "Зимина",
        "first_name": "Алла",
        "birth_date": dt.date(1980, 5, 1),
        "hired_on": dt.date(2010, 9, 1),
        "ped_stage_years": 15,
        "education_level": "higher",
        "rate": 1,
        "email": "zimina@school5.example",
    }
    return services.enter_employee(by=w.who("anna"), position="teacher", **made)


def new(w: World) -> Scene:
    return Scene(f"{ROOT}employees/new/", TEACHER)


def deputy(w: World) -> Scene:
    EmployeeOffice.objects.filter(
        office="curator"
    ).delete()  # the principal enters a deputy before there is a curator
    return Scene(f"{ROOT}employees/deputy/", PERSON)


def _person(found: Employee, address: str, fields: dict[str, Any], **more: Any) -> Scene:
    return Scene(f"{ROOT}employees/{found.uuid}/{address}/", fields, **more)


def _renamed(w: World, found: Employee) -> Any:
    return lambda: services.edit_employee(
        Employee.objects.get(pk=found.pk), by=w.who("kira"), last_name="Другова"
    )


def edit(w: World) -> Scene:
    found = _entered(w)
    return _person(
        found, "edit", {**TEACHER, "last_name": "Зимина-Новосельцева"}, obj=found, later=_renamed(w, found)
    )


def name(w: World) -> Scene:
    found = _entered(w)
    return _person(
        found,
        "name",
        {"genitive": "Зиминой Аллы Юрьевны (так в паспорте)"},
        obj=found,
        later=_renamed(w, found),
    )


def dismiss(w: World) -> Scene:
    found = _entered(w)
    return _person(found, "dismiss", {"on": day(TODAY()), "reason": "moved_region"}, obj=found)


def invite(w: World) -> Scene:
    return _person(_entered(w), "invite", {"email": "zimina@school5.example", "office": "teacher"})


def invite_all(w: World) -> Scene:
    _entered(w)
    return Scene(f"{ROOT}employees/invite/")


def consent_new(w: World) -> Scene:
    return _person(
        employee("vera"), "consent/processing", {"valid_until": day(TODAY() + dt.timedelta(days=400))}
    )


def consent(w: World) -> Scene:
    made = services.prepare_consent(employee("vera"), "processing", by=w.who("vera"))
    return Scene(f"{ROOT}consents/{made.uuid}/", {"given_on": day(TODAY()), "scan": SCAN}, made)


def consent_move(w: World) -> Scene:
    made = services.prepare_consent(employee("vera"), "processing", by=w.who("vera"))
    CONSENT.move(
        made,
        "give",
        by=w.who("vera"),
        asked=SignedPaper(given_on=TODAY(), scan=store(scan(), by=w.who("vera"))),
    )
    page = f"{ROOT}consents/{made.uuid}/"
    return Scene(
        f"{page}move/", {"verb": "withdraw", "comment": "Больше не хочу, чтобы это хранили."}, made, page
    )


def import_new(w: World) -> Scene:
    return Scene(f"{ROOT}employees/import/", {"file": ("список.xlsx", exports.sample().content)})


def import_one(w: World) -> Scene:
    from django.core.files.uploadedfile import SimpleUploadedFile

    made = services.upload_staff(
        SimpleUploadedFile("список.xlsx", exports.sample().content), by=w.who("anna")
    )
    services.check_rows(by=w.who("anna"), import_uuid=str(made.uuid))
    return Scene(f"{ROOT}employees/import/{made.uuid}/", {"verb": "confirm"}, made)


def _act(w: World) -> LocalAct:
    return acts.load_municipal_act(by=w.who("zhanna"))


def act_prepare(w: World) -> Scene:
    return Scene(f"{ROOT}acts/prepare/")


def act_approve(w: World) -> Scene:
    act = _act(w)
    return Scene(
        f"{ROOT}acts/{act.uuid}/approve/",
        {"minutes_number": "3", "minutes_on": day(TODAY()), "union_on": day(TODAY())},
        act,
    )


def act_register(w: World) -> Scene:
    act = ACT.move(
        _act(w),
        "approve",
        by=w.who("zhanna"),
        asked=Marks(minutes_number="3", minutes_on=TODAY(), union_on=TODAY()),
    )
    return Scene(
        f"{ROOT}acts/{act.uuid}/register/", {"number": "10", "approved_on": day(TODAY()), "scan": SCAN}, act
    )


def curator(w: World) -> Scene:
    return Scene(f"{ROOT}curator/", {"employee": person("anna"), "valid_from": day(TODAY())})


def _order(w: World) -> Order:
    return acts.appoint_curator(employee("anna"), valid_from=TODAY(), by=w.who("zhanna"))


def order_register(w: World) -> Scene:
    order = _order(w)
    return Scene(
        f"{ROOT}orders/{order.uuid}/register/",
        {"number": "1-н", "signed_on": day(TODAY()), "scan": SCAN},
        order,
    )


def order_move(w: World) -> Scene:
    order = _order(w)
    page = f"{ROOT}orders/{order.uuid}/"
    return Scene(
        f"{page}move/",
        {"verb": "cancel", "comment": "Куратором будет другой заместитель директора."},
        order,
        page,
    )


def order_amend(w: World) -> Scene:
    order = acts.register_order(_order(w), number="1-н", signed_on=TODAY(), scan=scan(), by=w.who("zhanna"))
    return Scene(
        f"{ROOT}orders/{order.uuid}/amend/",
        {"changes": "Слова «с 01.09.2026» заменить словами «с 02.09.2026»"},
    )


def paper_pdf(w: World) -> Scene:
    made = services.prepare_consent(employee("vera"), "processing", by=w.who("vera"))
    CONSENT.move(
        made,
        "give",
        by=w.who("vera"),
        asked=SignedPaper(given_on=TODAY(), scan=store(scan(), by=w.who("vera"))),
    )
    paper = FrozenPaper.objects.get(subject=made.uuid)
    return Scene(f"{ROOT}papers/{paper.uuid}/pdf/", page="")


ROWS = [
    Post("papers:pdf", "vera", paper_pdf, "outbox+1 paperpdf+1", 302),
    Post("staff:new", "anna", new, "employee+1 employeeposition+1 journalline+1", 422),
    Post("staff:deputy", "zhanna", deputy, "employee+1 employeeposition+1 journalline+1", 422),
    Post("staff:edit", "anna", edit, "employeeposition~ employee~ journalline+1", ANOTHER),
    Post("staff:name", "anna", name, "employee~ journalline+1", ANOTHER),
    Post("staff:dismiss", "anna", dismiss, "city:officeend+1 employee~ journalline+1", 302),
    Post("staff:invite", "anna", invite, "journalline+1 outbox+1 staffinvitation+1"),
    Post("staff:invite_all", "anna", invite_all, "journalline+1 outbox+1 staffinvitation+1", 302),
    Post("staff:consent_new", "vera", consent_new, "journalline+1 personalconsent+1"),
    Post("staff:consent", "vera", consent, "frozenpaper+1 journalline+1 personalconsent~ storedfile+2"),
    Post(
        "staff:consent_move",
        "vera",
        consent_move,
        "frozenpaper+1 journalline+1 personalconsent~ storedfile+1",
    ),
    Post(
        "staff:import_new", "anna", import_new, "journalline+1 outbox+1 staffimport+1 storedfile+1", ANOTHER
    ),
    Post("staff:import", "anna", import_one, "journalline+1 outbox+1 staffimport~"),
    Post("local_acts:act_prepare", "zhanna", act_prepare, "journalline+1 localact+1", 302),
    Post("local_acts:act_approve", "zhanna", act_approve, "journalline+1 localact~"),
    Post(
        "local_acts:act_register",
        "zhanna",
        act_register,
        "frozenpaper+1 journalline+2 localact~ outbox+1 storedfile+2",
    ),
    Post("local_acts:curator", "zhanna", curator, "journalline+1 order+1", 302),
    Post(
        "local_acts:order_register",
        "zhanna",
        order_register,
        "employeeoffice+1 frozenpaper+1 journalline+2 numerator+1 order~ outbox+2 storedfile+2",
    ),
    Post("local_acts:order_move", "zhanna", order_move, "journalline+1 order~"),
    Post("local_acts:order_amend", "kira", order_amend, "journalline+1 order+1", 302),
]
