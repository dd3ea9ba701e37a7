"""Writes of the pool of experts: a pause, its end, and one's own place by the API."""

import datetime as dt

from best_practices import services as city
from best_practices.models import ExpertCandidate, ExpertProposal
from portal.core import clock
from portal.core.actor import Actor
from tenants import post
from tests.cast import BY_KEY
from tests.posts.practices import _checked, _proposed
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.practices.conftest import expert

OWN = "/api/v1/me/expert/"


def _day(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def _paused() -> ExpertCandidate:
    expert("nina")
    return city.pause_as_expert(first=_day(0), last=_day(9), by=Actor(user=BY_KEY["nina"].uuid))


def pause(w: World) -> Scene:
    typed = {"first": f"{_day(3):%d.%m.%Y}", "last": f"{_day(20):%d.%m.%Y}"}
    return Scene("/me/expert/pause/", typed, expert("nina"))


def pause_end(w: World) -> Scene:
    return Scene("/me/expert/pause/end/", {}, _paused(), "/me/expert/")


def join_by_api(w: World) -> Scene:
    return Scene(OWN, {"subjects": ["russian"], "difficulties": ["psy_ped.motivation"], "most_load": 2})


def change_by_api(w: World) -> Scene:
    return Scene(OWN, {"subjects": ["russian"], "most_load": 5}, expert("nina"))


def leave_by_api(w: World) -> Scene:
    return Scene(f"{OWN}leave/", {}, expert("nina"))


def pause_by_api(w: World) -> Scene:
    return Scene(f"{OWN}pause/", {"first": str(_day(3)), "last": str(_day(20))}, expert("nina"))


def pause_end_by_api(w: World) -> Scene:
    return Scene(f"{OWN}pause/end/", {}, _paused())


def answer_by_api(w: World) -> Scene:
    _proposed(w)
    post.deliver_everything()
    found = ExpertProposal.objects.get()
    return Scene(f"{OWN}proposals/{found.uuid}/answer/", {"accepted": True})


def assign_by_api(w: World) -> Scene:
    practice, nina = _checked(w)
    return Scene(f"/api/v1/practices/{practice.uuid}/experts/", {"expert": str(nina.uuid)})


CHANGED = "city:expertcandidate~ city:journalline+1"
JOINED = "city:expertcandidate+1 city:journalline+1"
ROWS = [
    Post("expertise:pause", "nina", pause, CHANGED, ANOTHER, contour="city"),
    Post("expertise:pause_end", "nina", pause_end, CHANGED, 302, contour="city"),
    Post("expertise_api:own_expert", "nina", join_by_api, JOINED, 409, 201, contour="city", api="post"),
    Post("expertise_api:own_expert", "nina", change_by_api, CHANGED, ANOTHER, 200, contour="city", api="put"),
    Post(
        "expertise_api:own_expert_leave", "nina", leave_by_api, CHANGED, 404, 200, contour="city", api="post"
    ),
    Post(
        "expertise_api:own_expert_pause",
        "nina",
        pause_by_api,
        CHANGED,
        ANOTHER,
        200,
        contour="city",
        api="post",
    ),
    Post(
        "expertise_api:own_expert_pause_end",
        "nina",
        pause_end_by_api,
        CHANGED,
        200,
        200,
        contour="city",
        api="post",
    ),
    Post(
        "expertise_api:own_expert_answer",
        "boris",
        answer_by_api,
        "city:expertcandidate+1 city:expertproposal-1 city:journalline+2 city:outbox+1",
        404,
        201,
        contour="city",
        api="post",
    ),
    Post(
        "expertise_api:practice_experts",
        "darya",
        assign_by_api,
        "city:jobs+1 city:journalline+1 city:notice+1 city:practice~ city:review+1",
        422,
        201,
        contour="city",
        api="post",
    ),
]
