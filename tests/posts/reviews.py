"""Writes of an expert's assignment and of the reserve: by the pages and by the API."""

import datetime as dt
from typing import Any

from best_practices import services as city
from best_practices.models import Review
from portal.core import clock
from tests.posts.practices import _accepted, _assigned, _received
from tests.posts.rows import Post, Scene, World
from tests.practices.conftest import expert


def accept(w: World) -> Scene:
    found = _assigned(w)
    page = f"/expertise/{found.uuid}/"
    return Scene(f"{page}accept/", {}, found, page)


def _with_reserve(w: World) -> Review:
    found = _assigned(w)
    city.name_reserve(found.practice, [expert("pavel").user_id], by=w.who("darya"))
    return Review.objects.get(pk=found.pk)


def replace(w: World) -> Scene:
    found = _with_reserve(w)
    return Scene(f"/expertise/{found.uuid}/replace/", {"reason": "Эксперт попросил его заменить."}, found)


LATER = clock.today() + dt.timedelta(days=40)
WHY = "Эксперт попросил ещё неделю: болеет."


def prolong(w: World) -> Scene:
    found = _assigned(w)
    typed = {"until": f"{LATER:%d.%m.%Y}", "comment": WHY}
    return Scene(f"/expertise/{found.uuid}/prolong/", typed, found)


def reserve(w: World) -> Scene:
    found = _assigned(w).practice
    return Scene(f"/practices/{found.uuid}/reserve/", {"place_1": str(expert("pavel").uuid)}, found)


def _by_api(path: str, body: dict[str, Any], obj: Any) -> Scene:
    return Scene(f"/api/v1/{path}", body, obj)


def api_accept(w: World) -> Scene:
    found = _assigned(w)
    return _by_api(f"reviews/{found.uuid}/move/", {"verb": "accept"}, found)


def api_replace(w: World) -> Scene:
    found = _with_reserve(w)
    return _by_api(f"sheets/{found.uuid}/move/", {"verb": "replace", "comment": WHY}, found)


def api_reserve(w: World) -> Scene:
    found = _assigned(w).practice
    return _by_api(f"practices/{found.uuid}/reserve/", {"experts": [str(expert("pavel").uuid)]}, found)


def api_move(w: World) -> Scene:
    found = _received(w)
    return _by_api(f"practices/{found.uuid}/move/", {"verb": "receive"}, found)


def remarks(w: World) -> Scene:
    found = _assigned(w).practice
    return Scene(
        f"/practices/{found.uuid}/remarks/", {"remark_goal": "Назовите срок, к которому ждали."}, found
    )


def api_remarks(w: World) -> Scene:
    found = _assigned(w).practice
    return _by_api(f"practices/{found.uuid}/remarks/", {"goal": "Назовите срок, к которому ждали."}, found)


def api_draft(w: World) -> Scene:
    found = _accepted(w)
    draft = city.save_draft(found, city.Written({"comment": "Начало."}), by=w.who("nina"))
    return _by_api(f"reviews/{found.uuid}/draft/", {"c1": 8, "comment": "Начало хорошее."}, draft)


REPLACED = "city:jobs+1 city:journalline+2 city:notice+2 city:practice~ city:review+1"
NAMED = "city:journalline+1 city:practice~"
ANSWERED = "city:journalline+1 city:review~"
PROLONGED = "city:journalline+1 city:notice+1 city:review~"
MOVED = "city:journalline+1 city:outbox+1 city:practice~"
BY_API: dict[str, Any] = {"first": 200, "contour": "city"}
REMARKED = "city:journalline+1 city:practice~ city:remark+1"
ROWS = [
    Post("expertise:remarks", "darya", remarks, REMARKED, 302, contour="city"),
    Post("expertise_api:remarks", "darya", api_remarks, REMARKED, 200, api="put", **BY_API),
    Post("expertise_api:review_draft", "nina", api_draft, "city:sheetdraft~", 200, api="put", **BY_API),
    Post("expertise:accept", "nina", accept, ANSWERED, contour="city"),
    Post("expertise:replace", "darya", replace, REPLACED, contour="city"),
    Post("expertise:prolong", "darya", prolong, PROLONGED, 422, contour="city"),
    Post("expertise:reserve", "darya", reserve, NAMED, 302, contour="city"),
    Post("expertise_api:review_move", "nina", api_accept, ANSWERED, api="post", **BY_API),
    Post("expertise_api:sheet_move", "darya", api_replace, REPLACED, api="post", **BY_API),
    Post("expertise_api:reserve", "darya", api_reserve, NAMED, 200, api="put", **BY_API),
    Post("expertise_api:practice_move", "darya", api_move, MOVED, api="post", **BY_API),
]
