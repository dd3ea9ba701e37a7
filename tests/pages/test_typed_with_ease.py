"""What people type is read as they write it, and a long form is not a wall: amounts, minutes, goals, the
programme.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client

from portal.core.actor import Actor
from portal.core.errors import Invalid
from portal.mentoring.models import Pair
from portal.pair_work import services
from portal.pair_work.forms.meetings import read_minutes
from portal.pair_work.forms.programmes import ActivityForm, GoalForm, ProgrammeTextForm
from portal.pair_work.models import Meeting
from portal.ui.fields import AmountField, read_amount
from portal.ui.forms import PageForm
from tenants.context import in_school
from tenants.models import School
from tests.platform.test_person_names import ours
from tests.posts.mentoring_forming import pair_pay
from tests.posts.mentoring_working import meeting_record
from tests.posts.rows import Scene, World, send, words_of
from tests.posts.table import ROWS
from tests.workflows import mentoring_scenes as scene

pytestmark = pytest.mark.covers("found E3")
AsPerson = Callable[[str], Client]
AMOUNTS = [
    ("3000", "3000"),
    ("3 000,50", "3000.50"),
    ("3\u00a0000 руб.", "3000"),
    ("3000.5 рублей", "3000.5"),
    ("15 %", "15"),
    ("1 250 000,00 ₽", "1250000.00"),
]
MINUTES = [("50", 50), ("50 мин", 50), ("1 ч 20 мин", 80), ("1:20", 80), ("2 часа", 120), ("90 минут", 90)]


@pytest.mark.parametrize(("typed", "sum_"), AMOUNTS)
def test_an_amount_is_read_as_people_write_it(typed: str, sum_: str) -> None:
    assert read_amount(typed) == Decimal(sum_)


@pytest.mark.parametrize("typed", ["три тысячи", "3 00", "3,000,50", "3 000 долларов", "-"])
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="например 3 000"):
        read_amount(typed)


def test_every_field_of_money_reads_it_so() -> None:
    money = re.compile(r"руб|сумм|доплат|оплат|стоимост|процент", re.IGNORECASE)
    found = [
        (f"{form.__name__}.{name}", isinstance(field, AmountField))
        for form in ours(PageForm)
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(field, forms.IntegerField | forms.FloatField | forms.DecimalField)
        and money.search(f"{field.label} {field.help_text}")
    ]
    assert [name for name, reads in found if not reads] == [], (
        "поле денег читает по-своему: возьмите portal.ui.forms.AmountField"
    )
    assert found


def test_the_pay_of_an_order_is_kept_as_it_was_meant(
    school5: School, actor: Callable[..., Actor], as_: AsPerson
) -> None:
    world = World(school5, actor)
    with in_school(school5):
        made = pair_pay(world)
        version = type(made.obj).objects.get(pk=made.obj.pk).version
    row = next(row for row in ROWS if row.name == "mentoring:pair_pay")
    answer = send(
        as_(row.who),
        row,
        Scene(made.url, {**made.fields, "pay_basis": "amount", "pay_size": "3 000,50 руб."}),
        version=version,
    )
    assert answer.status_code == 302, words_of(answer)
    with in_school(school5):
        assert Pair.objects.get(pk=made.obj.pk).pay_size == Decimal("3000.50")


@pytest.mark.parametrize(("typed", "minutes"), MINUTES)
def test_minutes_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["урок", "3", "9 часов", "1:75:00"])
def test_minutes_that_cannot_be_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        read_minutes(typed)


def test_a_meeting_may_last_fifty_minutes(
    school5: School, actor: Callable[..., Actor], as_: AsPerson
) -> None:
    with in_school(school5):
        made = meeting_record(World(school5, actor))
        version = Meeting.objects.get(pk=made.obj.pk).version
    boris = as_("boris")
    typed = {**made.fields, "version": version}
    assert "Напишите, сколько минут" in words_of(boris.post(made.url, {**typed, "duration_min": "other"}))
    assert (
        boris.post(made.url, {**typed, "duration_min": "other", "duration_other": "50 мин"}).status_code
        == 302
    )
    with in_school(school5):
        assert Meeting.objects.get(pk=made.obj.pk).duration_min == 50
    assert "50 минут: поправить" in words_of(boris.get(made.url))


def test_a_goal_worse_than_the_present_is_asked_about(school5: School, actor: Callable[..., Actor]) -> None:
    goal = {
        "difficulty": "method.assessment",
        "target": "Оцениваю по критериям",
        "baseline": 0,
        "target_level": 2,
    }
    form = GoalForm(goal)
    assert "поменять местами" in str(form.errors["target_level"])
    assert GoalForm({**goal, "baseline": 2, "target_level": 1}).is_valid()
    assert GoalForm({**goal, "baseline": ""}).is_valid(), "что не измеряли, о том не судят"
    with in_school(school5):
        pair = scene.active(actor)
        text: dict[str, Any] = scene.text(pair)
        with pytest.raises(Invalid, match="хуже, чем сейчас"):
            services.write_programme(pair, by=actor("boris"), **{**text, "goals": [goal]})


class Seen(HTMLParser):
    """Which named controls stand on a page, and which of them are seen before anything is unfolded."""

    def __init__(self) -> None:
        super().__init__()
        self.folds: list[bool] = []
        self.all: set[str] = set()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        known = dict(attrs)
        if tag == "details":
            self.folds.append("open" not in known)
        elif tag in ("input", "select", "textarea") and known.get("type") != "hidden" and known.get("name"):
            self.all.add(known["name"])
            self.seen |= set() if any(self.folds) else {known["name"]}

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self.folds.pop()


def test_the_programme_is_written_part_by_part(
    school5: School, actor: Callable[..., Actor], as_: AsPerson
) -> None:
    with in_school(school5):
        pair = scene.active(actor)
    url, boris = f"/s/5/pairs/{pair.uuid}/programme/", as_("boris")
    fresh = read(boris.get(url))
    rows = {
        f"{table}-0-{name}"
        for table, form in (("goals", GoalForm), ("activities", ActivityForm))
        for name in form.base_fields
    }
    assert set(ProgrammeTextForm.base_fields) | rows <= fresh.all, "ничего не потеряно"
    assert len(fresh.seen) <= 20, f"сразу видно {len(fresh.seen)} полей: {sorted(fresh.seen)}"
    refused = read(
        boris.post(
            url,
            {
                "goals-TOTAL_FORMS": "1",
                "goals-INITIAL_FORMS": "0",
                "activities-TOTAL_FORMS": "1",
                "activities-INITIAL_FORMS": "0",
                "activities-0-content": "Смотрим урок",
                "starts_on": "когда-то",
            },
        )
    )
    assert {"starts_on", "problem", "activities-0-ends_on"} <= refused.seen, "части с ошибками раскрыты"


def read(answer: Any) -> Seen:
    page = Seen()
    page.feed(answer.content.decode())
    return page
