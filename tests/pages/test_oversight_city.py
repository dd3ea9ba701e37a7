"""The city's page: true sums, nothing of schools' insides, and as many queries for thirty schools as for
three.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices.models import BankPractice, Practice
from portal.accounts.models import Membership, OfficeEnd
from portal.core import clock
from portal.municipality.figures import with_answers
from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm, SchoolCounters
from portal.municipality.states import CampaignState, ReceivedState
from portal.oversight.selectors import overview
from portal.oversight.views import LINES
from tenants.models import School, SchoolOpening, SchoolState

SignIn = Callable[[str], Client]


@pytest.fixture
def campaign(db: None) -> MonitoringCampaign:
    return MonitoringCampaign.objects.create(
        title="Кадровый срез",
        year=2026,
        indicators=["A01", "A02", "A05", "R04"],
        state=CampaignState.OPEN,
        due_school=clock.today() - dt.timedelta(days=1),
    )


def school(number: int, **more: Any) -> School:
    fields = {
        "number": number,
        "code": f"n{number}",
        "short_name": f"Школа № {number}",
        "full_name": f"Школа № {number}",
        "inn": f"9{number:09d}",
        "state": SchoolState.ACTIVE,
    }
    return School.objects.create(**({"agreed_counters": ["active_pairs"]} | fields | more))


def value(code: str, **declared: int | None) -> dict[str, Any]:
    return {"indicator": code, "counted": declared, "declared": declared, "explanation": ""}


def hand_over(
    campaign: MonitoringCampaign,
    place: School,
    covered: int,
    total: int,
    state: str = ReceivedState.ACCEPTED,
    revision: int = 1,
) -> ReceivedForm:
    CampaignSchool.objects.get_or_create(campaign=campaign, school=place)
    values = [
        value("A01", young_covered=covered, young_total=total),
        value("A02", involved=10, workers=40),
        value("A05", teacher_teacher=3, head_teacher=1, employer_student=0),
        value("R04", in_school_bank=4, published=2),
    ]
    return ReceivedForm.objects.create(
        campaign=campaign,
        school=place,
        form=uuid4(),
        revision=revision,
        values=values,
        state=state,
        submitted_at=clock.now(),
        checked_at=clock.now(),
    )


def test_sums_are_of_numerators_and_denominators_and_of_accepted_forms_only(
    campaign: MonitoringCampaign,
) -> None:
    hand_over(campaign, school(101), 1, 5)
    hand_over(campaign, school(102), 9, 10)
    hand_over(campaign, school(103), 50, 50, ReceivedState.SUBMITTED)
    hand_over(campaign, school(104), 50, 50, ReceivedState.RETURNED)
    view = overview(campaign)
    assert (view.young.part, view.young.whole, view.young.percent) == (10, 15, 66.7)
    assert dict(view.pairs_by_form())["Педагог – педагог"] == 6
    assert view.published == 0, "nothing of these schools is in the city's bank yet, whatever their forms say"
    silent = next(line for line in view.lines if line.school.number == 103)
    assert (silent.young.words, silent.in_bank, silent.form_word) == ("нет данных", None, "сдана")


def test_the_table_names_what_needs_help_and_ranks_nobody(
    campaign: MonitoringCampaign, as_: SignIn, school5: School
) -> None:
    CampaignSchool.objects.create(campaign=campaign, school=school(131))
    hand_over(campaign, school(130), 1, 7, ReceivedState.RETURNED)
    SchoolCounters.objects.create(school=school5, counted_on=clock.today(), active_pairs=3)
    body = told(as_("semyon").get("/city/")).split("<tbody>")[-1]
    table = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
    states = ("Школа № 5 порядок", "Школа № 130 форма возвращена", "Школа № 131 форма просрочена")
    assert [table.index(state) for state in states] == sorted(table.index(state) for state in states)


def test_practices_of_schools_without_a_number_are_each_their_own(as_: SignIn) -> None:
    first, second = school(401), school(402)
    School.objects.filter(pk__in=(first.pk, second.pk)).update(number=None)
    content = {"content": {}, "authors": []}  # type: ignore[var-annotated]
    for place, count in ((first, 1), (second, 2)):
        for _ in range(count):
            handed = Practice.objects.create(practice=uuid4(), school=place, title="Практика", **content)
            BankPractice.objects.create(
                practice=handed.practice,
                code=str(handed.pk),
                title="Практика",
                annotation="",
                nomination="1",
                form="",
                kinds=[],
                school_name=place.short_name,
                published_on=clock.today(),
                **content,
            )
    Practice.objects.create(practice=uuid4(), school=first, title="Ещё у экспертов", **content)
    view = overview(None)
    shown = {line.school.pk: line.published for line in view.lines}
    assert (shown[first.pk], shown[second.pk]) == (1, 2), (
        "what was handed over and is not published is no part of it"
    )
    assert view.published == sum(shown.values())


def test_without_forms_there_is_no_data_and_never_zero(as_: SignIn) -> None:
    page = as_("semyon").get("/city/").content.decode()
    assert "нет данных" in page
    assert overview(None).young.percent is None


def test_schools_stand_by_state_then_number(campaign: MonitoringCampaign) -> None:
    for number, state in (
        (120, SchoolState.ACTIVE),
        (119, SchoolState.SUSPENDED),
        (118, SchoolState.SCHEMA_CREATED),
        (117, SchoolState.ACTIVE),
    ):
        hand_over(campaign, school(number, state=state), number % 3, 10)
    numbers = [line.school.number for line in overview(campaign).lines if line.school.number > 100]  # type: ignore[operator]
    assert numbers == [118, 117, 120, 119]


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in seen.captured_queries]


def test_the_page_asks_the_same_for_thirty_schools_as_for_three_and_names_no_schema(
    campaign: MonitoringCampaign, as_: SignIn
) -> None:
    client = as_("semyon")
    for number in range(101, 104):
        hand_over(campaign, school(number), 1, 2)
        SchoolCounters.objects.create(
            school=School.objects.get(number=number), counted_on=clock.today(), active_pairs=3
        )
    client.get("/city/")
    three = queries(client, "/city/")
    for number in range(104, 131):
        hand_over(campaign, school(number), 1, 2)
        SchoolCounters.objects.create(
            school=School.objects.get(number=number), counted_on=clock.today(), active_pairs=3
        )
    thirty = queries(client, "/city/")
    assert len(three) == len(thirty)
    asked = " ".join(thirty)
    assert not [s.schema_name for s in School.objects.all() if s.schema_name in asked]
    assert not re.search(r"\bs_[0-9a-f]{12}\b", asked)
    inside = [
        m._meta.db_table
        for m in apps.get_models()
        if apps.get_app_config(m._meta.app_label).name in settings.TENANT_APPS
    ]
    assert not [table for table in inside if f'"{table}"' in asked]


def test_what_needs_attention_comes_with_its_reason_before_the_charts(
    campaign: MonitoringCampaign, as_: SignIn
) -> None:
    CampaignSchool.objects.create(campaign=campaign, school=school(131))
    hand_over(campaign, school(132), 1, 2, ReceivedState.RETURNED)
    page = as_("semyon").get("/city/").content.decode().replace("\u00a0", " ")
    assert (
        page.index("Требуют внимания") < page.index("Школа № 131: форма не сдана") < page.index("data-chart")
    )
    assert "форма возвращена с замечаниями" in page
    assert "форма в работе" not in page


def told(page: Any) -> str:
    return str(page.content.decode().replace("\u00a0", " "))


@pytest.mark.covers("found A2", "found B4")
def test_an_office_that_the_school_has_ended_is_over_here_too(
    campaign: MonitoringCampaign, as_: SignIn, school5: School
) -> None:
    """The letter about it is stopped: the right is gone, and the page does not say that somebody leads the
    school.
    """
    held, day = Membership.objects.get(school=school5, office="curator"), clock.today() - dt.timedelta(days=1)
    assert "Школа № 5: нет куратора" not in told(as_("semyon").get("/city/"))
    own = {
        "contour": school5.schema_name,
        "office": "curator",
        "valid_from": held.valid_from,
        "person": held.person,
    }
    OfficeEnd.objects.create(**own, user=held.user_id, last_day=day)
    assert f"Школа № 5: нет куратора после {day:%d.%m.%Y}" in told(as_("semyon").get("/city/"))


def test_schools_without_people_and_stopped_openings_need_attention(
    campaign: MonitoringCampaign, as_: SignIn, school5: School
) -> None:
    for principal in Membership.objects.filter(school=school5, office="curator"):
        principal.valid_to = clock.today() - dt.timedelta(days=2)
        principal.save_change("valid_to")
    stopped = school(161, state=SchoolState.DOCS_SIGNED)
    SchoolOpening.objects.create(school=stopped, trouble="OperationalError: связь пропала")
    page = told(as_("semyon").get("/city/"))
    assert page.index("Школа № 161: открытие остановилось") < page.index("data-chart")
    assert f"Школа № 5: нет куратора после {clock.today() - dt.timedelta(days=2):%d.%m.%Y}" in page
    assert "Школа № 12: нет" not in page
    assert f'href="/schools/{stopped.uuid}/"' in page
    assert "OperationalError" not in page


def test_a_term_that_is_near_is_one_line_for_all(campaign: MonitoringCampaign, as_: SignIn) -> None:
    MonitoringCampaign.objects.update(due_school=clock.today() + dt.timedelta(days=3))
    for number in (171, 172):
        CampaignSchool.objects.create(campaign=campaign, school=school(number))
    page = told(as_("elena").get("/city/"))
    assert "Форму «Кадровый срез» пока не сдали 2 школы из 2" in page
    assert "Школа № 171, Школа № 172. Срок" in page
    assert "/campaigns/" not in page, "the secretary does not open the department's pages"


def test_nothing_is_said_of_those_who_do_not_work_when_all_do(as_: SignIn) -> None:
    assert (
        "ещё" not in told(as_("semyon").get("/city/")).split("Школы, которые работают")[1].split("</div>")[0]
    )
    school(181, state=SchoolState.CURATOR_APPOINTED)
    school(182, state=SchoolState.SUSPENDED)
    assert "ещё 1 подключается, на паузе 1" in told(as_("semyon").get("/city/"))


def test_filters_and_the_table_to_take_along(campaign: MonitoringCampaign, as_: SignIn) -> None:
    hand_over(campaign, school(141), 1, 2)
    CampaignSchool.objects.create(campaign=campaign, school=school(142))
    client = as_("darya")
    page = client.get("/city/", {"form": "missing"}).content.decode().replace("\u00a0", " ")
    table = page[page.index("tfoot") - 5000 :]
    assert "Школа № 142" in table
    assert "/s/" not in table
    answer = client.get("/city/", {"export": "xlsx", "q": "141"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content[:2] == b"PK"


def test_one_school_shows_only_what_it_handed_over(
    campaign: MonitoringCampaign, as_: SignIn, school5: School
) -> None:
    hand_over(campaign, school5, 6, 7)
    page = as_("semyon").get(f"/city/schools/{school5.uuid}/")
    assert page.status_code == 200
    assert "85,7" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("semyon", 200), ("darya", 200), ("elena", 200), ("zhanna", 403), ("zoya", 403), ("", 302)],
)
def test_who_sees_the_city(who: str, status: int, as_: SignIn) -> None:
    assert as_(who).get("/city/").status_code == status


def test_the_api_tells_the_same(campaign: MonitoringCampaign, as_: SignIn) -> None:
    hand_over(campaign, school(151), 4, 8)
    body = as_("semyon").get("/api/v1/city/").json()
    assert body["young"] == {"part": 4, "whole": 8, "percent": 50.0}
    assert as_("zhanna").get("/api/v1/city/").status_code == 403
    assert as_("semyon").get("/api/v1/city/?campaign=x").json()["error"]["code"] == "campaign"


def test_a_page_of_the_table_has_fifty_schools_and_its_foot_counts_all(
    campaign: MonitoringCampaign, as_: SignIn
) -> None:
    for number in range(101, 101 + LINES):
        hand_over(campaign, school(number), 1, 2)
    client = as_("semyon")
    first, second = (told(client.get(f"/city/?page={page}")) for page in (1, 2))
    rows = [body.split("<tbody>")[-1].split("</tbody>")[0].count("<tr") for body in (first, second)]
    total = School.objects.filter(state=SchoolState.ACTIVE).count()
    assert rows == [LINES, total - LINES]
    assert all(
        f"{total} школ" in re.sub(r"<[^>]+>|\s+", " ", body).replace("\xa0", " ") for body in (first, second)
    )
    assert 'aria-label="Страницы списка"' in first


def test_schools_and_forms_of_a_campaign_are_counted_each_by_itself(campaign: MonitoringCampaign) -> None:
    """Joined, a thousand schools would meet five hundred forms: half a million rows for one number."""
    for number, state in ((101, "accepted"), (102, "accepted"), (103, "returned"), (104, "submitted")):
        hand_over(campaign, school(number), 1, 2, state)
    hand_over(campaign, School.objects.get(number=103), 1, 2, "submitted", revision=2)
    CampaignSchool.objects.create(campaign=campaign, school=school(105))
    empty = MonitoringCampaign.objects.create(
        title="Пустая", year=2026, indicators=["A01"], due_school=clock.today(), state=CampaignState.OPEN
    )
    rows = with_answers(MonitoringCampaign.objects.all())
    found = {row.pk: (row.asked, row.handed, row.accepted) for row in rows}
    assert found == {campaign.pk: (5, 4, 2), empty.pk: (0, 0, 0)}
    assert " JOIN " not in str(rows.query)
