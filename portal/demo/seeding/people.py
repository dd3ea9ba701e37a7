"""Each school begins: the deputy becomes curator by order, the Положение comes into force, the staff is loaded from a file."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.models import User
from portal.accounts.services import begin_membership
from portal.core import clock
from portal.core.actor import Actor
from portal.demo.cast import CAST, Person
from portal.demo.seeding.acting import Place, actor, scan, user_uuid
from portal.demo.seeding.city import content, make_user
from portal.documents.sheets import write_sheet
from portal.local_acts import services as acts
from portal.municipality.reference import POSITIONS, SUBJECTS
from portal.staff import services as staff
from portal.staff.list_rows import COLUMNS
from portal.staff.models import Employee
from portal.staff.services import imports
from portal.staff.services.employees import enter_deputy
from portal.staff.services.offices import give_office
from tenants import post
from tenants.context import in_city, in_school

JOINED_SHARE = 0.75
CATEGORY_TITLES = {"none": "без категории", "first": "первая", "highest": "высшая"}


def begin_school(place: Place, today: dt.date) -> None:
    """Everything between an open school and a working one."""
    deputy = _deputy_of(place)
    with in_school(place.school):
        principal = actor(place.principal, place.school)
        employee = enter_deputy(by=principal, subjects=list(deputy.subjects), **_facts(deputy))
    _join(place, deputy.uuid, employee, make_user_of=deputy)
    with in_school(place.school):
        order = acts.appoint_curator(employee, valid_from=clock.today(), by=principal)
        acts.register_order(order, number=place.number(), signed_on=clock.today(), scan=scan("T-04"), by=principal)
        act = acts.load_municipal_act(by=principal)
        act = acts.approve_act(act, minutes_number="1", minutes_on=clock.today(), union_on=clock.today(), union_number="3", by=principal)
        acts.register_act(act, number=place.number(), approved_on=clock.today(), scan=scan("T-02"), by=principal)
    place.curator = deputy.uuid
    post.deliver_everything()
    load_staff(place, today)
    join_staff(place)
    post.deliver_everything()
    give_offices(place)
    post.deliver_everything()


def _deputy_of(place: Place) -> Person:
    number = place.facts["number"]
    known = next((p for p in CAST if p.school == number and "curator" in p.offices), None)
    if known:
        return known
    first = place.rng.choice(content("people")["female_names"])
    last, middle = place.rng.choice(content("people")["surnames"])[1], place.rng.choice(content("people")["patronymics"])[1]
    return Person(
        f"curator{number}", last, first, middle, "куратор", number, ("curator", "teacher"), "deputy", ("mathematics",), stage=Decimal("19"), category="highest"
    )


def _facts(person: Person) -> dict[str, Any]:
    return {
        "last_name": person.last_name, "first_name": person.first_name, "middle_name": person.middle_name, "gender": person.gender, "birth_date": person.born_on,
        "hired_on": person.hired_on, "ped_stage_years": person.stage, "education_level": "higher", "is_ped_education": True, "category": person.category,
        "rate": Decimal("1.00"), "email": person.email,
    }  # fmt: skip


def _join(place: Place, user: Any, employee: Employee, make_user_of: Person | None = None) -> None:
    """The person accepts the invitation: account, membership, and the school is told by letter."""
    with in_city():
        if make_user_of is not None:
            account = make_user(make_user_of)
        else:
            account = User.objects.create_user(f"{user.hex[:12]}@people.example", None, uuid=user, last_name=employee.last_name,
                                               first_name=employee.first_name, middle_name=employee.middle_name)  # fmt: skip
        begin_membership(account, place.school, "teacher", basis="приглашение школы", by=Actor(user=account.uuid), employee=employee.uuid)
    place.users[employee.uuid] = account.uuid
    post.deliver(place.school.uuid)


def load_staff(place: Place, today: dt.date) -> None:
    """The curator uploads the list, looks at it and accepts it; the background work is done here and now."""
    rows = staff_rows(place, today)
    with in_school(place.school):
        by = actor(place.curator, place.school)  # type: ignore[arg-type]
        book = SimpleUploadedFile("Сотрудники.xlsx", write_sheet("Сотрудники", COLUMNS, rows))
        loaded = staff.upload_staff(book, by=by)
        imports.check_rows(by=by, import_uuid=str(loaded.uuid))
        loaded.refresh_from_db()
        staff.confirm_import(loaded, by=by)
        imports.accept_rows(by=by, import_uuid=str(loaded.uuid))


def staff_rows(place: Place, today: dt.date) -> list[dict[str, Any]]:
    """The cast of the school and as many others as the school has, young ones among them."""
    number = place.facts["number"]
    cast = [p for p in CAST if p.school == number and "curator" not in p.offices]
    if not any("principal" in p.offices for p in cast):
        cast.insert(0, place.facts["principal_person"])
    rows = [_row(p.last_name, p.first_name, p.middle_name, p.born_on, p.position, p.subjects, p.hired_on, p.stage, p.category, p.email) for p in cast]
    seen = {(row["last_name"], row["first_name"], row["middle_name"]) for row in rows}
    pattern = [r for r in content("people")["staff_of_30"] if r["position"] not in ("principal", "deputy")]
    posts = [r for r in pattern for _ in range(r["count"])]
    while len(rows) < place.facts["staff"] - 1:
        post_row = posts[len(rows) % len(posts)]
        row = _somebody(place, post_row, today, young=len(rows) % 6 == 0)
        if (row["last_name"], row["first_name"], row["middle_name"]) not in seen:
            seen.add((row["last_name"], row["first_name"], row["middle_name"]))
            rows.append(row)
    return rows


def _somebody(place: Place, post_row: dict[str, Any], today: dt.date, *, young: bool) -> dict[str, Any]:
    rng, pool = place.rng, content("people")
    female = rng.random() < pool["female_share"]
    side = 1 if female else 0
    age = rng.randint(22, 26) if young else rng.randint(31, 64)
    stage = Decimal(rng.randint(0, 25)) / 10 if young else Decimal(rng.randint(5, age - 23))
    hired = today - dt.timedelta(days=int(stage * 365)) if young else today - dt.timedelta(days=365 * rng.randint(1, max(2, int(stage))))
    born = today - dt.timedelta(days=365 * age + rng.randint(0, 364))
    category = "none" if young else rng.choice(["none", "first", "first", "highest", "highest"])
    first = rng.choice(pool["female_names"] if female else pool["male_names"])
    return _row(
        rng.choice(pool["surnames"])[side],
        first,
        rng.choice(pool["patronymics"])[side],
        born,
        post_row["position"],
        post_row["subjects"],
        hired,
        stage,
        category,
        "",
    )


def _row(
    last: str, first: str, middle: str, born: dt.date, position: str, subjects: Any, hired: dt.date, stage: Decimal, category: str, email: str
) -> dict[str, Any]:
    return {
        "last_name": last, "first_name": first, "middle_name": middle, "birth_date": born, "position": POSITIONS[position],
        "subjects": ", ".join(SUBJECTS[s] for s in subjects), "hired_on": hired, "ped_stage_years": stage, "education_level": "высшее",
        "is_ped_education": "да", "category": CATEGORY_TITLES[category], "rate": Decimal("1"), "email": email,
    }  # fmt: skip


def join_staff(place: Place) -> None:
    """Most of the staff accept their invitations; the cast of the school always do."""
    with in_school(place.school):
        people = list(Employee.objects.filter(user=None).order_by("id"))
    named = {(p.last_name, p.first_name): p for p in CAST if p.school == place.facts["number"]}
    for number, employee in enumerate(people):
        person = named.get((employee.last_name, employee.first_name))
        if person is not None:
            _join(place, person.uuid, employee, make_user_of=person)
        elif employee.last_name == place.facts["principal_person"].last_name and employee.first_name == place.facts["principal_person"].first_name:
            _join(place, place.principal, employee, make_user_of=place.facts["principal_person"])
        elif place.rng.random() < JOINED_SHARE:
            _join(place, user_uuid(place.facts["number"], number), employee)


def give_offices(place: Place) -> None:
    """Offices of the cast beyond curator and teacher, by orders of the principal."""
    with in_school(place.school):
        principal = actor(place.principal, place.school)
        for person in CAST:
            if person.school == place.facts["number"]:
                employee = Employee.objects.get(user=person.uuid)
                for office in person.offices:
                    if office not in ("teacher", "curator", "principal"):
                        give_office(employee, office, basis="приказ № 2-к от 25.08.2026", valid_from=clock.today(), by=principal)
