"""Lists and homes of mentoring ask as many questions for thirty rows as for three."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.core.once import page_of_questions
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentoring.models import Pair
from portal.pair_work.models import Meeting, Programme
from portal.staff.models import Person
from portal.staff.services.hiring import make_person
from tests.pages.pressing import As
from tests.workflows import mentoring_scenes as scene


def _people(count: int, start: int) -> list[Person]:
    return [
        make_person(
            {
                "last_name": f"Тестова{chr(1072 + n % 32)}{n}",
                "first_name": "Анна",
                "middle_name": "Петровна",
                "ped_stage_years": 1,
                "uuid": uuid4(),
            }
        )
        for n in range(start, start + count)
    ]


def test_lists_ask_the_same_number_of_queries_for_3_and_30_rows(as_: As, who: Any, inside5: Any) -> None:
    client, counts = as_("anna"), {}  # type: ignore[var-annotated]
    with inside5():
        scene.a_card(who, "boris", max_mentees=5)
        mentor = scene.person("boris")
        settings = {"max_mentees_block": 15}
        bank_services.decide_settings(by=who("anna"), **settings)
    client.get("/s/5/pairs/")  # the first request of a process asks which school it is
    for total, start in ((3, 0), (27, 3)):
        with inside5():
            for person in _people(total, start):
                MenteeNeed.objects.create(
                    person=person, category="young", reason="young_specialist", request="Нужна помощь"
                )
                pair = Pair.objects.create(
                    mentor=mentor,
                    kinds=["virtual"],
                    planned_from=clock.today(),
                    planned_to=clock.today(),
                    state="active",
                    started_on=clock.today(),
                )
                pair.pair_mentees.create(mentee=person)
                Programme.objects.create(
                    pair=pair, year=2026, title="П", starts_on=clock.today(), ends_on=clock.today()
                )
                Meeting.objects.create(pair=pair, planned_at=clock.now(), topic="Т")
                MentorCard.objects.create(person=person, confirmed_results="Р", state="confirmed")
        for path in (
            "needs/",
            "mentors/",
            "pairs/",
            "programmes/",
            "meetings/",
            "pairs/?export=xlsx",
            "meetings/?export=xlsx",
        ):
            client.get(f"/s/5/{path}")  # the lists of the city are read once a process
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/s/5/{path}").status_code == 200
            counts.setdefault(path, []).append(len(queries))
    assert all(few == many for few, many in counts.values()), counts


def test_home_steps_ask_the_same_number_of_queries(who: Any, inside5: Any) -> None:
    from portal.cabinet.selectors.next_steps import next_steps

    counts: dict[str, list[int]] = {}
    with inside5():
        scene.running(who)
        for total, start in ((1, 100), (9, 110)):
            for person in _people(total, start):
                MenteeNeed.objects.create(
                    person=person, category="young", reason="young_specialist", request="Нужна помощь"
                )
                pair = Pair.objects.create(
                    mentor=scene.person("boris"),
                    kinds=["virtual"],
                    planned_from=clock.today(),
                    planned_to=clock.today(),
                    state="active",
                    started_on=clock.today(),
                )
                pair.pair_mentees.create(mentee=person)
                for resting in ("replacing", "suspended"):
                    stuck = Pair.objects.create(
                        mentor=scene.person("boris"),
                        kinds=["virtual"],
                        planned_from=clock.today(),
                        planned_to=clock.today(),
                        state=resting,
                        suspended_on=clock.today() - dt.timedelta(days=100),
                    )
                    stuck.pair_mentees.create(mentee=person)
                Programme.objects.create(
                    pair=pair,
                    year=2026,
                    title="П",
                    starts_on=clock.today(),
                    ends_on=clock.today(),
                    state="curator_review",
                )
                Meeting.objects.create(pair=pair, planned_at=clock.now(), topic="Т")
            for key in ("anna", "boris", "vera"):
                with page_of_questions(), CaptureQueriesContext(connection) as queries:
                    next_steps(who(key))
                counts.setdefault(key, []).append(len(queries))
    assert all(few == many for few, many in counts.values()), counts
    assert max(max(pair) for pair in counts.values()) <= 20, counts
