"""Writes about people, their consents, the upload, local acts and orders."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core import clock
from portal.files.storing import store
from portal.staff import exports, services
from portal.staff.models import Person, PersonOffice
from portal.staff.workflow import CONSENT
from portal.staff.workflow.consents import SignedPaper
from tests.posts.mentoring_forming import ROOT, SCAN, day
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.workflows.mentoring_scenes import person, scan

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


def entered(w: World, **more: Any) -> Person:
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
    return services.enter_person(by=w.who("anna"), position="teacher", **{**made, **more})


def new(w: World) -> Scene:
    return Scene(f"{ROOT}people/new/", TEACHER)


def deputy(w: World) -> Scene:
    PersonOffice.objects.filter(
        office="curator"
    ).delete()  # the principal enters a deputy before there is a curator
    return Scene(f"{ROOT}people/deputy/", PERSON)


def of_person(found: Person, address: str, fields: dict[str, Any], **more: Any) -> Scene:
    return Scene(f"{ROOT}people/{found.uuid}/{address}/", fields, **more)


def renamed(w: World, found: Person) -> Any:
    return lambda: services.edit_person(
        Person.objects.get(pk=found.pk), by=w.who("kira"), last_name="Другова"
    )


def edit(w: World) -> Scene:
    found = entered(w)
    return of_person(
        found,
        "edit",
        {
            **TEACHER,
            **{"last_name": "Зимина-Новосельцева", "name_change": "mistake"},
            "work_change": "mistake",
        },
        obj=found,
        later=renamed(w, found),
    )


def name(w: World) -> Scene:
    found = entered(w)
    return of_person(
        found,
        "name",
        {"genitive": "Зиминой Аллы Юрьевны (так в паспорте)"},
        obj=found,
        later=renamed(w, found),
    )


def dismiss(w: World) -> Scene:
    found = entered(w)
    return of_person(found, "dismiss", {"on": day(TODAY()), "reason": "moved_region"}, obj=found)


def invite(w: World) -> Scene:
    return of_person(entered(w), "invite", {"email": "zimina@school5.example", "office": "teacher"})


def invite_all(w: World) -> Scene:
    entered(w)
    return Scene(f"{ROOT}people/invite/")


def consent_new(w: World) -> Scene:
    return of_person(
        person("vera"), "consent/processing", {"valid_until": day(TODAY() + dt.timedelta(days=400))}
    )


def consent(w: World) -> Scene:
    made = services.prepare_consent(person("vera"), "processing", by=w.who("vera"))
    return Scene(f"{ROOT}consents/{made.uuid}/", {"given_on": day(TODAY()), "scan": SCAN}, made)


def consent_move(w: World) -> Scene:
    made = services.prepare_consent(person("vera"), "processing", by=w.who("vera"))
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
    return Scene(f"{ROOT}people/import/", {"file": ("список.xlsx", exports.sample().content)})


def import_one(w: World) -> Scene:

    made = services.upload_staff(
        SimpleUploadedFile("список.xlsx", exports.sample().content), by=w.who("anna")
    )
    services.check_rows(by=w.who("anna"), import_uuid=str(made.uuid))
    return Scene(f"{ROOT}people/import/{made.uuid}/", {"verb": "confirm"}, made)


ROWS = [
    Post("staff:new", "anna", new, "employment+1 journalline+1 person+1 position+1 workstage+1", 422),
    Post("staff:deputy", "zhanna", deputy, "employment+1 journalline+1 person+1 position+1 workstage+1", 422),
    Post("staff:edit", "anna", edit, "employment~ journalline+1 person~ position~ workstage~", ANOTHER),
    Post("staff:name", "anna", name, "journalline+1 person~", ANOTHER),
    Post("staff:dismiss", "anna", dismiss, "city:officeend+1 employment~ journalline+1 person~", 302),
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
]
