"""The work of a pair: its programme, its plan, its meetings, week by week."""

import datetime as dt
from typing import Any

from portal.core import clock
from portal.demo.seeding.acting import moment
from portal.mentoring.models import Pair, Programme
from portal.mentoring.services import meetings
from portal.mentoring.services import programmes as services
from portal.staff.models import Employee

EARLY = ("draft", "agreed_by_pair", "curator_review", "returned", "approved", "correction")
"""States of programmes which the active pairs are dealt in turn; all others are in progress."""


class Story:
    """Told in the order in which it happened, each step at its own day."""

    dealt = 0

    def __init__(self, maker: Any, pair: Pair, mentor: Employee, mentee: Employee) -> None:
        self.maker, self.pair, self.mentor, self.mentee = maker, pair, mentor, mentee
        self.begins, self.today = maker.begins, maker.today
        self.by_mentor, self.by_mentee = maker.as_(mentor), maker.as_(mentee)

    def tell(self, state: str) -> None:
        """Programme and meetings as far as the pair's state lets them go."""
        programme = self.write(short=state == "completed")
        target = self.target(state)
        if not self.bring(programme, target):
            return
        self.meet()
        if state == "completed":
            self.finish(programme)

    def target(self, state: str) -> str:
        """School 5's own pair runs; of the other active ones every third stands somewhere on the way."""
        if state != "active" or self.maker.place.facts["number"] == 5:
            return "in_progress"
        Story.dealt += 1
        return EARLY[(Story.dealt // 2) % len(EARLY)] if Story.dealt % 2 == 0 and Story.dealt <= 26 else "in_progress"

    def write(self, *, short: bool) -> Programme:
        row = self.maker.text("programme")
        ends = self.today - dt.timedelta(days=1) if short else self.maker.ends
        with clock.at(moment(self.begins + dt.timedelta(days=3))):
            return services.write_programme(self.pair, by=self.by_mentor, goals=self.goals(row), activities=self.activities(row, ends), starts_on=self.begins, ends_on=ends,
                                            title=row["title"], problem=row["problem"], goal=row["goal"], tasks=row["tasks"], expected=row["expected"],
                                            evaluation=row["evaluation"], roles="Наставник показывает и спрашивает, наставляемый пробует и рассказывает.",
                                            frequency="раз в неделю", place="кабинет наставника", channel="Сферум", difficulty_items=row["items"],
                                            length_reason="Пара договорилась о коротком сроке: цель одна.")  # fmt: skip

    def goals(self, row: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"difficulty": item, "target": text, "indicator": "самооценка по шкале 0–3", "baseline": 3, "target_level": 1}
            for item, text in zip(row["items"], row["goals"], strict=True)
        ]

    def activities(self, row: dict[str, Any], ends: dt.date) -> list[dict[str, Any]]:
        span = (ends - self.begins).days
        plan = []
        for number, line in enumerate(row["activities"]):
            start = self.begins + dt.timedelta(days=span * number // len(row["activities"]))
            plan.append({"goal_number": number % len(row["goals"]) + 1, "block": line["block"], "content": line["content"], "work_form": line["form"], "responsible": "both",
                         "expected": line["expected"], "starts_on": start, "ends_on": min(ends, start + dt.timedelta(days=21))})  # fmt: skip
        return plan

    def bring(self, programme: Programme, target: str) -> bool:
        """Walk SM-4 to the target; says whether the programme runs."""
        if target == "draft":
            return False
        with clock.at(moment(self.begins + dt.timedelta(days=5))):
            programme = services.submit_programme(programme, by=self.by_mentor)
        if target == "agreed_by_pair":
            return False
        with clock.at(moment(self.begins + dt.timedelta(days=6))):
            services.confirm_programme(programme, by=self.by_mentee)
        if target == "curator_review":
            return False
        programme = Programme.objects.get(pk=programme.pk)
        if target == "returned":
            services.move_programme(programme, "return", by=self.maker.curator, comment="Вторая цель без срока: допишите, к какому месяцу ждёте результат.")
            return False
        with clock.at(moment(self.begins + dt.timedelta(days=7))):
            services.move_programme(programme, "approve", by=self.maker.curator)
        programme = Programme.objects.get(pk=programme.pk)
        self.mark_plan(programme)
        if target == "correction":
            services.move_programme(programme, "correct", by=self.by_mentor, comment="Нужно больше времени на посещение уроков.")
        return True

    def mark_plan(self, programme: Programme) -> None:
        for row in programme.activities.filter(ends_on__lt=self.today).order_by("number"):
            with clock.at(moment(row.ends_on, 15)):
                services.mark_activity(programme, row.number, by=self.by_mentor, mark="done", result="Сделали, записали, что менять.")

    def meet(self) -> None:
        """A meeting each fortnight; the last ones wait for an answer, the next one is planned."""
        days = [self.begins + dt.timedelta(days=8 + 13 * n) for n in range(12)]
        past = [day for day in days if day < self.today - dt.timedelta(days=1)]
        for number, day in enumerate(past):
            self.hold(day, last=number == len(past) - 1)
        ahead = self.today + dt.timedelta(days=4)
        if ahead <= self.pair.planned_to:
            meetings.plan_meeting(self.pair, by=self.by_mentor, planned_at=moment(ahead, 14, 20), topic=self.maker.text("meeting")["topic"])

    def hold(self, day: dt.date, *, last: bool) -> None:
        row = self.maker.text("meeting")
        with clock.at(moment(day - dt.timedelta(days=2), 9)):
            meeting = meetings.plan_meeting(self.pair, by=self.by_mentor, planned_at=moment(day, 14, 20), topic=row["topic"])
        seven = self.maker.told % 7
        if seven == 3 and not last:
            with clock.at(moment(day, 9)):
                meetings.answer_meeting(meeting, "cancel", by=self.by_mentee)
            return
        if seven == 5 and last:
            return
        with clock.at(moment(day, 16)):
            meeting = meetings.record_meeting(
                meeting, by=self.by_mentor, duration_min=40, content=row["content"], recommendations=row["advice"], task=row["task"]
            )
        if last:
            return
        with clock.at(moment(day, 19)):
            if seven == 6:
                meetings.dispute_meeting(meeting, by=self.by_mentee, comment="Встречались не сорок минут, а двадцать: поправьте, пожалуйста.")
            else:
                meetings.confirm_meeting(meeting, by=self.by_mentee, feedback=5)

    def finish(self, programme: Programme) -> None:
        """Goals are rated by both and the programme is closed."""
        programme = Programme.objects.get(pk=programme.pk)
        services.move_programme(programme, "finish", by=self.by_mentor)
        numbers = list(programme.goals.values_list("number", flat=True))
        for by in (self.by_mentor, self.by_mentee):
            services.rate_goals(programme, dict.fromkeys(numbers, "yes"), by=by)
        services.move_programme(Programme.objects.get(pk=programme.pk), "complete", by=self.maker.curator)
