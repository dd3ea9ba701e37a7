"""Second cards of one person, with a past on them, for tests of merging and dividing."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps

from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.services import record_need
from portal.mentoring.models import Pair
from portal.mentoring.services import propose_pair
from portal.mentoring.workflow import PAIR
from portal.school_records.models import JournalLine, Notice
from portal.staff import services
from portal.staff.models import Employment, Person, PersonMerge
from portal.staff.services.absences import Away
from portal.staff.services.hiring import make_person
from tenants.base import SchoolEntity
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import NOW, who

pytestmark = pytest.mark.usefixtures("in_school5")
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def second_card(**more: Any) -> Person:
    """Вера once more, with a slip in the patronymic, as a list of another year has brought her."""
    known = {
        "last_name": "Соколова",
        "first_name": "Вера",
        "middle_name": "Андреева",
        "birth_date": dt.date(2002, 11, 8),
        "hired_on": dt.date(2026, 9, 1),
    }
    return make_person({**known, **more}, position="teacher", subjects=["physics"])


def needing(person: Person) -> MenteeNeed:
    asked: dict[str, Any] = {"category": "young", "reason": "young_specialist", "request": "Темп урока."}
    return record_need(person, by=who("anna"), difficulty_items=["method.assessment"], **asked)


def with_history(person: Person) -> Pair:
    """A former work, an absence, a need and a pair, all on this card."""
    work = Employment.objects.create(
        person=person, started_on=dt.date(2024, 9, 1), ended_on=dt.date(2025, 6, 30)
    )
    work.positions.create(position="tutor")
    services.begin_absence(
        person, Away(kind="leave", started_on=TODAY - 9 * DAY, ended_on=TODAY - DAY), by=who("anna")
    )
    needing(person)
    scene.a_card(who)
    pair = propose_pair(by=who("anna"), mentor=scene.person("boris"), mentees=[person], **scene.terms())
    made: Pair = PAIR.move(pair, "ask", by=who("anna"))
    return made


def everything() -> dict[str, dict[int, dict[str, Any]]]:
    """Each row of the school, but journals and notices, and the marks of a change."""
    marks = ("version", "updated_at")
    return {
        model._meta.label: {
            int(row["pk"]): {name: value for name, value in row.items() if name not in marks}
            for row in model._base_manager.values("pk", *[one.attname for one in model._meta.concrete_fields])
        }
        for model in apps.get_models()
        if issubclass(model, SchoolEntity) and model not in (JournalLine, Notice, PersonMerge)
    }
