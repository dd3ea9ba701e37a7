"""What the page of one object asks: as many questions for a long story as for a short one, and no more than
its budget.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.mentoring.models import Pair
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import MeetingState, ProgrammeState
from tests.pages.pressing import As
from tests.workflows import mentoring_scenes as scene

PAIR_BUDGET = {"anna": 16, "boris": 16, "vera": 15, "zhanna": 16}
"""Questions of the page of a pair at work with a programme and a meeting that waits, everything included: who
is asking, the menu, the line of the read journal. Lower these, never raise them."""


def questions(client: Client, url: str) -> list[str]:
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return [query["sql"][:120] for query in caught]


def at_work(who: Any) -> Pair:
    pair: Pair = scene.running(who).pair
    met(pair, 1)
    return pair


def met(pair: Pair, times: int) -> None:
    """So many meetings that the mentor has recorded."""
    for day in range(times):
        moment = clock.now() - dt.timedelta(days=1 + day)
        Meeting.objects.create(
            pair=pair,
            planned_at=moment,
            started_at=moment,
            recorded_at=moment,
            recorded_by="mentor",
            state=MeetingState.HELD_UNCONFIRMED,
            topic=f"Встреча {day}",
        )


@pytest.mark.parametrize("key", PAIR_BUDGET)
def test_the_page_of_a_pair_keeps_to_its_budget_of_questions(
    key: str, as_: As, who: Any, inside5: Callable[[], Any]
) -> None:
    with inside5():
        pair = at_work(who)
    asked = questions(as_(key), f"/s/5/pairs/{pair.uuid}/")
    assert len(asked) <= PAIR_BUDGET[key], asked


@pytest.mark.parametrize("key", PAIR_BUDGET)
def test_a_long_story_of_a_pair_asks_no_more(key: str, as_: As, who: Any, inside5: Callable[[], Any]) -> None:
    """More meetings, a programme of the year before, and a pair of other people at work beside it."""
    with inside5():
        pair = at_work(who)
    client, url = as_(key), f"/s/5/pairs/{pair.uuid}/"
    few = questions(client, url)
    with inside5():
        met(pair, 12)
        now = Programme.objects.get(pair=pair)
        Programme.objects.create(
            pair=pair,
            year=now.year - 1,
            starts_on=now.starts_on,
            ends_on=now.ends_on,
            state=ProgrammeState.COMPLETED,
        )
        scene.proposed(who, mentor="irina", mentee="lev")
    assert len(questions(client, url)) == len(few)


ORDER_BUDGET = {"anna": 15, "zhanna": 15}
"""Questions of the page of an order that is not signed yet: its draft is made of the data of today. Lower
these, never raise them."""


@pytest.mark.parametrize("key", ORDER_BUDGET)
def test_the_page_of_an_order_keeps_to_its_budget_of_questions(
    key: str, as_: As, who: Any, inside5: Callable[[], Any]
) -> None:
    with inside5():
        pair = scene.with_order(who)
    assert pair.order is not None
    asked = questions(as_(key), f"/s/5/orders/{pair.order.uuid}/")
    assert len(asked) <= ORDER_BUDGET[key], asked


@pytest.mark.parametrize("key", ORDER_BUDGET)
def test_the_order_of_a_group_asks_no_more(key: str, as_: As, who: Any, inside5: Callable[[], Any]) -> None:
    with inside5():
        pair = scene.with_order(who)
    assert pair.order is not None
    client, url = as_(key), f"/s/5/orders/{pair.order.uuid}/"
    few = questions(client, url)
    with inside5():
        pair.pair_mentees.create(mentee=scene.person("lev"))
    assert len(questions(client, url)) == len(few)
