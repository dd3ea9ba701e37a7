"""«Что дальше» of the methodist, and of the principal who may hand a practice over: what, why, and a link
that opens.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from best_practices import services as city
from best_practices.workflow import PRACTICE
from portal.core import clock
from portal.core.actor import Actor
from portal.demo.cast import BY_KEY
from portal.municipality import services as municipality
from portal.municipality.models import ReceivedForm
from portal.school_practices.models import SchoolPractice
from tenants.models import School
from tests.home import Task, tasks
from tests.practices.conftest import consent_to_publish, expert
from tests.practices.test_journey_of_a_practice import handed_over, in_school_bank, reviewed

As = Callable[[str], Client]


@pytest.fixture
def task_of(as_: As) -> Callable[[str, str, str], Task]:
    """The person's own task with these words; its page opens for the person."""

    def find(key: str, url: str, words: str) -> Task:
        listed = tasks(as_(key).get(url).content.decode())
        found = [task for task in listed if words in task.title]
        assert found, listed
        assert as_(key).get(found[0].url).status_code == 200
        return found[0]

    return find


def test_the_methodist_names_experts_then_decides(
    drafted: SchoolPractice,
    school5: School,
    inside: Any,
    actor: Callable[..., Actor],
    sheet: dict[str, Any],
    task_of: Callable[[str, str, str], Task],
) -> None:
    practice = handed_over(drafted, school5, inside, actor, sheet)
    named = task_of("darya", "/", "Назначить экспертов")
    assert (named.why, named.button) == ("Школа № 5", "Назначить")
    reviewed(practice, actor, [sheet, sheet])
    decides = task_of("darya", "/", "Решить судьбу практики")
    assert (decides.why, decides.button) == ("Все листы сданы.", "Решить")


def test_the_specialist_checks_a_form_that_came(
    school5: School, actor: Callable[..., Actor], task_of: Callable[[str, str, str], Task]
) -> None:
    by, today = actor("semyon"), clock.today()
    campaign = municipality.plan_campaign(
        title="Кадровый срез",
        indicators=["A01"],
        open_from=today,
        due_school=today + dt.timedelta(days=10),
        by=by,
    )
    ReceivedForm.objects.create(
        campaign=campaign, school=school5, form=uuid4(), revision=1, values={}, submitted_at=clock.now()
    )
    check = task_of("semyon", "/", "проверить форму «Кадровый срез»")
    assert check.why.startswith("Сдана ")
    assert check.button == "Проверить форму"


def test_the_author_agrees_then_the_principal_decides_whether_a_practice_leaves_the_school(
    drafted: SchoolPractice,
    school5: School,
    inside: Any,
    actor: Callable[..., Actor],
    sheet: dict[str, Any],
    task_of: Callable[[str, str, str], Task],
    as_: As,
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    title, page = "Передать в город практику", f"/s/5/practices/{drafted.uuid}/"
    agrees = task_of("boris", "/s/5/", "Решите, показать ли городу практику")
    assert "добровольное" in agrees.why
    assert "распространение" in as_("boris").get(agrees.url).content.decode()
    assert "К согласию" in as_("boris").get(page).content.decode()
    asked = as_("boris").get(f"/s/5/people/{BY_KEY['boris'].person}/consent/distribution/").content.decode()
    # the address is filled in, what may be shown is chosen by the person
    assert "http://testserver/bank/" in asked
    waits = as_("zhanna").get("/s/5/").content.decode()
    assert not [task for task in tasks(waits) if title in task.title]
    assert "Ждём согласия на распространение (T-29)." in waits.replace("\xa0", " ")
    for address in (page, page + "hand-over/"):
        assert "нужно согласие на распространение" in as_("zhanna").get(address).content.decode().replace(
            "\xa0", " "
        )
    with inside(school5):
        consent_to_publish("boris")
    assert "решаете вы" in task_of("zhanna", "/s/5/", title).why
    assert "К согласию" not in as_("boris").get(page).content.decode().replace("\xa0", " ")


def test_the_author_hears_where_the_practice_is_and_gets_there(
    drafted: SchoolPractice,
    school5: School,
    inside: Any,
    actor: Callable[..., Actor],
    sheet: dict[str, Any],
    as_: As,
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    listed = as_("boris").get("/s/5/notices/").content.decode()
    assert f'href="/s/5/practices/{drafted.uuid}/"' in listed


def test_named_experts_wait_for_the_methodist_to_send_the_practice(
    drafted: SchoolPractice,
    school5: School,
    inside: Any,
    actor: Callable[..., Actor],
    sheet: dict[str, Any],
    task_of: Callable[[str, str, str], Task],
) -> None:
    practice, darya = handed_over(drafted, school5, inside, actor, sheet), actor("darya")
    PRACTICE.move(practice, "receive", by=darya)
    for key in ("nina", "pavel"):
        city.assign_expert(practice, expert(key), by=darya)
    assert task_of("darya", "/", "Отправить на экспертизу").button == "Отправить"
