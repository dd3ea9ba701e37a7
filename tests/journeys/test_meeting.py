"""A meeting is written by the mentor and confirmed by the young teacher in two taps on a phone."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.core import clock
from portal.core.actor import Actor
from portal.pair_work import services
from portal.pair_work.models import Meeting
from tenants.context import in_school
from tenants.models import School
from tests.journeys.conftest import PHONE, Visit, settled
from tests.workflows import mentoring_scenes as scene

pytestmark = pytest.mark.browser
HELD: dict[str, Any] = {"duration_min": 45, "content": "Смотрели, как заканчивать урок вовремя."}


def recorded(who: Callable[[str], Actor]) -> Meeting:
    with in_school(School.objects.get(number=5)):
        pair = scene.running(who).pair
        planned = scene.earlier_today()
        with clock.at(planned - dt.timedelta(minutes=5)):
            meeting = services.plan_meeting(pair, by=who("boris"), planned_at=planned, topic="Конец урока")
        return services.record_meeting(meeting, by=who("boris"), **HELD)


def test_a_meeting_is_confirmed_in_two_taps(who: Callable[[str], Actor], visit: Visit) -> None:
    meeting = recorded(who)
    page = visit.as_("vera", width=PHONE)
    page.goto("/s/5/")
    page.locator(f'a[href="/s/5/meetings/{meeting.uuid}/confirm/"]').first.click()
    page.get_by_role("button", name="Всё так, подтверждаю").click()
    settled(page)
    with in_school(School.objects.get(number=5)):
        assert Meeting.objects.get(uuid=meeting.uuid).state == "confirmed"
    visit.look_over(page, (PHONE,))
