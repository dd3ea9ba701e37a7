"""«Это увидят те, кого это касается» stands beside every field «Почему». Whoever it concerns reads the words
on the page of the thing, or this table says where else they are read.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import ALL, Nothing
from portal.local_acts.workflow import ORDER
from portal.municipality.workflow import CAMPAIGN, SCHOOL
from portal.pair_work.workflow import MEETING
from tenants.links import link
from tests.workflows import mentoring_scenes as scene
from tests.workflows import practice_scenes as practices
from tests.workflows.acting import Visitor, who
from tests.workflows.test_act_scenarios import change_of, draft, scan
from tests.workflows.test_cards_and_needs import candidate
from tests.workflows.test_city_scenarios import planned, school_in

WHY = "Так договорились на совещании во вторник, 17 ноября"
ELSEWHERE = {
    "pair": "строка журнала пары",
    "programme": "строка журнала пары, а наставнику и на странице программы",
    "practice": "строка «Решение» у города, «Город ответил» у школы",
    "review": "строка листа на странице практики и уведомление эксперту",
    "certificate": "страница проверки по коду, «Мои сертификаты» и уведомление владельцу",
    "received_form": "страница формы у города и у школы",
    "school_form": "страница сданной формы у города: «Почему позже»",
}


def registered(w: Any) -> Any:
    order = change_of(w)
    asked = ORDER.row("register", "draft").asks(number="3-н", signed_on=clock.today(), scan=scan())  # type: ignore[union-attr]
    return ORDER.move(order, "register", by=w("kira"), asked=asked)


def reviewed(w: Any) -> Any:
    practice = practices.in_review(w)
    practices.reviewed(2)(practice)
    return practice


def recorded(w: Any) -> Any:
    pair = scene.running(w).pair
    meeting = scene.planned_meeting(w, pair)
    asked = MEETING.row("record", "planned").asks(  # type: ignore[union-attr]
        duration_min=45, started_at=meeting.planned_at, format="in_person", content="Смотрели конец урока."
    )
    with clock.at(meeting.planned_at):
        return MEETING.move(meeting, "record", by=w("boris"), asked=asked)


IN_SCHOOL: dict[tuple[str, str], tuple[Callable[[Any], Any], str, str, str]] = {
    ("need", "decline"): (scene.a_need, "anna", "vera", "mentor_bank:need"),
    ("mentor_card", "reject"): (candidate, "lev", "vera", "mentor_bank:card"),
    ("school_practice", "return"): (practices.in_review, "lev", "boris", "school_practices:practice"),
    ("school_practice", "reject"): (reviewed, "lev", "boris", "school_practices:practice"),
    ("school_practice", "recall"): (practices.handed_over, "zhanna", "boris", "school_practices:practice"),
    ("local_act", "reject"): (draft, "zhanna", "zhanna", "local_acts:act"),
    ("order", "take_back"): (registered, "zhanna", "kira", "local_acts:order"),
    ("meeting", "dispute"): (recorded, "vera", "boris", "pair_work:meeting"),
}


def test_every_step_that_asks_why_is_here_or_says_where_it_is_read() -> None:
    asks = {(flow.name, row.verb) for flow in ALL.values() for row in flow.transitions if row.needs_comment}
    read = {*IN_SCHOOL, ("campaign", "cancel"), ("school", "suspend"), ("school", "archive")}
    assert {one for one in asks if one[0] not in ELSEWHERE} == read
    assert ELSEWHERE.keys() <= {flow for flow, _ in asks}


@pytest.mark.usefixtures("in_school5")
@pytest.mark.parametrize(("flow", "verb"), IN_SCHOOL, ids=[f"{flow}.{verb}" for flow, verb in IN_SCHOOL])
def test_whom_it_concerns_reads_why(flow: str, verb: str, visits: Callable[[str], Visitor]) -> None:
    make, by, reader, page = IN_SCHOOL[flow, verb]
    thing = make(who)
    url = link(page, thing.uuid)
    assert WHY not in said(visits(reader).get(url))
    ALL[flow].move(thing, verb, by=who(by), comment=WHY, asked=Nothing())
    assert WHY in said(visits(reader).get(url))


def test_colleagues_of_the_department_read_why(
    as_: Callable[[str], Client], actor: Callable[..., Actor]
) -> None:
    semyon = actor("semyon")
    campaign = CAMPAIGN.move(planned(lambda _: semyon), "cancel", by=semyon, comment=WHY)
    assert WHY in said(as_("semyon").get(f"/campaigns/{campaign.uuid}/"))
    for verb in ("suspend", "archive"):
        school = school_in("active" if verb == "suspend" else "suspended")(semyon)
        SCHOOL.move(school, verb, by=semyon, comment=WHY)
        assert WHY in said(as_("semyon").get(f"/schools/{school.uuid}/"))
        school.delete()


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode().replace("\xa0", " "))
