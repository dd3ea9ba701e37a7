"""The API says what the pages say, to the same people."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from best_practices.models import BankPractice
from portal.core.actor import Actor
from portal.school_practices.models import SchoolPractice
from tenants.models import School
from tests.practices.test_bank_pages import bank  # noqa: F401  (the fixture)
from tests.practices.test_journey_of_a_practice import handed_over

AsPerson = Callable[[str], Client]


def test_the_bank_answers_in_both_contours(bank: Callable[[int], list[BankPractice]], as_: AsPerson) -> None:  # noqa: F811
    card = bank(2)[0]
    for key, base in (("gleb", "/s/12/api/v1"), ("darya", "/api/v1")):
        found = as_(key).get(f"{base}/bank/", {"q": "наставничества молодых педагогов"}).json()
        assert found["total"] >= 1
        assert as_(key).get(f"{base}/bank/{card.uuid}/").json()["code"] == card.code


@pytest.mark.parametrize(
    ("key", "url", "status", "code"),
    [
        ("", "/s/5/api/v1/school-practices/", 401, "sign_in"),
        ("gleb", "/s/5/api/v1/school-practices/", 404, "not_found"),
        ("zoya", "/api/v1/practices/", 403, "forbidden"),
        ("darya", "/api/v1/practices/00000000-0000-4000-8000-000000000000/", 404, "not_found"),
    ],
)
def test_refusals_have_one_shape(key: str, url: str, status: int, code: str, as_: AsPerson) -> None:
    answer = as_(key).get(url)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_draft_is_read_by_its_author_only(drafted: SchoolPractice, as_: AsPerson) -> None:
    url = f"/s/5/api/v1/school-practices/{drafted.uuid}/"
    assert as_("boris").get(url).json()["title"] == drafted.title
    assert as_("lev").get(url).status_code == 404
    assert as_("boris").get("/s/5/api/v1/school-practices/").json()["count"] == 1


def test_practices_of_the_city(
    drafted: SchoolPractice,
    school5: School,
    inside: Callable[[School], Any],
    actor: Callable[..., Actor],
    sheet: dict[str, Any],
    as_: AsPerson,
) -> None:
    practice = handed_over(drafted, school5, inside, actor, sheet)
    assert as_("darya").get("/api/v1/practices/").json()["results"][0]["uuid"] == str(practice.uuid)
    assert as_("darya").get(f"/api/v1/practices/{practice.uuid}/").json()["state"] == "submitted_municipal"
    assert as_("nina").get("/api/v1/reviews/").json() == []
