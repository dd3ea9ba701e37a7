"""Which category somebody had on a day that is over (docs/adr/0040)."""

from collections.abc import Iterator
from typing import Any

import pytest

from portal.staff import services
from portal.staff.models import CategoryStage, Dating, Person, WorkStage
from portal.staff.selectors.merging import preview
from tenants.context import in_school
from tenants.models import School
from tests.workflows.acting import who
from tests.workflows.second_cards import second_card
from tests.workflows.test_stages_of_a_past_day import at, day
from tests.workflows.test_work_of_a_past_day import MISTAKE, PHYSICS, again, categories, hired, posts


@pytest.fixture
def school(in_school5: Any, school5: School) -> Iterator[School]:
    with in_school(school5):
        yield school5


def test_a_category_holds_since_its_day(school: School) -> None:
    person = hired(category="first", category_on=day("20.12.2021"), category_until=day("20.12.2026"))
    with at("23.11.2026"):
        services.edit_person(
            person,
            by=who("anna"),
            category="highest",
            category_on=day("18.11.2026"),
            category_until=None,
        )
        first = "первая, по 20.12.2026"
        days = ("19.12.2021", "20.12.2021", "17.11.2026", "18.11.2026")
        assert categories(person, *days) == [None, first, first, "высшая"]


def test_a_wrong_day_of_a_category_is_mended_in_the_past(school: School) -> None:
    person = hired(category="first", category_on=day("20.12.2021"))
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), category_on=day("20.12.2023"))
        assert categories(person, "19.12.2023", "20.12.2023") == [None, "первая"]
        services.edit_person(again(person), by=who("anna"), category_on=day("20.12.2020"))
        assert categories(person, "19.12.2020", "20.12.2020") == [None, "первая"]


def test_a_category_given_anew_after_its_term_leaves_the_former_one(school: School) -> None:
    person = hired(category="first", category_on=day("20.12.2015"), category_until=day("20.12.2020"))
    with at("23.11.2026"):
        services.edit_person(
            person, by=who("anna"), category_on=day("25.12.2020"), category_until=day("25.12.2025")
        )
        said = ["первая, по 20.12.2020", "первая, по 25.12.2025"]
        assert categories(person, "01.01.2020", "01.01.2021") == said


def test_another_category_with_the_day_of_the_former_one_is_so_since_it_was_said(school: School) -> None:
    """A list, or a hand that forgot the day, says a category and nothing of its day."""
    person, other = (
        hired(last_name=name, category="first", category_on=day("20.12.2021")) for name in ("Ильина", "Иная")
    )
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), category="highest")
        since = Dating(since=day("01.11.2026"))
        services.edit_person(other, by=who("anna"), category="highest", dating=since)
        cards = [(row.category_on, row.category_until) for row in map(again, (person, other))]
        assert cards == [(None, None)] * 2, "the day and the term on the card were of the former one"
    with at("30.11.2026"):
        assert categories(person, "20.12.2021", "22.11.2026", "23.11.2026") == ["первая", "первая", "высшая"]
        assert categories(other, "20.12.2021", "31.10.2026", "01.11.2026") == ["первая", "первая", "высшая"]


def test_a_category_of_before_days_were_kept_is_not_told_as_none(school: School) -> None:
    person = hired(category="first", category_on=day("20.12.2021"), category_until=day("20.12.2026"))
    CategoryStage.objects.all().delete()
    with at("23.11.2026"):
        services.edit_person(
            person, by=who("anna"), category="highest", category_on=day("18.11.2026"), category_until=None
        )
        assert categories(person, "17.11.2026", "18.11.2026") == ["первая, по 20.12.2026", "высшая"]


def test_the_day_of_a_category_says_nothing_of_the_work(school: School) -> None:
    person = hired()
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), hours_week=24, dating=Dating(since=day("10.11.2026")))
        since = Dating(since=day("01.11.2026"))
        services.edit_person(again(person), by=who("anna"), category="first", dating=since)
        assert posts(person, "01.11.2026") == [PHYSICS]
        assert categories(person, "31.10.2026", "01.11.2026") == ["без категории", "первая"]


def test_whoever_came_without_a_category_had_none(school: School) -> None:
    person = hired()
    with at("23.11.2026"):
        assert categories(person, "11.10.2026", "12.10.2026") == [None, "без категории"]
        services.edit_person(person, by=who("anna"), category="first")
    with at("30.11.2026"):
        said = [None, "без категории", "первая"]
        assert categories(person, "11.10.2026", "22.11.2026", "23.11.2026") == said
        services.edit_person(again(person), by=who("anna"), category="szd", dating=MISTAKE)
        assert categories(person, "22.11.2026", "23.11.2026")[1] == "соответствие занимаемой должности"


def test_where_a_category_has_no_days_nothing_is_said(school: School) -> None:
    person = hired(category="first", category_on=day("20.12.2021"))
    CategoryStage.objects.all().delete()
    WorkStage.objects.all().delete()
    assert categories(person, "12.10.2026", "23.11.2026") == [None, None]
    assert posts(person, "23.11.2026") is None


def test_a_merge_takes_the_days_of_the_category_that_it_takes(school: School) -> None:
    kept = Person.objects.get(last_name="Соколова")
    gone = second_card(category="first", category_on=day("20.12.2021"))
    assert "category" in preview(kept, gone).filled
    merge = services.merge_people(kept, gone, by=who("anna"))
    assert categories(kept, "20.12.2021") == ["первая"]
    services.undo_merge(merge, by=who("anna"))
    assert categories(kept, "20.12.2021") == [None]
    assert categories(gone, "20.12.2021") == ["первая"]
