"""The meetings of a pair: planned, held, recorded by one and confirmed by the other; the last ones still ask something of somebody."""

import datetime as dt
from typing import Any

from portal.demo.seeding.acting import moment
from portal.demo.seeding.days import shifted
from portal.demo.seeding.diary import Story
from portal.demo.seeding.told import ToldPair
from portal.pair_work.models import Programme
from portal.pair_work.services import meetings
from portal.pair_work.workflow import MEETING

SETTLED = 6
"""Working days before today after which nothing of a meeting is settled any more."""
MOST, MOST_FREQUENT = 5, 12
TIMES = ((13, 30), (14, 20), (15, 5), (14, 40))
MINUTES = (40, 30, 45, 35, 60)
BRIEF = "Встречались не сорок минут, а двадцать: поправьте, пожалуйста."
AGO = {"missed": 5, "from_mentee": 2, "disputed": 2, "confirmed": 2, "answer": 1, "open": 1}
"""How many working days ago a last meeting of this kind was."""


def tell(story: ToldPair, programme: Programme) -> Story:
    """The settled meetings in even steps, the last ones as the plan says, and one that is ahead."""
    diary = _Journal(story, programme)
    for number, day in enumerate(_days(story)):
        yield from diary.settled(number, day)
    if story.plan.state == "active" and "speed" not in story.plan.kinds:
        for how in story.plan.last:
            story.maker.diary.write(diary.unsettled(how), story.place)
        if story.plan.last:
            story.maker.diary.write(diary.ahead(), story.place)


def _days(story: ToldPair) -> list[dt.date]:
    first, over = shifted(story.signs_on, 8), shifted(story.maker.today, -SETTLED - 1)
    if story.plan.state == "completed" or story.plan.programme in ("final_review", "completed"):
        over = min(over, story.maker.today - (story.maker.today - story.signs_on) * 0.35)
    if story.plan.state == "terminated":
        over = shifted(story.maker.today, -11)
    most = 1 if "speed" in story.plan.kinds else MOST
    if story.plan.is_frequent:
        most = MOST_FREQUENT
    step = max(7 if story.plan.is_frequent else 14, (over - first).days // most + 1)
    days = [shifted(first + dt.timedelta(days=step * n), 0) for n in range(most)]
    return [day for day in (_working(day) for day in days) if day <= over]


def _working(day: dt.date) -> dt.date:
    return shifted(day - dt.timedelta(days=1), 1)


class _Journal:
    """How this pair meets."""

    def __init__(self, story: ToldPair, programme: Programme) -> None:
        self.story, self.pair = story, story.pair
        self.mentor = story.maker.as_(story.couple.mentor)
        self.mentee = story.maker.as_(story.couple.mentees[0])
        self.lines = list(programme.activities.order_by("number"))
        self.told = self.pair.pk * 7

    def text(self) -> dict[str, Any]:
        self.told += 1
        rows = self.story.words.meetings
        return rows[self.told % len(rows)]

    def plan(self, day: dt.date, by: Any, row: dict[str, Any]) -> Any:
        hour, minute = TIMES[self.pair.pk % len(TIMES)]
        line = next((line for line in reversed(self.lines) if line.starts_on <= day), None)
        how = "lesson" if line and line.work_form == "lesson_visit" else "in_person"
        if "virtual" in self.story.plan.kinds:
            how = "vcs"
        return meetings.plan_meeting(
            self.pair,
            by=by,
            planned_at=moment(day, hour, minute),
            topic=row["topic"],
            format=how,
            activity=line,
            place="" if how == "vcs" else "кабинет наставника",
        )

    def record(self, meeting: Any, by: Any, row: dict[str, Any]) -> Any:
        return meetings.record_meeting(
            meeting,
            by=by,
            duration_min=MINUTES[self.told % len(MINUTES)],
            content=row["content"],
            recommendations=row["advice"],
            task=row["task"],
        )

    def settled(self, number: int, day: dt.date) -> Story:
        """Planned two days before, held, recorded and confirmed; one in seven is moved, one is cancelled."""
        row, turn = self.text(), (self.pair.pk + number) % 7
        yield moment(shifted(day, -2), 9, 30)
        meeting = self.plan(day, self.mentor if number % 3 else self.mentee, row)
        if turn == 3:
            yield moment(day, 8, 30)
            MEETING.move(meeting, "cancel", by=self.mentee)
            return
        if turn == 5:
            yield moment(day, 9)
            day = shifted(day, 1)
            meeting = meetings.move_meeting(meeting, by=self.mentor, planned_at=moment(day, 13, 30))
        yield moment(day, 17)
        meeting = self.record(meeting, self.mentor, row)
        yield moment(day, 20)
        meetings.confirm_meeting(meeting, by=self.mentee, feedback=5 if turn % 2 else 4)

    def unsettled(self, how: str) -> Story:
        """A last meeting: it waits for a record, for an answer, for a correction."""
        day, row = shifted(self.story.maker.today, -AGO[how]), self.text()
        by, other = (self.mentee, self.mentor) if how == "from_mentee" else (self.mentor, self.mentee)
        if day <= shifted(self.story.signs_on, 6):
            return
        yield moment(shifted(day, -1), 10)
        meeting = self.plan(day, by, row)
        if how in ("missed", "open"):
            return
        yield moment(day, 17)
        meeting = self.record(meeting, by, row)
        if how == "disputed":
            yield moment(day, 20)
            MEETING.move(meeting, "dispute", by=other, comment=BRIEF)
        elif how == "confirmed":
            yield moment(day, 20)
            meetings.confirm_meeting(meeting, by=other, feedback=5)

    def ahead(self) -> Story:
        day = shifted(self.story.maker.today, 3)
        if day <= self.pair.planned_to:
            yield moment(shifted(self.story.maker.today, -1), 18)
            self.plan(day, self.mentor, self.text())
