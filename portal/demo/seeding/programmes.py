"""The programme of a pair: written from the difficulties, agreed, approved, marked line by line, summed up."""

import datetime as dt
from typing import Any

from portal.core.school_year import SchoolYear
from portal.demo.seeding import adoptions, meetings
from portal.demo.seeding.acting import moment
from portal.demo.seeding.city import content
from portal.demo.seeding.days import (
    APPROVED,
    CONFIRMED,
    RECOMMENDED,
    SHORT_SHARE,
    SUBMITTED,
    WHOLE_SHARE,
    WRITTEN,
    end_of_short_programme,
    shifted,
)
from portal.demo.seeding.diary import Story
from portal.demo.seeding.told import ToldPair
from portal.mentoring.workflow import PAIR
from portal.pair_work.models import Programme
from portal.pair_work.services import programmes as services
from portal.pair_work.workflow import PROGRAMME

RUNNING = ("in_progress", "correction", "final_review")
RETURN_COMMENT = "Первая цель прекрасная, но по ней нет ни одного дела. Добавьте хотя бы одно посещение урока, и подпишу сразу."
MORE_TIME = "Нужно больше времени на посещение уроков: оба класса ушли на карантин."


def tell(story: ToldPair) -> Story:
    """As far as the plan says; then the meetings, which go beside it."""
    target, day = story.plan.programme, story.signs_on
    is_short = target in ("final_review", "completed") or story.plan.state == "completed"
    yield moment(shifted(day, WRITTEN), 17)
    programme = _write(story, is_short=is_short)
    if target == "draft":
        return
    yield moment(shifted(day, SUBMITTED), 16)
    programme = services.submit_programme(programme, by=_mentor(story))
    if target == "agreed_by_pair":
        return
    yield moment(shifted(day, CONFIRMED), 18)
    for person in story.couple.mentees:
        programme = PROGRAMME.move(_again(programme), "confirm", by=story.maker.as_(person))
    if target == "smo_review":
        return
    yield from _decide(story, programme)
    if target in ("curator_review", "returned", "approved"):
        return
    story.maker.diary.write(_mark(story, programme), story.place)
    story.maker.diary.write(adoptions.take(story, programme, is_short=is_short), story.place)
    yield from meetings.tell(story, _again(programme))
    yield from _later(story, _again(programme), is_short=is_short)


def _decide(story: ToldPair, programme: Programme) -> Story:
    """The association, where it looks at programmes, then the curator."""
    if story.place.lead is not None:
        yield moment(shifted(story.signs_on, RECOMMENDED), 14)
        PROGRAMME.move(_again(programme), "recommend", by=story.place.by(story.place.lead))
    if story.plan.programme == "curator_review":
        return
    yield moment(shifted(story.signs_on, APPROVED), 11)
    if story.plan.programme == "returned":
        PROGRAMME.move(_again(programme), "return", by=story.maker.curator, comment=RETURN_COMMENT)
    else:
        PROGRAMME.move(_again(programme), "approve", by=story.maker.curator)


def _later(story: ToldPair, programme: Programme, *, is_short: bool) -> Story:
    """A correction that is open or sent; or the end, when both rate the goals."""
    if story.plan.programme.startswith("correction"):
        yield story.ago(3, 15)
        PROGRAMME.move(_again(programme), "correct", by=_mentor(story), comment=MORE_TIME)
        if story.plan.programme == "correction_sent":
            yield story.ago(2, 15)
            services.submit_programme(_again(programme), by=_mentor(story), comment=MORE_TIME)
    if is_short:
        yield moment(max(shifted(programme.ends_on, 1), shifted(story.signs_on, APPROVED + 1)), 13)
        PROGRAMME.move(_again(programme), "finish", by=_mentor(story))
        _rate(programme, _mentor(story))
        if "completed" in (story.plan.state, story.plan.programme):
            yield from _close(story, programme)


def _close(story: ToldPair, programme: Programme) -> Story:
    yield moment(shifted(programme.ends_on, 2), 13)
    for person in story.couple.mentees:
        _rate(programme, story.maker.as_(person))
    PROGRAMME.move(_again(programme), "complete", by=story.maker.curator)
    yield from adoptions.tell_outcomes(story, programme)
    if story.plan.state == "completed":
        yield moment(shifted(programme.ends_on, 3), 13)
        PAIR.move(story.again(), "complete", by=story.maker.principal)


def _rate(programme: Programme, by: Any) -> None:
    numbers = list(programme.goals.order_by("number").values_list("number", flat=True))
    ratings = {number: "yes" if number == 1 else "partly" for number in numbers}
    levels = {number: 1 if number == 1 else 2 for number in numbers}
    services.rate_goals(_again(programme), ratings, levels=levels, by=by)


def _mentor(story: ToldPair) -> Any:
    return story.maker.as_(story.couple.mentor)


def _again(programme: Programme) -> Programme:
    return Programme.objects.get(pk=programme.pk)


def _long_end(story: ToldPair, starts: dt.date) -> dt.date:
    return min(story.pair.planned_to, SchoolYear.of(starts).ends_on)


def _write(story: ToldPair, *, is_short: bool) -> Programme:
    row = story.words.programme
    starts = shifted(story.maker.today, 4) if story.plan.programme == "approved" else story.signs_on
    share = WHOLE_SHARE if story.plan.adopts else SHORT_SHARE
    short_end = end_of_short_programme(story.signs_on, story.maker.today, share)
    ends = short_end if is_short else _long_end(story, starts)
    return services.write_programme(
        story.pair,
        by=_mentor(story),
        goals=story.words.goals(),
        activities=_activities(story, starts, ends),
        starts_on=starts,
        ends_on=ends,
        title=row["title"],
        problem=row["problem"],
        goal=row["goal"],
        tasks=row["tasks"],
        expected=row["expected"],
        evaluation=row["evaluation"],
        roles="Наставник показывает и спрашивает, наставляемый пробует и рассказывает.",
        frequency="раз в неделю" if story.plan.is_frequent else "раз в две недели",
        place="кабинет наставника",
        channel="Сферум",
        difficulty_items=story.words.items,
        length_reason="Пара договорилась о своём сроке: так удобнее обоим.",
    )


def _activities(story: ToldPair, starts: dt.date, ends: dt.date) -> list[dict[str, Any]]:
    """The plan, spread evenly over the time of the programme."""
    lines, span = _lines(story), (ends - starts).days
    plan = []
    for number, (line, goal) in enumerate(lines):
        start = starts + dt.timedelta(days=span * number // len(lines))
        plan.append(
            {
                **{name: line[name] for name in ("block", "content", "expected")},
                "goal_number": goal,
                "work_form": line["form"],
                "responsible": "both",
                "starts_on": start,
                "ends_on": min(ends, start + dt.timedelta(days=21)),
            }
        )
    return plan


def _lines(story: ToldPair) -> list[tuple[dict[str, Any], int]]:
    """Lines of the plan with the number of their goal; the pair that is told in full has lines for each of its goals."""
    own = story.words.programme["activities"]
    if not story.plan.is_frequent:
        return [(line, number % len(story.words.items) + 1) for number, line in enumerate(own)]
    by_item = {row["items"][0]: row["activities"] for row in content("mentoring")["programme"]}
    chosen = [
        (line, goal) for goal, item in enumerate(story.words.items, 1) for line in by_item[item][: 6 - goal]
    ]
    return [
        pair
        for turn in range(5)
        for pair in chosen
        if [line for line, goal in chosen if goal == pair[1]].index(pair[0]) == turn
    ]


def _mark(story: ToldPair, programme: Programme) -> Story:
    """Lines of the plan are marked as they are done."""
    today, first = story.maker.today, shifted(story.signs_on, APPROVED + 1)
    last = programme.ends_on if story.plan.state == "completed" else shifted(today, -2)
    for row in programme.activities.filter(ends_on__lt=today).order_by("number"):
        yield moment(max(first, min(row.ends_on, last)), 15)
        programme = _again(programme)
        if programme.state in RUNNING:
            services.mark_activity(
                programme, row.number, by=_mentor(story), mark="done", result="Сделали, записали, что менять."
            )
