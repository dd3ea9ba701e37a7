"""People and rows that a school of the bench wants before anything is asked of it.

    python -m tests.bench.city.crowd

A curator with an office in the city's table and a record in the school; agreed numbers of today; from every
second school an accepted form.
"""

import datetime as dt
import sys
from typing import Any
from uuid import uuid4

import tests.environment  # noqa: F401  (a clean environment)

BEGAN = dt.date(2026, 8, 20)


def main() -> None:
    import django

    django.setup()
    settle()


def settle() -> None:
    from portal.accounts.models import Membership
    from tenants.context import open_schools

    known = Membership.objects.filter(office="curator").values("school")
    schools = list(open_schools().exclude(pk__in=known))
    settle_curators(schools)
    write_numbers(schools)
    write_forms(schools)
    sys.stdout.write(f"{len(schools)} schools have their curator and their numbers\n")


def settle_curators(schools: list[Any]) -> None:
    from portal.accounts.models import Membership, User

    for school in schools:
        user, person = (
            User(email=f"curator@{school.code}.example", last_name="Мельникова", first_name="Анна"),
            uuid4(),
        )
        user.set_unusable_password()
        user.save()
        Membership.objects.create(
            user=user,
            school=school,
            office="curator",
            basis="приказ № 1",
            valid_from=BEGAN,
            person=person,
        )
        settle_person(school, user, person)


def settle_person(school: Any, user: Any, person: Any) -> None:
    from portal.staff.services.hiring import make_person
    from tenants.context import in_school

    with in_school(school):
        known = {
            "uuid": person,
            "user": user.uuid,
            "last_name": user.last_name,
            "first_name": user.first_name,
            "birth_date": dt.date(1985, 5, 17),
            "hired_on": dt.date(2014, 9, 1),
            "ped_stage_years": 12,
            "email": user.email,
        }
        make_person(known)


def write_numbers(schools: list[Any]) -> None:
    from portal.core import clock
    from portal.municipality.models import SchoolCounters

    numbers = {"employees": 40, "young_teachers": 6, "active_pairs": 5, "school_practices": 2}
    rows = [SchoolCounters(school=school, counted_on=clock.today(), **numbers) for school in schools]
    SchoolCounters.objects.bulk_create(rows)


def write_forms(schools: list[Any]) -> None:
    """To the campaign that is open, or to one that is made for it."""
    from portal.core import clock
    from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm
    from portal.municipality.states import CampaignState, ReceivedState

    found = MonitoringCampaign.objects.filter(state=CampaignState.OPEN).first()
    campaign = found or MonitoringCampaign.objects.create(
        title="Кадровый срез",
        year=2026,
        indicators=["A01", "A02", "A05", "R04"],
        state=CampaignState.OPEN,
        due_school=clock.today(),
    )
    asked = [CampaignSchool(campaign=campaign, school=school) for school in schools]
    CampaignSchool.objects.bulk_create(asked)
    accepted = {"state": ReceivedState.ACCEPTED, "submitted_at": clock.now(), "checked_at": clock.now()}
    ReceivedForm.objects.bulk_create(
        ReceivedForm(campaign=campaign, school=school, form=uuid4(), revision=1, values=values(), **accepted)
        for school in schools[::2]
    )


def values() -> list[dict[str, Any]]:
    said = {
        "A01": {"young_covered": 4, "young_total": 6},
        "A02": {"involved": 10, "workers": 40},
        "A05": {"teacher_teacher": 3, "head_teacher": 1, "employer_student": 0},
        "R04": {"in_school_bank": 4, "published": 2},
    }
    return [
        {"indicator": code, "counted": numbers, "declared": numbers, "explanation": ""}
        for code, numbers in said.items()
    ]


if __name__ == "__main__":
    main()
