"""«Требуют внимания»: what, why, how urgent, and the one thing to do, over all campaigns that are open.

Only the schools that are shown come here (`reasons`): as many queries for a thousand as for three.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.text import quoted
from portal.municipality.access import can_remind
from portal.municipality.dues import Due, dues_of
from portal.municipality.figures import with_answers
from portal.municipality.models import MonitoringCampaign, ReceivedForm, SchoolCounters
from portal.municipality.selectors import open_campaigns
from portal.municipality.states import HANDED, CampaignState
from portal.oversight.reasons import (
    LATE,
    NO_CURATOR,
    NO_CURATOR_YET,
    NO_PRINCIPAL,
    NO_PRINCIPAL_YET,
    REASONS,
    RETURNED,
    SILENT,
    Reason,
    last_days,
    nearly_due,
    troubled,
)
from portal.ui.parts import Concern, Press
from portal.ui.words import plural
from tenants.models import School, SchoolOpening

ANSWER_WITHIN = dt.timedelta(days=7)


@dataclass(frozen=True)
class Concerns:
    """The first of them, how many there are, and the reasons of the schools that were asked about."""

    shown: list[Concern]
    total: int
    reasons: dict[int, int]


def concerns(by: Actor, limit: int, among: Iterable[int] = ()) -> Concerns:
    """The urgent first, then by number as schools stand in the table; a school has its most urgent reason
    only.
    """
    campaigns = list(with_answers(open_campaigns()))
    openings = (
        SchoolOpening.objects.filter(finished_at=None).select_related("school").order_by("school__number")
    )
    stopped = [_stopped_opening(opening.school) for opening in openings if opening.has_stopped]
    found = troubled(limit, among)
    of_people = found.of(NO_PRINCIPAL, NO_PRINCIPAL_YET, NO_CURATOR, NO_CURATOR_YET)
    dues = dues_of(campaigns, found.of(LATE, RETURNED))
    said = Said(found.reasons, dues, last_days(of_people), by)
    others = [*_not_handed_over_yet(campaigns, by), *_not_answered(by)]
    every = [*stopped, *(said.of(row) for row in _first(found.first)), *others]
    shown = sorted(every, key=lambda concern: concern.kind != "bad")[:limit]
    return Concerns(shown, len(stopped) + found.total + len(others), found.reasons)


def _first(keys: list[int]) -> list[Any]:
    """These schools, in this order, each with the last day of its numbers (`counted_on`)."""
    last = SchoolCounters.objects.filter(school=OuterRef("pk")).order_by("-counted_on")
    rows = School.objects.annotate(counted_on=Subquery(last.values("counted_on")[:1])).in_bulk(keys)
    return [rows[key] for key in keys]


@dataclass(frozen=True)
class Said:
    """The words about a school, of what is known of those that are shown."""

    reasons: dict[int, int]
    dues: list[Due]
    last_days: dict[tuple[int, str], str]
    by: Actor

    def of(self, row: Any) -> Concern:
        reason = self.reasons[row.pk]
        if reason in (LATE, RETURNED):
            return _of_forms([due for due in self.dues if due.school.pk == row.pk], self.by)
        if reason == SILENT:
            return _of_silence(row)
        office = Office.PRINCIPAL if reason in (NO_PRINCIPAL, NO_PRINCIPAL_YET) else Office.CURATOR
        return _of_people(row, office, self.last_days.get((row.pk, office), ""), REASONS[reason])


def _card(school: School) -> str:
    return reverse("municipality:school", args=[school.uuid])


def _stopped_opening(school: School) -> Concern:
    why = "Ничего лишнего не создано: школу можно открыть ещё раз."
    return Concern(
        f"{school.short_name}: открытие остановилось",
        why,
        _card(school),
        "Открыть карточку школы",
        "срочно",
        "bad",
        "exclamation-octagon",
    )


def _of_forms(dues: list[Due], by: Actor) -> Concern:
    """Forms of one school, of all open campaigns: the latest term first; else the ones that were returned and
    are with the school again.
    """
    late = sorted((due for due in dues if due.days_late), key=lambda due: -due.days_late)
    return _overdue(late, by) if late else _with_remarks([due for due in dues if due.returned], by)


def _overdue(late: list[Due], by: Actor) -> Concern:
    first = late[0]
    name, days = first.school.short_name, first.days_late
    more = f" и ещё {len(late) - 1}" if len(late) > 1 else ""
    title = f"{name}: форма не сдана{more}, {days} {plural(days, 'день,дня,дней')} после срока"
    why = " ".join(
        f"{quoted(due.campaign.title)}: срок был {due.campaign.due_school:%d.%m.%Y}." for due in late
    )
    return Concern(
        title,
        f"{why} Форму сдаёт директор.",
        _campaign(first.campaign, by),
        "Кто ещё не сдал",
        "срочно",
        "bad",
        "clipboard-x",
        first.school.uuid,
        REASONS[LATE].brief,
        _reminder(first, by),
    )


def _with_remarks(returned: list[Due], by: Actor) -> Concern:
    first = returned[0]
    form, name = first.returned, first.school.short_name
    if form is None:
        raise ValueError("a form with remarks has been returned")
    since = clock.local(form.checked_at or form.updated_at)
    url = (
        reverse("municipality:received_form", args=[form.uuid])
        if by.can("received_form:read")
        else _handed_over(first.school)
    )
    why = (
        f"{quoted(first.campaign.title)}: эстафета у школы с {since:%d.%m.%Y}, она поправит и сдаст ещё раз."
    )
    return Concern(
        f"{name}: форма возвращена с замечаниями",
        why,
        url,
        "Прочитать замечания",
        "внимание",
        "warn",
        "arrow-counterclockwise",
        first.school.uuid,
        REASONS[RETURNED].brief,
        _reminder(first, by),
    )


def _reminder(due: Due, by: Actor) -> Press | None:
    """«Напомнить», once a day; when it was done, its day."""
    if not can_remind(by):
        return None
    note = f"напомнили {due.reminded_on:%d.%m}" if due.reminded_on else ""
    label = "Напомнить" if due.may_be_reminded else ""
    url = reverse("municipality:campaign_remind", args=[due.campaign.uuid])
    return Press(label, url, {"school": str(due.school.uuid), "back": "city"}, note)


def _campaign(campaign: MonitoringCampaign, by: Actor) -> str:
    if not by.can("received_form:read"):
        return f"{reverse('oversight:city')}?form=missing&campaign={campaign.uuid}"
    return reverse("municipality:campaign", args=[campaign.uuid])


def _handed_over(school: School) -> str:
    return reverse("oversight:school", args=[school.uuid])


def _not_handed_over_yet(campaigns: list[MonitoringCampaign], by: Actor) -> list[Concern]:
    """One line a campaign for all who have not handed its form over when its term is near."""
    named = nearly_due()
    in_order = sorted(campaigns, key=lambda campaign: (campaign.due_school, campaign.pk))
    return [_waiting(campaign, *named[campaign.pk], by) for campaign in in_order if campaign.pk in named]


def _waiting(campaign: MonitoringCampaign, named: list[str], waited: int, by: Actor) -> Concern:
    rest = waited - len(named)
    names = ", ".join(named) + (f" и ещё {rest}" if rest > 0 else "")
    title = (
        f"Форму {quoted(campaign.title)} пока не сдали {waited} {plural(waited, 'школа,школы,школ')} из "
        f"{campaign.asked}"
    )
    return Concern(
        title,
        f"{names}. Срок {campaign.due_school:%d.%m.%Y}.",
        _campaign(campaign, by),
        "Кто ещё не сдал",
        "внимание",
        "warn",
        "clipboard",
    )


def _not_answered(by: Actor) -> list[Concern]:
    """Forms that the department itself has not answered for long: its own debt is said as loudly as a
    school's.
    """
    waiting = ReceivedForm.objects.filter(
        state__in=HANDED, campaign__state__in=(CampaignState.OPEN, CampaignState.CLOSED)
    )
    first = waiting.select_related("campaign", "school").order_by("submitted_at").first()
    if first is None or clock.now() - first.submitted_at < ANSWER_WITHIN:
        return []
    url = (
        reverse("municipality:received_form", args=[first.uuid])
        if by.can("received_form:read")
        else _handed_over(first.school)
    )
    more = waiting.count() - 1
    rest = f" Ждут и ещё {more} {plural(more, 'форма,формы,форм')}." if more else ""
    day = f"{clock.local(first.submitted_at):%d.%m.%Y}"
    why = (
        f"{first.school.short_name}, {quoted(first.campaign.title)}: сдана {day}. Отвечает специалист "
        f"Управления.{rest}"
    )
    return [
        Concern(
            "Сданные формы ждут ответа Управления",
            why,
            url,
            "Открыть форму",
            "внимание",
            "warn",
            "clipboard-check",
        )
    ]


def _of_people(school: School, office: Office, since: str, reason: Reason) -> Concern:
    """Nobody leads the mentoring of the school: its principal or its curator has not joined, or has left."""
    who, before = _CALLED[office]
    why = (
        f"Прежний {before} был до {since}."
        if since
        else f"Школа подключена, а {before} в портал ещё не вошёл."
    )
    title = f"{school.short_name}: нет {who}" + (f" после {since}" if since else "")
    return Concern(
        title,
        why,
        _card(school),
        "Открыть карточку школы",
        "срочно" if reason.kind == "bad" else "внимание",
        reason.kind,
        "person-x",
        school.uuid,
        reason.brief,
    )


_CALLED = {Office.PRINCIPAL: ("директора", "директор"), Office.CURATOR: ("куратора", "куратор")}


def _of_silence(school: Any) -> Concern:
    """Agreed numbers that have stopped coming."""
    why = (
        f"Последний раз пришли {school.counted_on:%d.%m.%Y}."
        if school.counted_on
        else "Согласованные числа ещё не приходили."
    )
    reason = REASONS[SILENT]
    return Concern(
        f"{school.short_name}: чисел нет",
        why,
        _handed_over(school),
        "Что школа передала",
        "внимание",
        reason.kind,
        "bar-chart",
        school.uuid,
        reason.brief,
    )
