"""SM-17, SM-11 and SM-11b on both sides: every transition, every guard met and unmet."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from portal.core import clock
from portal.core.actor import Actor
from portal.monitoring.models import FormValue, SchoolForm
from portal.monitoring.workflow import SCHOOL_FORM
from portal.municipality import services
from portal.municipality.models import MonitoringCampaign, ReceivedForm
from portal.municipality.requisites import inn_with_control
from portal.municipality.workflow import CAMPAIGN, RECEIVED, SCHOOL
from tenants.models import School
from tests.workflows.acting import who
from tests.workflows.scenarios import Change, Scenario, change, walk

ACTORS: dict[str, Actor] = {}
YEAR = 2026


@pytest.fixture
def in_city_as(actor: Callable[..., Actor]) -> None:
    """Actors of the city."""
    for key in ("darya", "semyon", "elena"):
        ACTORS[key] = actor(key)
    ACTORS["time"] = Actor.system(via="post")


def official(key: str) -> Actor:
    return ACTORS[key]


def school_in(state: str) -> Callable[[Any], School]:
    return lambda w: School.objects.create(
        code="lyceum-31",
        number=31,
        short_name="Лицей № 31",
        full_name="Лицей № 31",
        inn=inn_with_control("673100031"),
        state=state,
    )


AGREEMENT = {
    "agreement_number": "С-31",
    "agreement_on": dt.date(2026, 9, 1),
    "agreed_counters": ["employees"],
}
SCHOOLS = {
    "to work": Scenario("draft", school_in("draft"), (
        ("darya", "sign_docs", AGREEMENT, "forbidden"),
        ("semyon", "sign_docs", {**AGREEMENT, "agreement_number": " "}, "agreement_number"),
        ("semyon", "sign_docs", {**AGREEMENT, "agreement_on": dt.date(2090, 1, 1)}, "agreement_on"),
        ("semyon", "sign_docs", {**AGREEMENT, "agreed_counters": ["names"]}, "known_counters"),
        ("semyon", "open", {}, "wrong_state"),
        ("semyon", "sign_docs", AGREEMENT, "docs_signed"), ("darya", "open", {}, "forbidden"),
        ("semyon", "open", {}, "schema_created"),
        ("semyon", "principal_joined", {}, "forbidden"), ("time", "curator_appointed", {}, "wrong_state"),
        ("time", "principal_joined", {}, "principal_joined"),
        ("time", "curator_appointed", {}, "curator_appointed"), ("time", "act_in_force", {}, "act_in_force"),
        ("semyon", "activate", {}, "wrong_state"),
        ("time", "staff_imported", {}, "staff_imported"),
        ("semyon", "suspend", {"comment": "ремонт"}, "wrong_state"), ("semyon", "activate", {}, "active"),
        ("semyon", "suspend", {}, "comment_required"),
        ("darya", "suspend", {"comment": "ремонт"}, "forbidden"),
        ("semyon", "suspend", {"comment": "ремонт школы"}, "suspended"), ("semyon", "resume", {}, "active"),
    )),
    "never came to work": Scenario("principal_joined", school_in("principal_joined"), (
        ("semyon", "archive", {}, "comment_required"), ("darya", "archive", {"comment": "нет"}, "forbidden"),
        ("semyon", "archive", {"comment": "школу присоединили к другой"}, "archived"),
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHOOLS)
@pytest.mark.usefixtures("in_city_as")
@pytest.mark.covers(
    "SM-17.sign_docs", "SM-17.open", "SM-17.principal_joined", "SM-17.curator_appointed",
    "SM-17.act_in_force", "SM-17.staff_imported", "SM-17.activate",
    "SM-17.suspend", "SM-17.resume", "SM-17.archive",
)  # fmt: skip
def test_a_school(name: str) -> None:
    walk(SCHOOL, SCHOOLS[name], official)


def planned(w: Any) -> MonitoringCampaign:
    due = clock.today() + dt.timedelta(days=10)
    return services.plan_campaign(
        title="Кадровый срез", indicators=["A01"], open_from=clock.today(), due_school=due, by=w("semyon")
    )


def later() -> dt.date:
    return clock.today() + dt.timedelta(days=20)


CAMPAIGNS = {
    "opened": Scenario("draft", planned, (
        ("darya", "open", {}, "forbidden"), change(indicators=[]), ("semyon", "open", {}, "indicators"),
        change(indicators=["A01"], due_school=lambda: clock.today() - dt.timedelta(days=1)),
        ("semyon", "open", {}, "due"), change(due_school=clock.today),
        ("semyon", "open", {}, "open"), ("darya", "close", {}, "forbidden"),
        ("semyon", "close", {}, "closed"),
        ("darya", "extend", {"due_school": later}, "forbidden"),
        ("semyon", "extend", {"due_school": clock.today}, "later"),
        ("semyon", "extend", {"due_school": later}, "open"),
        ("semyon", "cancel", {"comment": "объявим новый сбор"}, "cancelled"),
        ("semyon", "extend", {"due_school": later}, "wrong_state"),
    )),
    "cancelled": Scenario("draft", planned, (
        ("darya", "cancel", {"comment": "нет"}, "forbidden"), ("semyon", "cancel", {}, "comment_required"),
        ("semyon", "cancel", {"comment": "не нужна"}, "cancelled"),
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", CAMPAIGNS)
@pytest.mark.usefixtures("in_city_as")
@pytest.mark.covers("SM-11.open", "SM-11.close", "SM-11.extend", "SM-11.cancel", "seed 4.2.8", "found B6")
def test_a_campaign(name: str) -> None:
    walk(CAMPAIGN, CAMPAIGNS[name], official)


def came(w: Any) -> ReceivedForm:
    return ReceivedForm.objects.create(
        campaign=planned(w),
        school=School.objects.get(number=5),
        form=uuid4(),
        revision=1,
        values=[],
        submitted_at=clock.now(),
    )


def came_late(w: Any) -> ReceivedForm:
    form = came(w)
    ReceivedForm.objects.filter(pk=form.pk).update(state="late_submitted", is_late=True)
    return ReceivedForm.objects.get(pk=form.pk)


ANSWERS = {
    "accepted": Scenario("submitted", came, (
        ("elena", "accept", {}, "forbidden"), ("darya", "accept", {}, "forbidden"),
        ("semyon", "accept", {}, "accepted"),
        ("semyon", "return", {"comment": "поздно"}, "wrong_state"),
    )),
    "returned": Scenario("submitted", came, (
        ("elena", "return", {"comment": "нет"}, "forbidden"), ("darya", "return", {}, "comment_required"),
        ("darya", "return", {"comment": "Проверьте A02"}, "returned"),
    )),
    "late": Scenario("late_submitted", came_late,
        (("semyon", "in_time", {}, "forbidden"), ("time", "in_time", {}, "submitted"))),
    "late and accepted": Scenario("late_submitted", came_late,
        (("darya", "accept", {}, "forbidden"), ("semyon", "accept", {}, "accepted"))),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.usefixtures("in_city_as")
@pytest.mark.covers(
    "SM-11b.accept (received_form)",
    "SM-11b.return (received_form)",
    "SM-11b.in_time (received_form)",
    "seed 6.2.department",
)
def test_a_received_form(name: str) -> None:
    walk(RECEIVED, ANSWERS[name], official)


# ── The school's side ───────────────────────────────────────────────────────────────────────────────

COUNTED: dict[str, dict[str, int | None]] = {
    "A01": {"young_covered": 6, "young_total": 7}, "A02": {"involved": 20, "workers": 40},
    "A05": {"teacher_teacher": 5, "head_teacher": 0, "employer_student": 0},
    "R04": {"in_school_bank": 3, "published": None},
}  # fmt: skip
R04 = {"in_school_bank": 3, "published": 1}
WORDS: dict[str, Any] = {"R04": "Одна практика опубликована до портала."}
GOOD: dict[str, Any] = {"declared": {**COUNTED, "R04": R04}, "explanations": WORDS}


def begun(w: Any) -> SchoolForm:
    due = clock.today() + dt.timedelta(days=10)
    form = SchoolForm.objects.create(
        campaign=uuid4(), title="Кадровый срез", year=YEAR, indicators=list(COUNTED), due_on=due
    )
    for code, figures in COUNTED.items():
        FormValue.objects.create(form=form, indicator=code, counted=figures, declared=figures)
    return form


def prefilled(w: Any) -> SchoolForm:
    return SCHOOL_FORM.move(begun(w), "prefill", by=w("time"))


def declared(code: str, figures: dict[str, int], **more: str) -> dict[str, Any]:
    return {"declared": {**GOOD["declared"], code: figures}, "explanations": {**WORDS, **more}}


def value(code: str, **fields: Any) -> Change:
    return lambda form: form.values.filter(indicator=code).update(**fields)


FORMS = {
    "handed over": Scenario("not_started", begun, (
        ("anna", "prefill", {}, "forbidden"), ("time", "prefill", {}, "prefilled"),
        ("zhanna", "sign", {}, "complete"), ("vera", "fill", GOOD, "forbidden"),
        ("anna", "fill", declared("A01", {"young_covered": 8, "young_total": 7}), "possible_A01"),
        ("anna", "fill", declared("A02", {"involved": 41, "workers": 40}), "possible_A02"),
        ("anna", "fill", declared("A01", {"young_covered": 4, "young_total": 7}), "explained_A01"),
        ("anna", "fill", declared("A02", {"involved": 22, "workers": 40}), "explained_A02"),
        ("anna", "fill", declared("A05", {"teacher_teacher": 5, "head_teacher": 1, "employer_student": 0}),
            "explained_A05"),
        ("anna", "fill", {**GOOD, "explanations": {}}, "explained_R04"),
        ("anna", "fill", declared("A02", {"involved": 22, "workers": 40}, A02="Двое вышли из отпуска вчера."),
            "in_work"),
        ("anna", "fill", GOOD, "in_work"), ("anna", "sign", {}, "forbidden"), value("R04", explanation=""),
        ("zhanna", "sign", {}, "explained"),
        value("R04", explanation=WORDS["R04"]), ("zhanna", "sign", {}, "director_signed"),
        ("anna", "submit", {}, "forbidden"),
        ("zhanna", "submit", {}, "submitted"), ("zhanna", "accept", {}, "forbidden"),
        ("time", "accept", {}, "accepted"), ("anna", "fill", GOOD, "wrong_state"),
    )),
    "returned": Scenario("prefilled", prefilled, (
        ("anna", "fill", GOOD, "in_work"), ("zhanna", "sign", {}, "director_signed"),
        ("zhanna", "submit", {}, "submitted"),
        ("zhanna", "return", {}, "forbidden"), ("time", "return", {"comment": "Проверьте A02"}, "returned"),
        ("anna", "fill", GOOD, "in_work"),
    )),
    "late": Scenario("prefilled", prefilled, (
        ("anna", "fill", GOOD, "in_work"), ("zhanna", "sign", {}, "director_signed"),
        ("zhanna", "submit_late", {"comment": "Ждали приказ."}, "late"),
        change(due_on=lambda: clock.today() - dt.timedelta(days=1)), ("zhanna", "submit", {}, "in_time"),
        ("zhanna", "submit_late", {}, "comment_required"),
        ("anna", "submit_late", {"comment": "Ждали приказ."}, "forbidden"),
        ("zhanna", "submit_late", {"comment": "Ждали приказ."}, "late_submitted"),
        ("zhanna", "in_time", {}, "forbidden"), ("time", "in_time", {}, "submitted"),
        ("zhanna", "mark_late", {}, "forbidden"),
        ("time", "mark_late", {}, "late_submitted"), ("zhanna", "cancel", {}, "forbidden"),
        ("time", "cancel", {"comment": "объявим новый"}, "cancelled"),
        ("anna", "fill", GOOD, "wrong_state"),
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers(
    "SM-11b.prefill",
    "SM-11b.fill",
    "SM-11b.sign",
    "SM-11b.submit",
    "SM-11b.accept (school_form)",
    "SM-11b.return (school_form)",
    "SM-11b.submit_late",
    "SM-11b.mark_late",
    "SM-11b.in_time (school_form)",
    "SM-11b.cancel",
    "seed 4.2.8",
    "seed 6.2.department",
    "found B6",
)
def test_a_form_of_the_school(name: str) -> None:
    walk(SCHOOL_FORM, FORMS[name], who)
