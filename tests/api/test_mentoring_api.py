"""The API of mentoring: the pattern of every write (ETag, If-Match, repeat key, one error shape)."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.mentoring.models import Pair
from portal.pair_work.models import Meeting
from portal.school_records.models import ReadLine
from tests.workflows import mentoring_scenes as scene

As = Callable[[str], Client]
ROOT = "/s/5/api/v1/"


@pytest.fixture
def who(school5: Any, actor: Callable[..., Actor]) -> Callable[[str], Actor]:
    actors = {key: actor(key, school5) for key in ("anna", "boris", "vera", "zhanna", "irina", "lev")}
    return lambda key: actors[key]


def _send(client: Client, path: str, body: Any, method: str = "post", **headers: str) -> Any:
    sent = {"If-Match": headers.pop("match", None), "Idempotency-Key": headers.pop("key", None)}
    return getattr(client, method)(
        ROOT + path,
        json.dumps(body),
        content_type="application/json",
        headers={k: v for k, v in sent.items() if v},
    )


def _proposal(inside: Any, school5: Any) -> dict[str, Any]:
    with inside(school5):
        today = clock.today()
        return {
            "mentor": str(scene.person("boris").uuid),
            "mentees": [str(scene.person("vera").uuid)],
            "form": "teacher_teacher",
            "role_model": "experienced_young",
            "kinds": ["traditional"],
            "selection": "опыт",
            "planned_from": today.isoformat(),
            "planned_to": scene.last_day().isoformat(),
        }


def test_a_pair_is_proposed_once_and_moved_by_its_version(
    as_: As, who: Any, inside: Any, school5: Any
) -> None:
    with inside(school5):
        scene.a_need(who)
        scene.a_card(who)
    client, body = as_("anna"), _proposal(inside, school5)
    refused = _send(client, "pairs/", {**body, "kinds": ["virtual"]})
    assert (
        refused.status_code,
        refused.json()["error"]["code"],
        list(refused.json()["error"]["fields"]),
    ) == (422, "virtual_channel", ["channel"])
    first, again = (_send(client, "pairs/", body, key="один") for _ in range(2))
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    with inside(school5):
        assert Pair.objects.count() == 1
    pair = first.json()
    assert first["ETag"] == f'"{pair["version"]}"'
    path = f"pairs/{pair['uuid']}/moves/"
    wanted = _send(client, path, {"verb": "ask"})
    assert (wanted.status_code, wanted.json()["error"]["code"]) == (428, "version_wanted")
    moved = _send(client, path, {"verb": "ask"}, match=first["ETag"])
    assert (moved.status_code, moved.json()["state"]) == (200, "consent_pending")
    stale = _send(client, path, {"verb": "withdraw", "comment": "передумали"}, match=first["ETag"])
    assert (
        stale.status_code,
        stale.json()["error"]["code"],
        stale.json()["current"]["state"],
        stale.json()["sent"]["verb"],
    ) == (
        409,
        "stale",
        "consent_pending",
        "withdraw",
    )
    assert _send(client, path, {"verb": "fly"}, match=moved["ETag"]).status_code == 422
    assert (
        _send(as_("boris"), path, {"verb": "withdraw", "comment": "нет"}, match=moved["ETag"]).status_code
        == 403
    )
    assert (
        _send(as_("gleb"), path, {"verb": "withdraw", "comment": "нет"}, match=moved["ETag"]).status_code
        == 404
    )


def test_programme_and_meeting_by_the_api(as_: As, who: Any, inside: Any, school5: Any) -> None:
    with inside(school5):
        pair = scene.active(who)
        text = json.loads(json.dumps(scene.text(pair), default=str))
        pair_uuid = pair.uuid
    mentor, mentee, anna = as_("boris"), as_("vera"), as_("anna")
    assert _send(mentee, f"pairs/{pair_uuid}/programmes/", text).status_code == 403
    made = _send(mentor, f"pairs/{pair_uuid}/programmes/", text)
    assert made.status_code == 201, made.json()
    path = f"programmes/{made.json()['uuid']}/"
    assert _send(mentor, path, text, "put").status_code == 428
    changed = _send(mentor, path, {**text, "title": "Другое название"}, "put", match=made["ETag"])
    assert (changed.status_code, changed.json()["title"]) == (200, "Другое название")
    stale = _send(mentor, path, text, "put", match=made["ETag"])
    assert (stale.status_code, stale.json()["current"]["title"], stale.json()["sent"]["title"]) == (
        409,
        "Другое название",
        text["title"],
    )
    sent = _send(mentor, path + "moves/", {"verb": "submit"}, match=changed["ETag"])
    assert (sent.status_code, sent.json()["state"]) == (200, "agreed_by_pair")
    agreed = _send(mentee, path + "moves/", {"verb": "confirm"}, match=sent["ETag"])
    assert agreed.json()["state"] == "curator_review"
    assert (
        _send(anna, path + "moves/", {"verb": "approve"}, match=agreed["ETag"]).json()["state"]
        == "in_progress"
    )
    planned = _send(
        mentee,
        f"pairs/{pair_uuid}/meetings/",
        {"topic": "Листы самооценки", "planned_at": clock.now().isoformat()},
    )
    assert planned.status_code == 201, planned.json()
    meeting = f"meetings/{planned.json()['uuid']}/"
    bad = _send(mentor, meeting + "record/", {"duration_min": 1}, match=planned["ETag"])
    assert (bad.status_code, bad.json()["error"]["code"]) == (422, "duration")
    recorded = _send(mentor, meeting + "record/", {"duration_min": 45}, match=planned["ETag"])
    assert recorded.json()["state"] == "held_unconfirmed"
    assert _send(mentor, meeting + "confirm/", {}, match=recorded["ETag"]).status_code == 403
    assert (
        _send(mentee, meeting + "confirm/", {"feedback": 5}, match=recorded["ETag"]).json()["state"]
        == "confirmed"
    )
    future = _send(
        mentor,
        f"pairs/{pair_uuid}/meetings/",
        {"topic": "Дальше", "planned_at": (clock.now() + dt.timedelta(days=2)).isoformat()},
    )
    later = (clock.now() + dt.timedelta(days=4)).isoformat()
    moved = _send(
        mentor,
        f"meetings/{future.json()['uuid']}/moves/",
        {"verb": "move", "planned_at": later},
        match=future["ETag"],
    )
    assert moved.json()["state"] == "planned"
    with inside(school5):
        assert Meeting.objects.count() == 3


READS = ("needs/", "mentor-cards/", "pairs/", "programmes/", "mentoring/coverage/")


def test_reads_are_those_of_the_pages_and_are_journalled(
    as_: As, who: Any, inside: Any, school5: Any
) -> None:
    with inside(school5):
        programme = scene.running(who)
        pair = programme.pair.uuid
        need = programme.pair.pair_mentees.get().need.uuid  # type: ignore[union-attr]
    for path in (
        *READS,
        f"pairs/{pair}/",
        f"pairs/{pair}/meetings/",
        f"programmes/{programme.uuid}/",
        f"needs/{need}/",
    ):
        assert as_("anna").get(ROOT + path).status_code == 200, path
        assert as_("gleb").get(ROOT + path).status_code == 404, path
        assert as_("").get(ROOT + path).status_code == 401, path
    assert as_("vera").get(ROOT + "pairs/").json()["count"] == 1
    assert as_("lev").get(ROOT + "pairs/").json()["count"] == 1
    with inside(school5):
        assert ReadLine.objects.filter(page__contains=str(pair)).exists()
