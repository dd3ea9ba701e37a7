"""Calls of the city: announced, changed, named by a practice; an order that is no more waited for."""

import datetime as dt

from best_practices.models import PracticeCall, PracticeOrder
from best_practices.services import change_call, order_practice
from portal.core import clock
from portal.school_practices import access, services
from portal.school_practices.calls import name_call
from portal.school_practices.models import SchoolPractice
from tenants.context import in_city
from tests.posts.mentoring_forming import ROOT
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.workflows.mentoring_scenes import person

TEXT = "Кружок или урок робототехники"


def _until(days: int = 30) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def _typed(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


def _ordered(w: World) -> PracticeOrder:
    text = "Как вести кружок робототехники"
    return PracticeOrder.objects.create(
        school=w.school5, text=text, key="кружок робототехника", ordered_on=clock.today()
    )


def _called() -> PracticeCall:
    return PracticeCall.objects.create(text=TEXT, due_on=_until(), announced_on=clock.today())


def announce(w: World) -> Scene:
    said = {"orders": str(_ordered(w).uuid), "text": TEXT, "due_on": _typed(_until())}
    return Scene("/practices/calls/new/", said)


def announce_by_api(w: World) -> Scene:
    said = {"orders": [str(_ordered(w).uuid)], "text": TEXT, "due_on": str(_until())}
    return Scene("/api/v1/practice-calls/", said)


def change(w: World) -> Scene:
    found = _called()
    return Scene(
        f"/practices/calls/{found.uuid}/",
        {"text": f"{TEXT} в начальной школе", "words": "", "due_on": _typed(_until(40))},
        found,
        later=lambda: change_call(found, text="Клуб роботов", due_on=_until(50), by=w.who("darya")),
    )


def change_by_api(w: World) -> Scene:
    found = _called()
    said = {"text": f"{TEXT} в начальной школе", "due_on": str(_until(40))}
    return Scene(f"/api/v1/practice-calls/{found.uuid}/change/", said, found)


def _waiting(w: World) -> str:
    topic, _ = order_practice("Как вести кружок робототехники", by=w.who("boris"))
    return f"{topic}/stop/"


def stop(w: World) -> Scene:
    return Scene(f"{ROOT}bank/order/{_waiting(w)}", {}, page=f"{ROOT}bank/order/")


def stop_by_api(w: World) -> Scene:
    return Scene(f"{ROOT}api/v1/practice-orders/{_waiting(w)}", {})


def _practice(w: World) -> tuple[SchoolPractice, PracticeCall]:
    with in_city():
        found = _called()
    author = w.who("boris")
    return services.draft_practice(title="Кружок роботов", authors=[person("boris")], by=author), found


def name(w: World) -> Scene:
    (practice, call), boris = _practice(w), w.who("boris")
    return Scene(
        f"{ROOT}practices/{practice.uuid}/call/",
        {"call": str(call.uuid)},
        practice,
        later=lambda: name_call(access.practice_for(boris, practice.uuid), call.uuid, by=boris),
    )


def name_by_api(w: World) -> Scene:
    practice, call = _practice(w)
    return Scene(f"{ROOT}api/v1/school-practices/{practice.uuid}/call/", {"call": str(call.uuid)}, practice)


ANNOUNCED = "city:journalline+1 city:outbox+1 city:practicecall+1 city:practiceorder~"
CHANGED = "city:journalline+1 city:practicecall~"
NAMED = "journalline+1 schoolpractice~"
ROWS = [
    Post("expertise:call_new", "darya", announce, ANNOUNCED, 422, contour="city"),
    Post("expertise_api:calls", "darya", announce_by_api, ANNOUNCED, 422, 201, contour="city", api="post"),
    Post("expertise:call", "darya", change, CHANGED, ANOTHER, contour="city"),
    Post("expertise_api:call_change", "darya", change_by_api, CHANGED, 200, 200, contour="city", api="post"),
    Post("practice_orders:stop", "boris", stop, "orderwaiter-1", 302),
    Post("practice_orders_api:stop", "boris", stop_by_api, "orderwaiter-1", 201, 201, api="post"),
    Post("school_practices:call", "boris", name, NAMED, ANOTHER),
    Post("school_practices_api:call", "boris", name_by_api, NAMED, 200, 200, api="post"),
]
