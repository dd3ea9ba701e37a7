"""Writes of programmes and meetings."""

import datetime as dt
from typing import Any

from portal.core import clock
from portal.pair_work import services
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.workflow import PROGRAMME
from tests.posts.mentoring_forming import ROOT, day
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.workflows import mentoring_scenes as scene

TOLD = {
    "how": "held",
    "format": "in_person",
    "duration_min": "45",
    "content": "Разобрали листы самооценки и два фрагмента урока.",
}


def _posted(rows: list[dict[str, Any]], prefix: str, known: int) -> dict[str, Any]:
    filled = {
        f"{prefix}-{n}-{name}": day(value) if isinstance(value, dt.date) else str(value)
        for n, row in enumerate(rows)
        for name, value in row.items()
    }
    return {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(known), **filled}


def _text(pair: Any, *, known: bool = False) -> dict[str, Any]:
    values = scene.text(pair)
    rows = {
        **_posted(values.pop("goals"), "goals", 2 * known),
        **_posted(values.pop("activities"), "activities", 3 * known),
    }
    return {
        **{name: day(value) if isinstance(value, dt.date) else value for name, value in values.items()},
        **rows,
    }


def programme_new(w: World) -> Scene:
    pair = scene.active(w.who)
    return Scene(f"{ROOT}pairs/{pair.uuid}/programme/", _text(pair))


def programme_edit(w: World) -> Scene:
    row = scene.written(w.who)
    return Scene(
        f"{ROOT}programmes/{row.uuid}/edit/",
        {**_text(row.pair, known=True), "title": "Первый год в школе: темп урока"},
        row,
        later=lambda: services.submit_programme(row, by=w.who("boris")),
    )


def programme_move(w: World) -> Scene:
    row = scene.submitted(w.who)
    page = f"{ROOT}programmes/{row.uuid}/"
    return Scene(
        f"{page}move/",
        {"verb": "ask_changes", "comment": "Добавьте, пожалуйста, взаимное посещение уроков."},
        row,
        page,
    )


def _finished(w: World) -> Programme:
    row = scene.running(w.who)
    for number in (1, 2, 3):
        services.mark_activity(row, number, by=w.who("vera"), mark="done")
    return PROGRAMME.move(row, "finish", by=w.who("boris"))


def _completed(w: World, row: Programme) -> None:
    """The pair finishes, both rate the goals, the curator closes the programme."""
    if row.state != "final_review":
        for number in (1, 2, 3):
            services.mark_activity(row, number, by=w.who("vera"), mark="done")
        PROGRAMME.move(row, "finish", by=w.who("boris"))
    for key in ("boris", "vera"):
        services.rate_goals(row, {1: "yes", 2: "yes"}, by=w.who(key))
    PROGRAMME.move(row, "complete", by=w.who("anna"))


def programme_goals(w: World) -> Scene:
    row = _finished(w)
    page = f"{ROOT}programmes/{row.uuid}/"
    return Scene(
        f"{page}goals/", {"goal_1": "yes", "goal_2": "partly"}, row, page, later=lambda: _completed(w, row)
    )


def programme_practice(w: World) -> Scene:
    row = scene.completed(w.who)
    page = f"{ROOT}programmes/{row.uuid}/"
    return Scene(f"{page}practice/", page=page)


def activity_mark(w: World) -> Scene:
    row = scene.running(w.who)
    return Scene(
        f"{ROOT}programmes/{row.uuid}/activities/1/",
        {"mark": "done", "result": "Разобрали план урока и составили карту темпа."},
        row.activities.get(number=1),
        later=lambda: _completed(w, row),
    )


def meeting_new(w: World) -> Scene:
    pair = scene.active(w.who)
    return Scene(
        f"{ROOT}pairs/{pair.uuid}/meetings/new/",
        {
            "topic": "Листы самооценки на уроке математики",
            "day": day(clock.today()),
            "time": "23:59",  # ahead at any hour: of a day that is behind nobody is told
            "format": "in_person",
        },
    )


def meeting_log(w: World) -> Scene:
    pair = scene.active(w.who)
    return Scene(
        f"{ROOT}pairs/{pair.uuid}/meetings/log/",
        {**TOLD, "topic": "Листы самооценки", "held_on": day(clock.today()), "time": "00:00"},
    )


def _planned(w: World, hours: int = -1) -> Meeting:
    pair = scene.active(w.who)
    moment = clock.now() + dt.timedelta(hours=hours) if hours > 0 else scene.earlier_today(-hours)
    return services.plan_meeting(pair, by=w.who("boris"), planned_at=moment, topic="Листы самооценки")


def _recorded(w: World) -> Meeting:
    row = _planned(w)
    return services.record_meeting(row, by=w.who("boris"), duration_min=45)


def _meeting(row: Meeting, address: str, fields: dict[str, Any], page: str | None = None) -> Scene:
    return Scene(f"{ROOT}meetings/{row.uuid}/{address}/", fields, row, page)


def meeting_record(w: World) -> Scene:
    row = _planned(w)
    made = _meeting(row, "record", {**TOLD, "note": "Не забыть принести карту урока"})
    made.later = lambda: services.confirm_meeting(row, by=w.who("vera"))
    return made


def meeting_confirm(w: World) -> Scene:
    return _meeting(_recorded(w), "confirm", {"feedback": "5"})


def meeting_dispute(w: World) -> Scene:
    return _meeting(_recorded(w), "dispute", {"comment": "Мы встречались в среду, а не во вторник."})


def meeting_move(w: World) -> Scene:
    return _meeting(
        _planned(w, 48), "move", {"day": day(clock.today() + dt.timedelta(days=5)), "time": "15:00"}
    )


def meeting_cancel(w: World) -> Scene:
    row = _planned(w, 48)
    return _meeting(row, "cancel", {"verb": "cancel"}, f"{ROOT}meetings/{row.uuid}/")


def meeting_note(w: World) -> Scene:
    row = _recorded(w)
    services.keep_note(row, "Первая заметка", by=w.who("boris"))
    made = _meeting(
        row, "note", {"note": "Спросить про карту темпа урока в пятом классе"}, f"{ROOT}meetings/{row.uuid}/"
    )
    made.obj = row.notes.get()
    made.later = lambda: services.keep_note(row, "Другая вкладка успела раньше", by=w.who("boris"))
    return made


ROWS = [
    Post(
        "pair_work:programme_new",
        "boris",
        programme_new,
        "journalline+1 programme+1 programmeactivity+3 programmegoal+2 programmestage+1",
        422,
    ),
    Post(
        "pair_work:programme_edit",
        "boris",
        programme_edit,
        "journalline+1 programmeactivity~ programmegoal~ programme~",
    ),
    Post(
        "pair_work:programme_move",
        "vera",
        programme_move,
        "journalline+1 notice+1 programmestage~ programme~",
    ),
    Post("pair_work:programme_goals", "boris", programme_goals, "journalline+1 programmegoal~"),
    Post(
        "pair_work:programme_practice",
        "boris",
        programme_practice,
        "authorship+1 journalline+1 practicewords+1 programmepractice+1 schoolpractice+1",
        302,
    ),
    Post("pair_work:activity_mark", "vera", activity_mark, "journalline+1 programmeactivity~"),
    Post("pair_work:meeting_new", "boris", meeting_new, "journalline+1 meeting+1 notice+1", ANOTHER),
    Post("pair_work:meeting_log", "boris", meeting_log, "journalline+2 meeting+1 notice+1", ANOTHER),
    Post(
        "pair_work:meeting_record", "boris", meeting_record, "journalline+1 meetingnote+1 meeting~ notice+1"
    ),
    Post("pair_work:meeting_confirm", "vera", meeting_confirm, "journalline+1 meeting~"),
    Post("pair_work:meeting_dispute", "vera", meeting_dispute, "journalline+1 meeting~ notice+1"),
    Post("pair_work:meeting_move", "boris", meeting_move, "journalline+2 meeting+1 notice+1"),
    Post("pair_work:meeting_cancel", "boris", meeting_cancel, "journalline+1 meeting~ notice+1"),
    Post("pair_work:meeting_note", "boris", meeting_note, "meetingnote~", ANOTHER),
]
