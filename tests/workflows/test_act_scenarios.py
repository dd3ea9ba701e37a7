"""SM-8: every transition of local acts and orders, every guard met and unmet."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.urls import set_urlconf

from portal.core import clock
from portal.core.errors import Conflict
from portal.files.storing import store
from portal.local_acts import services
from portal.local_acts.models import LocalAct, Order
from portal.local_acts.selectors import next_steps
from portal.local_acts.workflow import ACT, ORDER
from portal.local_acts.workflow.acts import Marks
from portal.local_acts.workflow.typed import EARLIEST, is_past
from portal.staff.models import Position
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import NOW, refused, who
from tests.workflows.scenarios import Scenario, change, walk

pytestmark = pytest.mark.usefixtures("in_school5")
DAY = dt.date(2026, 11, 23)
LATER, BEFORE = DAY + dt.timedelta(days=1), DAY - dt.timedelta(days=1)
COUNCIL: dict[str, Any] = {"minutes_number": "3", "minutes_on": BEFORE, "union_on": DAY}


def scan() -> Any:
    return store(scene.scan(), by=who("zhanna"))


def draft(w: Any) -> LocalAct:
    return services.load_municipal_act(by=w("zhanna"))


def approved(w: Any) -> LocalAct:
    return ACT.move(draft(w), "approve", by=w("zhanna"), asked=Marks(**COUNCIL))


def chapters(act: LocalAct) -> None:
    change(
        chapters=services.load_municipal_act(by=who("zhanna")).chapters
        or [{"id": "1", "number": "1.", "title": "Общие положения", "paragraphs": []}]
    )(act)


NUMBER = {"number": "10", "approved_on": DAY, "in_force_from": None, "scan": scan}
ACTS = {
    "into force": Scenario(
        "draft",
        draft,
        (
            ("anna", "approve", COUNCIL, "forbidden"),
            ("zhanna", "approve", {**COUNCIL, "minutes_number": " "}, "minutes_number"),
            ("zhanna", "approve", {**COUNCIL, "minutes_on": LATER}, "minutes_on"),
            ("zhanna", "approve", {**COUNCIL, "union_on": LATER}, "union_on"),
            change(chapters=[]),
            ("zhanna", "approve", COUNCIL, "no_text"),
            chapters,
            ("zhanna", "approve", COUNCIL, "approved"),
            ("zhanna", "register", {**NUMBER, "number": ""}, "number"),
            ("zhanna", "register", {**NUMBER, "approved_on": LATER}, "approved_on"),
            ("zhanna", "register", {**NUMBER, "approved_on": BEFORE}, "before_minutes"),
            ("zhanna", "register", {**NUMBER, "in_force_from": BEFORE}, "in_force_from"),
            ("zhanna", "register", {**NUMBER, "scan": None}, "scan"),
            ("zhanna", "register", {**NUMBER, "in_force_from": LATER}, "registered"),
            ("time", "enact", {}, "too_early"),
            change(in_force_from=DAY),
            ("anna", "enact", {}, "forbidden"),
            ("time", "enact", {}, "in_force"),
            ("vera", "repeal", {}, "forbidden"),
            ("time", "repeal", {}, "repealed"),
        ),
    ),
    "rejected": Scenario(
        "approved",
        approved,
        (
            ("anna", "reject", {"comment": "нет"}, "forbidden"),
            ("zhanna", "reject", {}, "comment_required"),
            ("zhanna", "reject", {"comment": "иначе"}, "rejected"),
        ),
    ),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.covers(
    "SM-8.approve",
    "SM-8.register (local_act)",
    "SM-8.enact",
    "SM-8.repeal",
    "SM-8.reject",
    "seed 6.1.head",
    "seed 6.1.org.1",
)
def test_an_act(name: str) -> None:
    walk(ACT, ACTS[name], who)


@pytest.mark.parametrize(
    ("state", "asked"), [("draft", True), ("on_approval", True), ("approved", True), ("registered", False)]
)
def test_an_act_on_its_way_is_the_principals_move_until_it_is_registered(state: str, asked: bool) -> None:
    act = approved(who)
    LocalAct.objects.filter(pk=act.pk).update(state=state)
    LocalAct.objects.filter(state="in_force").update(state="repealed")
    set_urlconf("config.urls_school")
    steps = {step.situation: step for step in next_steps(who("zhanna"))}
    set_urlconf(None)
    assert ("act_to_approve" in steps) is asked
    assert "act_to_prepare" not in steps
    assert not asked or str(act.uuid) in steps["act_to_approve"].url


def order(w: Any) -> Order:
    return services.draft_order(
        "T-04",
        "О кураторе",
        subject=scene.person("anna").uuid,
        by=w("zhanna"),
        details={"valid_from": DAY.isoformat()},
    )


def change_of(w: Any) -> Order:
    """An order that changes a registered one."""
    old = services.draft_order("T-10", "О доплате", subject=uuid4(), by=w("kira"))
    change(state="registered", number="7-н", year=2026, signed_on=DAY)(old)
    return services.amend_order(
        Order.objects.get(pk=old.pk),
        changes="Слова «Ким А. С.» заменить словами «Орловой А. С.»",
        by=w("kira"),
    )


def amended(found: Order) -> None:
    """It is changed by another one already."""
    other = services.amend_order(found, changes="И ещё одно изменение", by=who("kira"))
    change(state="registered", number="9-н", year=2026, signed_on=DAY)(other)


def not_amended(found: Order) -> None:
    found.amended_by.update(state="cancelled")


def namesake(found: Order) -> None:
    """Another order of this year has the number already."""
    other = services.draft_order("T-04", "О другом", subject=uuid4(), people=[], by=who("zhanna"))
    change(state="registered", number="1-н", year=2026, signed_on=DAY)(other)


SIGNED = {"number": "1-н", "signed_on": DAY, "scan": scan}
ORDERS = {
    "registered": Scenario(
        "draft",
        order,
        (
            ("anna", "register", SIGNED, "forbidden"),
            ("zhanna", "register", {**SIGNED, "number": " "}, "number"),
            ("zhanna", "register", {**SIGNED, "number": "1" * 41}, "number_long"),
            ("zhanna", "register", {**SIGNED, "signed_on": LATER}, "signed_on"),
            ("zhanna", "register", {**SIGNED, "scan": None}, "scan"),
            namesake,
            ("zhanna", "register", SIGNED, "number_taken"),
            ("kira", "register", {**SIGNED, "number": "2-н"}, "forbidden"),
            ("zhanna", "register", {**SIGNED, "number": "2-н"}, "registered"),
            ("zhanna", "take_back", {"comment": "ошибка"}, "gives_office"),
        ),
    ),
    "taken back on its day": Scenario(
        "draft",
        change_of,
        (
            ("kira", "register", SIGNED, "registered"),
            ("kira", "take_back", {"comment": "ошибка"}, "forbidden"),
            ("zhanna", "take_back", {}, "comment_required"),
            change(registered_at=lambda: clock.now() - dt.timedelta(days=1)),
            ("zhanna", "take_back", {"comment": "ошибка"}, "not_today"),
            change(registered_at=clock.now),
            amended,
            ("zhanna", "take_back", {"comment": "ошибка"}, "amended"),
            not_amended,
            ("zhanna", "take_back", {"comment": "не тот скан"}, "draft"),
        ),
    ),
    "given up": Scenario(
        "draft", order, (("boris", "cancel", {}, "forbidden"), ("kira", "cancel", {}, "cancelled"))
    ),
}


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.covers("SM-8.register (order)", "SM-8.cancel", "SM-8.take_back", "T-00")
def test_an_order(name: str) -> None:
    walk(ORDER, ORDERS[name], who)


@pytest.mark.covers("T-04", "seed 6.1.curator")
def test_whoever_is_not_a_deputy_any_more_is_not_made_curator_by_an_old_draft() -> None:
    deputy = scene.person("anna")
    made = services.appoint_curator(deputy, valid_from=DAY, by=who("zhanna"))
    Position.objects.filter(employment__person=deputy).update(position="teacher")
    signed = {**SIGNED, "scan": scan()}
    refused(Conflict, "curator_not_deputy", lambda: services.register_order(made, by=who("zhanna"), **signed))
    Position.objects.filter(employment__person=deputy).update(position="deputy")
    assert services.register_order(made, by=who("zhanna"), **signed).state == "registered"
    assert clock.today() == DAY


@pytest.mark.parametrize(
    ("day", "possible"),
    [
        (EARLIEST - dt.timedelta(days=1), False),
        (EARLIEST, True),
        (NOW.date(), True),
        (NOW.date() + dt.timedelta(days=1), False),
    ],
)
def test_a_day_that_can_stand_on_a_signed_paper(day: dt.date, possible: bool) -> None:
    assert is_past(day) is possible
