"""What is asked once a page is asked anew by the next page, by another contour and by whatever writes; and
several numbers are one question.
"""

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.core.counting import how_many
from portal.core.once import once_a_page, page_of_questions
from portal.staff.selectors import Holders
from tenants.context import in_school
from tenants.middleware import WriteOnce
from tenants.models import School
from tenants.request import ContourRequest


def test_the_same_question_of_one_page_is_asked_once() -> None:
    asked: list[str] = []

    @once_a_page
    def answer(word: str) -> str:
        asked.append(word)
        return word.upper()

    pages = ((page_of_questions, [*"ab"]), (page_of_questions, [*"ab"]), (nullcontext, [*"aab"]))
    for page, expected in pages:
        asked.clear()
        with page():
            assert [answer(word) for word in "aab"] == [*"AAB"]
        assert asked == expected


@pytest.mark.django_db
def test_another_contour_has_its_own_answer(school5: School, school12: School) -> None:
    with page_of_questions():
        found = []
        for school in (school5, school12, school5):
            with in_school(school):
                found.append(Holders.here())
    assert found[0] is found[2]
    assert found[0] != found[1]


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "times"), [("get", 1), ("post", 2)])
def test_a_request_that_writes_asks_again(
    as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, method: str, times: int
) -> None:
    asked: list[None] = []
    answer = once_a_page(lambda: asked.append(None))

    def asking(self: WriteOnce, request: ContourRequest) -> HttpResponse:
        answer()
        answer()
        return self.get_response(request)

    monkeypatch.setattr(WriteOnce, "__call__", asking)
    getattr(as_("anna"), method)("/s/5/more/")
    assert len(asked) == times


@pytest.mark.django_db
def test_several_numbers_are_one_question() -> None:
    everybody, nobody = User.objects.order_by("email"), User.objects.none()
    some = User.objects.filter(email__startswith="a").distinct()
    with CaptureQueriesContext(connection) as caught:
        found = how_many({"all": everybody, "none": nobody, "some": some})
    assert len(caught) == 1
    assert found == {"all": everybody.count(), "none": 0, "some": some.count()}
    assert how_many({"none": nobody}) == {"none": 0}
