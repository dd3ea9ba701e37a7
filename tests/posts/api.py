"""Writes of the API: the same acts as the pages', by JSON, If-Match and Idempotency-Key."""

import json
from typing import Any

from portal.core import clock
from portal.pair_work import services
from tests.posts import mentoring_working as working
from tests.posts.mentoring_forming import ROOT as ROOT_OF_PAGES
from tests.posts.mentoring_forming import uuid_for
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.workflows import mentoring_scenes as scene

ROOT = "/s/5/api/v1/"


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON carries it."""
    return dict(json.loads(json.dumps(values, default=str)))


def pairs(w: World) -> Scene:
    scene.a_need(w.who)
    scene.a_card(w.who)
    return Scene(
        f"{ROOT}pairs/", plain({**scene.terms(), "mentor": uuid_for("boris"), "mentees": [uuid_for("vera")]})
    )


def pair_move(w: World) -> Scene:
    pair = scene.proposed(w.who)
    return Scene(
        f"{ROOT}pairs/{pair.uuid}/moves/",
        {"verb": "withdraw", "comment": "Передумали: найдём другого."},
        pair,
    )


def pair_programmes(w: World) -> Scene:
    pair = scene.active(w.who)
    return Scene(f"{ROOT}pairs/{pair.uuid}/programmes/", plain(scene.text(pair)))


def programme(w: World) -> Scene:
    row = scene.written(w.who)
    return Scene(
        f"{ROOT}programmes/{row.uuid}/",
        plain({**scene.text(row.pair), "title": "Другое название"}),
        row,
        later=lambda: services.submit_programme(row, by=w.who("boris")),
    )


def programme_practice(w: World) -> Scene:
    row = scene.completed(w.who)
    return Scene(f"{ROOT}programmes/{row.uuid}/practice/")


def programme_move(w: World) -> Scene:
    row = scene.submitted(w.who)
    return Scene(f"{ROOT}programmes/{row.uuid}/moves/", {"verb": "confirm"}, row)


def pair_meetings(w: World) -> Scene:
    pair = scene.active(w.who)
    return Scene(
        f"{ROOT}pairs/{pair.uuid}/meetings/",
        {"topic": "Листы самооценки", "planned_at": clock.now().isoformat()},
    )


def _planned(w: World) -> Any:
    return services.plan_meeting(
        scene.active(w.who), by=w.who("boris"), planned_at=scene.earlier_today(1), topic="Листы самооценки"
    )


def meeting_record(w: World) -> Scene:
    row = _planned(w)
    return Scene(
        f"{ROOT}meetings/{row.uuid}/record/",
        {"duration_min": 45},
        row,
        later=lambda: services.confirm_meeting(row, by=w.who("vera")),
    )


def meeting_confirm(w: World) -> Scene:
    row = services.record_meeting(_planned(w), by=w.who("boris"), duration_min=45)
    return Scene(f"{ROOT}meetings/{row.uuid}/confirm/", {"feedback": 5}, row)


def meeting_move(w: World) -> Scene:
    row = _planned(w)
    return Scene(f"{ROOT}meetings/{row.uuid}/moves/", {"verb": "cancel"}, row)


def activity_mark(w: World) -> Scene:
    page = working.activity_mark(w)
    url = page.url.replace(ROOT_OF_PAGES, ROOT)
    return Scene(f"{url}mark/", dict(page.fields), page.obj, later=page.later)


def programme_goals(w: World) -> Scene:
    page = working.programme_goals(w)
    goals = [{"number": number, "rating": "yes"} for number in (1, 2)]
    return Scene(page.url.replace(ROOT_OF_PAGES, ROOT), {"goals": goals}, page.obj, later=page.later)


def meeting_log(w: World) -> Scene:
    pair = scene.active(w.who)
    return Scene(
        f"{ROOT}pairs/{pair.uuid}/meetings/log/",
        {
            "topic": "Листы самооценки",
            "started_at": scene.earlier_today(1).isoformat(),
            "duration_min": 45,
        },
    )


ROWS = [
    Post(
        "pair_work_api:activity_mark",
        "vera",
        activity_mark,
        "journalline+1 programmeactivity~",
        409,
        200,
        api="post",
    ),
    Post(
        "pair_work_api:programme_goals",
        "boris",
        programme_goals,
        "journalline+1 programmegoal~",
        409,
        200,
        api="post",
    ),
    Post(
        "pair_work_api:meeting_log",
        "boris",
        meeting_log,
        "journalline+2 meeting+1 notice+1",
        ANOTHER,
        201,
        api="post",
    ),
    Post(
        "mentoring_api:pairs",
        "anna",
        pairs,
        "journalline+1 pair+1 pairmentee+1 pairstage+1",
        422,
        201,
        api="post",
    ),
    Post(
        "mentoring_api:pair_move",
        "anna",
        pair_move,
        "journalline+1 notice+2 pairstage~ pair~",
        409,
        200,
        api="post",
    ),
    Post(
        "pair_work_api:pair_programmes",
        "boris",
        pair_programmes,
        "journalline+1 programme+1 programmeactivity+3 programmegoal+2 programmestage+1",
        409,
        201,
        api="post",
    ),
    Post(
        "pair_work_api:programme",
        "boris",
        programme,
        "journalline+1 programmeactivity~ programmegoal~ programme~",
        409,
        200,
        api="put",
    ),
    Post(
        "pair_work_api:programme_practice",
        "boris",
        programme_practice,
        "authorship+1 journalline+1 practicewords+1 programmepractice+1 schoolpractice+1",
        200,
        201,
        api="post",
    ),
    Post(
        "pair_work_api:programme_move",
        "vera",
        programme_move,
        "journalline+2 notice+1 programmeconfirmation+1 programmestage~ programme~",
        409,
        200,
        api="post",
    ),
    Post(
        "pair_work_api:pair_meetings",
        "boris",
        pair_meetings,
        "journalline+1 meeting+1",
        ANOTHER,
        201,
        api="post",
    ),
    Post(
        "pair_work_api:meeting_record",
        "boris",
        meeting_record,
        "journalline+1 meeting~ notice+1",
        409,
        200,
        api="post",
    ),
    Post(
        "pair_work_api:meeting_confirm",
        "vera",
        meeting_confirm,
        "journalline+1 meeting~",
        409,
        200,
        api="post",
    ),
    Post(
        "pair_work_api:meeting_move",
        "boris",
        meeting_move,
        "journalline+1 meeting~ notice+1",
        409,
        200,
        api="post",
    ),
]
