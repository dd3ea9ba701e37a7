"""What authors read at every moment: the step, what is next and until when, what is expected of them. The day
follows every change of the experts' terms, and nothing tells of the experts.
"""

import datetime as dt
from typing import Any

import pytest

from best_practices import services as city
from best_practices.models import Practice, Review
from best_practices.states import Ahead
from best_practices.workflow import PRACTICE
from best_practices.workflow.reviews import LaterTerm
from portal.city_records.models import Outbox
from portal.core import clock
from portal.school_practices.models import SchoolPractice
from portal.school_practices.standing import Standing, standing_of
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import Notice
from tenants import post
from tenants.models import School
from tests.practices.assigned import BEGINS, DAY, agrees, declines, night, of, user
from tests.practices.conftest import expert
from tests.practices.offered import Acting, As, Inside
from tests.practices.sheets import hand_in
from tests.practices.test_journey_of_a_practice import handed_over


@pytest.fixture
def given(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting, sheet: dict[str, Any]
) -> Practice:
    """Handed over on Monday, 30 November."""
    with clock.at(BEGINS):
        return handed_over(drafted, school5, inside, actor, sheet)


@pytest.fixture
def stands(school5: School, inside: Inside) -> Any:
    """What the school's page says, once the post has gone."""

    def read() -> Standing:
        post.deliver_everything()
        with inside(school5):
            return standing_of(SchoolPractice.objects.get())

    return read


def at_experts(practice: Practice, actor: Acting, *reserve: str) -> None:
    darya = actor("darya")
    with clock.at(BEGINS):
        PRACTICE.move(practice, "receive", by=darya)
        for key in ("nina", "pavel"):
            city.assign_expert(practice, expert(key), by=darya)
        for key in reserve:
            expert(key)
        city.name_reserve(practice, [user(key) for key in reserve], by=darya)
        PRACTICE.move(practice, "start_review", by=darya)


def told(standing: Standing) -> tuple[str, dt.date | None]:
    return standing.ahead, standing.until


ANSWER, SHEET = str(Ahead.ANSWER.label), str(Ahead.SHEET.label)


def test_before_the_city_the_authors_read_what_is_next_and_that_no_day_is_named(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting
) -> None:
    with inside(school5):
        assert standing_of(drafted).expected == "дописать и отдать на оценку"
        SCHOOL_PRACTICE.move(drafted, "submit", by=actor("boris"))
        said = standing_of(drafted)
        assert (said.step, said.until, said.expected) == ("на оценке в школе", None, "ничего")


def test_the_day_follows_every_change_of_the_experts_terms(
    given: Practice, stands: Any, actor: Acting
) -> None:
    assert told(stands()) == (Ahead.TAKE.label, dt.date(2026, 12, 7))
    at_experts(given, actor, "gleb")
    assert told(stands()) == (ANSWER, dt.date(2026, 12, 3))
    agrees("nina", actor)
    assert told(stands()) == (ANSWER, dt.date(2026, 12, 3)), "the other has still to answer"
    later = LaterTerm(until=dt.date(2026, 12, 9))
    with clock.at(BEGINS):
        city.move_review(of("pavel"), "prolong", by=actor("darya"), comment="просил", asked=later)
    assert told(stands()) == (ANSWER, dt.date(2026, 12, 9))
    night(10)
    assert of("gleb").instead_of == of("pavel")
    assert told(stands()) == (ANSWER, dt.date(2026, 12, 15)), "the reserve was invited on the tenth"
    with clock.at(BEGINS + 11 * DAY):
        city.move_review(of("gleb"), "accept", by=actor("gleb"))
    assert told(stands()) == (SHEET, of("gleb").due_on)
    assert told(stands())[1] > of("nina").due_on, "the latest of their days"  # type: ignore[operator]


def test_without_a_reserve_the_methodist_names_experts_and_after_the_sheets_decides(
    given: Practice, stands: Any, actor: Acting, sheet: dict[str, Any]
) -> None:
    at_experts(given, actor)
    with clock.at(BEGINS):
        for key in ("nina", "pavel"):
            declines(key, actor)
        assert told(stands()) == (Ahead.NAME.label, dt.date(2026, 12, 7))
        for key in ("gleb", "nina"):
            city.assign_expert(Practice.objects.get(), expert(key), by=actor("darya"))
    assert told(stands())[0] == ANSWER
    with clock.at(BEGINS + DAY):
        for key in ("gleb", "nina"):
            hand_in(of(key), sheet, by=actor(key))
    assert told(stands()) == (Ahead.DECIDE.label, dt.date(2026, 12, 8))
    with clock.at(BEGINS + 2 * DAY):
        PRACTICE.move(Practice.objects.get(), "recommend", by=actor("darya"))
    assert told(stands()) == (Ahead.PUBLISH.label, dt.date(2026, 12, 9))
    PRACTICE.move(Practice.objects.get(), "publish", by=actor("semyon"))
    assert told(stands()) == ("", None)


def test_a_returned_practice_says_what_the_authors_do_and_by_when(
    given: Practice, stands: Any, actor: Acting, as_: As, drafted: SchoolPractice
) -> None:
    with clock.at(BEGINS):
        PRACTICE.move(given, "receive", by=actor("darya"))
        PRACTICE.move(given, "return_incomplete", by=actor("darya"), comment="Нет чисел за четверть.")
    said = stands()
    assert (said.step, said.until) == ("город вернул на доработку", dt.date(2026, 12, 28))
    assert said.expected.endswith("до 28.12.2026")
    page = as_("boris").get(f"/s/5/practices/{drafted.uuid}/").content.decode().replace("\xa0", " ")
    for words in ("город вернул на доработку", "до 28.12.2026", "От авторов нужно"):
        assert words in page
    read = as_("boris").get(f"/s/5/api/v1/school-practices/{drafted.uuid}/").json()["standing"]
    assert (read["until"], read["step"]) == ("2026-12-28", said.step)


def test_a_moved_day_tells_nobody_anything_else(
    given: Practice, stands: Any, actor: Acting, school5: School, inside: Inside
) -> None:
    """No notice, no new version of the text under an author's hands, no expert's number in the letter; and
    the same once more is no letter.
    """
    at_experts(given, actor)
    stands()
    with inside(school5):
        before = (SchoolPractice.objects.get().version, Notice.objects.count())
    letters = Outbox.objects.filter(kind="best_practices.ahead")
    for day in (8, 9):
        later = LaterTerm(until=dt.date(2026, 12, day))
        with clock.at(BEGINS):
            city.move_review(of("nina"), "prolong", by=actor("darya"), comment="просила", asked=later)
        stands()
    with inside(school5):
        assert (SchoolPractice.objects.get().version, Notice.objects.count()) == before
    assert letters.count() == 2
    with clock.at(BEGINS):
        city.move_review(
            of("pavel"),
            "prolong",
            by=actor("darya"),
            comment="просил",
            asked=LaterTerm(until=dt.date(2026, 12, 7)),
        )
    assert letters.count() == 2, "another expert's earlier day is nobody's news"
    (letter, _) = letters.order_by("pk")
    assert set(letter.payload) - {"schema_version"} == {"practice", "ahead", "ahead_on"}
    assert letter.created_by is None
    everything = str(letter.payload)
    assert not any(
        str(review.uuid) in everything or str(review.expert) in everything for review in Review.objects.all()
    )
