"""A list of a thousand people is written together: questions to the database do not grow with its rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.school_records.models import JournalLine
from portal.staff import services
from portal.staff.models import Employment, Person, Position
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tests.workflows.acting import who
from tests.workflows.staff_lists import PERSON, checked, surname, table

pytestmark = pytest.mark.usefixtures("in_school5")


def asked_for(first: int, last: int) -> int:
    rows = [{**PERSON, "last_name": surname(number), "email": ""} for number in range(first, last)]
    made = checked(table(*rows), who("anna"))
    IMPORT.move(made, "confirm", by=who("anna"), asked=ListAccepted())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        services.accept_rows(by=who("anna"), import_uuid=str(made.uuid))
    made.refresh_from_db()
    assert made.accepted == len(rows)
    return len(asked)


def test_more_new_people_cost_no_more_questions() -> None:
    few = asked_for(100, 105)
    assert asked_for(200, 245) == few


def test_everything_of_each_of_them_is_written() -> None:
    asked_for(300, 303)
    for number in range(300, 303):
        person = Person.objects.get(last_name=surname(number))
        assert (person.created_by, person.name_key[:7], person.category) == (
            who("anna").user,
            surname(number)[:7].lower(),
            "first",
        )
        work = Employment.objects.get(person=person)
        assert (f"{work.started_on:%d.%m.%Y}", str(work.stage_years)) == ("01.09.2022", "2.5")
        post = Position.objects.get(employment=work)
        assert (post.position, post.subjects, str(post.rate), post.hours_week) == (
            "teacher",
            ["mathematics", "informatics"],
            "1.25",
            18,
        )
        assert {work.created_by, post.created_by} == {who("anna").user}
        line = JournalLine.objects.get(object_uuid=person.uuid)
        assert (line.verb, line.actor, line.model) == ("imported", who("anna").user, "staff.Person")
