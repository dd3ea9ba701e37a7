"""The department opens twelve schools, has a thirteenth on its list, and names its own people."""

import datetime as dt
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from portal.accounts.models import User
from portal.accounts.services import begin_membership
from portal.core import clock
from portal.core.actor import Actor
from portal.demo.cast import CAST, CastMember
from portal.demo.seeding.acting import Place, official
from portal.demo.seeding.days import shifted
from portal.municipality import services
from portal.municipality.indicators import COUNTERS
from portal.municipality.services import Requisites
from portal.municipality.workflow import SCHOOL
from portal.municipality.workflow.schools import Agreement
from tenants import post
from tenants.models import School

CONTENT = Path(__file__).resolve().parent.parent / "content"
FIELDS = (
    "full_name",
    "short_name",
    "code",
    "inn",
    "number",
    "kind",
    "ogrn",
    "address",
    "site_url",
    "district",
    "principal_name",
)


@cache
def content(name: str) -> dict[str, Any]:
    """A file of texts."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text())


def make_user(person: CastMember) -> User:
    """An account without a password: in the demo one becomes a person by a click."""
    found = User.objects.filter(pk=person.uuid).first()
    return found or User.objects.create_user(
        person.email,
        None,
        uuid=person.uuid,
        last_name=person.last_name,
        first_name=person.first_name,
        middle_name=person.middle_name,
    )


def settle_officials() -> None:
    """People of the city's contour, and the one without any office."""
    for person in CAST:
        if person.school is None:
            user = make_user(person)
            for office in person.offices:
                begin_membership(
                    user,
                    None,
                    office,
                    basis=f"приказ Управления № 14-к от {clock.today():%d.%m.%Y}",
                    by=Actor.system(),
                )


def open_schools() -> list[Place]:
    """SM-17 up to the open school: requisites, agreement, the background job of the owner."""
    for row in content("schools")["school"]:
        services.ask_to_open(add_school(row, shifted(clock.today(), -2)), by=official("semyon"))
    run_owner_queue()
    post.deliver_everything()
    return [_place(row) for row in content("schools")["school"]]


def add_school(row: dict[str, Any], agreement_on: dt.date) -> School:
    """A school with its requisites and its agreement; the visitor of the demo opens the thirteenth by hand."""
    specialist = official("semyon")
    facts = {key: row[key] for key in FIELDS if key in row}
    school = services.add_school(
        Requisites(**facts, principal_email=f"director@{row['code']}.example"), by=specialist
    )
    agreement = Agreement(
        agreement_number=f"Э-{row['number']}", agreement_on=agreement_on, agreed_counters=list(COUNTERS)
    )
    return SCHOOL.move(school, "sign_docs", asked=agreement, by=specialist)


def run_owner_queue() -> None:
    """The owner's worker does what is queued and ends; this process has no right to make schemas."""
    subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--owner", "--once"],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _place(row: dict[str, Any]) -> Place:
    """The principal joins: from the cast, or the person of the school's own card."""
    school = School.objects.get(code=row["code"])
    known = next((p for p in CAST if p.school == row["number"] and "principal" in p.offices), None)
    person = known or _principal(row)
    begin_membership(
        make_user(person),
        school,
        "principal",
        basis=f"приказ Управления № 9-л от {shifted(clock.today(), -30):%d.%m.%Y}",
        by=Actor.system(),
        person=person.person,
    )
    return Place(
        school=school,
        facts={**row, "principal_person": person},
        principal=person.uuid,
        rng=Random(row["number"]),
    )


def _principal(row: dict[str, Any]) -> CastMember:
    last, first, middle = row["principal_name"].split()
    number = row["number"]
    gender = "f" if middle.endswith("на") else "m"
    return CastMember(
        f"director{number}",
        last,
        first,
        middle,
        "директор",
        number,
        ("principal",),
        "principal",
        ("history",),
        gender,
        dt.date(1966 + number % 9, 1 + number % 12, 3 + number),
        dt.date(1994 + number % 9, 9, 1),
        category="highest",
    )
