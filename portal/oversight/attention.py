"""«Требуют внимания»: what, why, how urgent, and the one thing to do, over all campaigns that are open.

Seven queries of its own, however many schools and campaigns there are.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, Subquery, When
from django.db.models.functions import Least
from django.urls import reverse

from portal.accounts.models import Membership
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.municipality.access import can_remind
from portal.municipality.dues import Due, dues_of
from portal.municipality.figures import with_answers
from portal.municipality.indicators import COUNTERS
from portal.municipality.models import MonitoringCampaign, ReceivedForm
from portal.municipality.selectors import open_campaigns
from portal.municipality.states import HANDED, CampaignState
from portal.oversight.selectors import FRESH, Overview, SchoolLine
from portal.ui.parts import Concern, Press
from portal.ui.words import plural
from tenants.models import School, SchoolOpening, SchoolState

SOON_DAYS = 14
NAMED = 6
ANSWER_WITHIN = dt.timedelta(days=7)
_LED = (Office.PRINCIPAL, Office.CURATOR)


def concerns(view: Overview, by: Actor) -> list[Concern]:
    """The urgent first, then by number as schools stand in the table; a school has its most urgent reason
    only.
    """
    offices, dues = _offices_held(), dues_of(with_answers(open_campaigns()))
    of_school: dict[int, list[Due]] = {}
    for due in dues:
        of_school.setdefault(due.school.pk, []).append(due)
    openings = (
        SchoolOpening.objects.filter(finished_at=None).select_related("school").order_by("school__number")
    )
    found = [_stopped_opening(opening.school) for opening in openings if opening.has_stopped]
    found += [
        concern
        for line in view.lines
        if (
            concern := _of_forms(of_school.get(line.school.pk, []), by)
            or _of_people(line, offices)
            or _of_silence(line)
        )
    ]
    found += [*_not_handed_over_yet(dues, by), *_not_answered(by)]
    return sorted(found, key=lambda concern: concern.kind != "bad")


@dataclass(frozen=True)
class Held:
    """Which of the leading offices somebody holds in each school today, and the last day of those who held
    them before.
    """

    now: frozenset[tuple[int, str]]
    until: dict[tuple[int, str], str]


def _offices_held() -> Held:
    today = clock.today()
    said = Membership.ends_before(today).order_by("last_day").values("last_day")[:1]
    led = Membership.objects.filter(office__in=_LED).exclude(school=None)
    held = led.annotate(
        holds=Case(When(Membership.valid_on(today), then=True), default=False),
        end=Least("valid_to", Subquery(said)),
    )
    rows = list(held.values_list("school_id", "office", "end", "holds"))
    ended = sorted(
        (end, school, office)
        for school, office, end, holds in rows
        if not holds and end is not None and end < today
    )
    now = frozenset((school, office) for school, office, _, holds in rows if holds)
    return Held(now, {(school, office): f"{end:%d.%m.%Y}" for end, school, office in ended})


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


def _of_forms(dues: list[Due], by: Actor) -> Concern | None:
    """Forms of one school, of all open campaigns: the latest term first; else the ones that were returned and
    are with the school again.
    """
    late = sorted((due for due in dues if due.days_late), key=lambda due: -due.days_late)
    if late:
        return _overdue(late, by)
    returned = [due for due in dues if due.returned]
    return _with_remarks(returned, by) if returned else None


def _overdue(late: list[Due], by: Actor) -> Concern:
    first = late[0]
    name, days = first.school.short_name, first.days_late
    more = f" и ещё {len(late) - 1}" if len(late) > 1 else ""
    title = f"{name}: форма не сдана{more}, {days} {plural(days, 'день,дня,дней')} после срока"
    why = " ".join(f"«{due.campaign.title}»: срок был {due.campaign.due_school:%d.%m.%Y}." for due in late)
    return Concern(
        title,
        f"{why} Форму сдаёт директор.",
        _campaign(first.campaign, by),
        "Кто ещё не сдал",
        "срочно",
        "bad",
        "clipboard-x",
        first.school.uuid,
        "форма просрочена",
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
    why = f"«{first.campaign.title}»: эстафета у школы с {since:%d.%m.%Y}, она поправит и сдаст ещё раз."
    return Concern(
        f"{name}: форма возвращена с замечаниями",
        why,
        url,
        "Прочитать замечания",
        "внимание",
        "warn",
        "arrow-counterclockwise",
        first.school.uuid,
        "форма возвращена",
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


def _not_handed_over_yet(dues: list[Due], by: Actor) -> list[Concern]:
    """One line a campaign for all who have not handed its form over when its term is near."""
    near = [
        due
        for due in dues
        if due.returned is None and 0 <= (due.campaign.due_school - clock.today()).days <= SOON_DAYS
    ]
    return [_waiting(list(rows), by) for _, rows in groupby(near, key=lambda due: due.campaign.pk)]


def _waiting(dues: list[Due], by: Actor) -> Concern:
    campaign, rest = dues[0].campaign, len(dues) - NAMED
    names = ", ".join(due.school.short_name for due in dues[:NAMED]) + (f" и ещё {rest}" if rest > 0 else "")
    title = (
        f"Форму «{campaign.title}» пока не сдали {len(dues)} {plural(len(dues), 'школа,школы,школ')} из "
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
        f"{first.school.short_name}, «{first.campaign.title}»: сдана {day}. Отвечает специалист "
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


def _of_people(line: SchoolLine, offices: Held) -> Concern | None:
    """Nobody leads the mentoring of the school: its principal or its curator has not joined, or has left."""
    school = line.school
    if school.state == SchoolState.SUSPENDED:
        return None
    for office, who, before in (
        (Office.PRINCIPAL, "директора", "директор"),
        (Office.CURATOR, "куратора", "куратор"),
    ):
        if (school.pk, office) in offices.now:
            continue
        since = offices.until.get((school.pk, office))
        works = school.state == SchoolState.ACTIVE
        why = (
            f"Прежний {before} был до {since}."
            if since
            else f"Школа подключена, а {before} в портал ещё не вошёл."
        )
        title = f"{school.short_name}: нет {who}" + (f" после {since}" if since else "")
        urgent = ("срочно", "bad") if works else ("внимание", "warn")
        return Concern(
            title,
            why,
            _card(school),
            "Открыть карточку школы",
            *urgent,
            "person-x",
            school.uuid,
            f"нет {who}",
        )
    return None


def _of_silence(line: SchoolLine) -> Concern | None:
    """Agreed numbers that have stopped coming."""
    agreed = set(line.school.agreed_counters) & set(COUNTERS)
    fresh = line.counters is not None and line.counters.counted_on >= clock.today() - FRESH
    if not agreed or line.school.state != SchoolState.ACTIVE or fresh:
        return None
    why = (
        f"Последний раз пришли {line.counters.counted_on:%d.%m.%Y}."
        if line.counters
        else "Согласованные числа ещё не приходили."
    )
    return Concern(
        f"{line.school.short_name}: чисел нет",
        why,
        _handed_over(line.school),
        "Что школа передала",
        "внимание",
        "warn",
        "bar-chart",
        line.school.uuid,
        "числа не приходят",
    )
