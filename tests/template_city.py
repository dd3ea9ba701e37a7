"""What every test finds: four open schools with colliding keys, and the cast in their offices. Built once per
state of the migrations.

`--owner` opens the schools; without it the people are settled under the application's login.
"""

import datetime as dt
import os
import sys

import tests.environment  # noqa: F401  (the settings of tests; the database comes from the caller)

SCHOOLS = (5, 7, 9, 12)


def main() -> None:
    import django

    django.setup()
    if "--owner" in sys.argv:
        open_schools()
    else:
        settle_cast()


def open_schools() -> None:
    from portal.demo.cast import uuid_of
    from tenants.models import School, SchoolState
    from tenants.opening import open_school

    def ready(school: School) -> None:
        school.state = SchoolState.ACTIVE
        school.save_change("state")

    for number in SCHOOLS:
        school = School.objects.create(
            uuid=uuid_of("school", str(number)),
            code=str(number),
            number=number,
            short_name=f"Школа № {number}",
            full_name=f"Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № {number}» "
            "города Смоленска",
            inn=f"67310000{number:02d}",
            agreed_counters=["employees", "young_teachers", "active_pairs", "school_practices"],
            agreement_number=f"С-{number}",
            agreement_on=dt.date(2026, 8, 20),
        )
        open_school(school, finish=ready)


def settle_cast() -> None:
    from portal.accounts.models import Membership, User
    from portal.demo.cast import CAST
    from tenants.models import School

    schools = {school.number: school for school in School.objects.all()}
    for person in CAST:
        user = User.objects.create(
            uuid=person.uuid,
            email=person.email,
            last_name=person.last_name,
            first_name=person.first_name,
            middle_name=person.middle_name,
            password="!",
        )
        for office in person.offices:
            school = schools.get(person.school) if person.school else None
            Membership.objects.create(
                user=user,
                school=school,
                office=office,
                basis="приказ № 1 от 20.08.2026",
                valid_from=dt.date(2026, 8, 20),
                person=person.person if school else None,
            )
    settle_people(schools)


def settle_people(schools: dict) -> None:  # type: ignore[type-arg]
    from django.apps import apps

    from portal.demo.cast import CAST
    from tenants.context import in_school

    if not apps.is_installed("portal.staff"):
        return
    from portal.staff.models import PersonOffice
    from portal.staff.services.hiring import make_person

    for member in CAST:
        if member.school:
            with in_school(schools[member.school]):
                known = {
                    "uuid": member.person,
                    "user": member.uuid,
                    "last_name": member.last_name,
                    "first_name": member.first_name,
                    "middle_name": member.middle_name,
                    "gender": member.gender,
                    "birth_date": member.born_on,
                    "hired_on": member.hired_on,
                    "ped_stage_years": member.stage,
                    "stage_on": dt.date(2026, 9, 1),
                    "education_level": "higher",
                    "is_ped_education": True,
                    "category": member.category,
                    "email": member.email,
                }
                person = make_person(known, position=member.position, subjects=list(member.subjects))
                for office in member.offices:
                    PersonOffice.objects.create(
                        person=person,
                        office=office,
                        basis="приказ № 1 от 20.08.2026",
                        valid_from=dt.date(2026, 8, 20),
                        confirmed_at=dt.datetime(2026, 8, 20, 9, tzinfo=dt.UTC),
                    )


if __name__ == "__main__":
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    main()
