"""«Что дальше» of the department: whose move is it, why, and the link. A constant number of queries, however
many schools.
"""

import datetime as dt

from django.urls import reverse

from portal.accounts.holders import CityHolders
from portal.accounts.models import Membership
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import Holder, NextStep
from portal.core.text import quoted
from portal.municipality.figures import with_answers
from portal.municipality.models import MonitoringCampaign, OfficeInvitation, ReceivedForm
from portal.municipality.selectors import schools_on_their_way, stopped_letters
from portal.municipality.states import HANDED, CampaignState
from portal.municipality.working_calendar import year_to_ask_for
from tenants.models import School, SchoolState

PATIENCE = dt.timedelta(days=5)
SHOWN = 5
ENDS_SOON = dt.timedelta(days=30)


def next_steps(by: Actor) -> list[NextStep]:
    """What waits for the department's people, and what the department waits for."""
    steps: list[NextStep] = []
    if by.can("school:open"):
        steps += [step for school in schools_on_their_way() if (step := _of_school(school))]
        steps += _of_calendar()
    if by.can("received_form:check"):
        steps += _of_forms(by)
    if by.can("campaign:lead"):
        steps += _of_campaigns()
    if by.can("city_office:give"):
        steps += _of_officials(by)
    if by.can("post:watch"):
        steps += _of_post()
    return steps


def _step(school: School, situation: str, title: str, why: str, *, button: str, **more: object) -> NextStep:
    url = reverse("municipality:school", args=[school.uuid])
    return NextStep(situation, f"{school.short_name}: {title}", why, url, button, icon="building", **more)  # type: ignore[arg-type]


def _of_calendar() -> list[NextStep]:
    year = year_to_ask_for()
    if year is None:
        return []
    return [
        NextStep(
            "calendar_needed",
            f"Загрузите производственный календарь на {year} год",
            "Без него сроки в рабочих днях, которые переходят в новый год, предварительные.",
            reverse("municipality:calendar"),
            "Загрузить календарь",
            icon="calendar-week",
        )
    ]


def _of_school(school: School) -> NextStep | None:
    if school.state == SchoolState.DRAFT:
        return _step(
            school,
            "school_without_docs",
            "записать соглашение",
            "Черновик есть, соглашение ещё не записано.",
            button="Записать соглашение",
        )
    if school.state == SchoolState.DOCS_SIGNED:
        return _to_open(school)
    if school.state == SchoolState.SCHEMA_CREATED:
        return _to_invite(school)
    if school.state == SchoolState.STAFF_IMPORTED:
        return _step(
            school,
            "school_ready",
            "всё сделано, можно начинать",
            "Директор, куратор, Положение и сотрудники на месте.",
            button="Отметить, что работает",
        )
    who = Holder.outside(
        "директор школы" if school.state == SchoolState.PRINCIPAL_JOINED else "куратор школы"
    )
    return _step(
        school,
        "school_joining",
        school.get_state_display(),
        "Следующий шаг подключения делает школа.",
        button="Посмотреть",
        who=who,
        waiting_since=clock.local(school.updated_at).date(),
    )


def _to_open(school: School) -> NextStep:
    opening = getattr(school, "opening", None)
    if opening is not None and opening.has_stopped:
        return _step(
            school,
            "school_opening_stopped",
            "открытие остановилось",
            "Ничего лишнего не создано. Можно запустить ещё раз.",
            button="Запустить ещё раз",
            weight=10,
        )
    if opening is not None and opening.finished_at is None:
        return _step(
            school,
            "school_opening",
            "открывается",
            opening.step,
            button="Посмотреть",
            who=Holder.outside("портал"),
        )
    return _step(
        school,
        "school_to_open",
        "открыть школу",
        "Соглашение записано, числа согласованы.",
        button="Открыть школу",
        weight=20,
    )


def _to_invite(school: School) -> NextStep:
    sent, ends = school.invited_at, school.invitation_ends
    if sent is None:
        return _step(
            school,
            "principal_to_invite",
            "пригласить директора",
            "Школа открыта, в неё ещё никто не вошёл.",
            button="Пригласить директора",
            weight=15,
        )
    if ends <= clock.now() or clock.now() - sent > PATIENCE:
        why = (
            f"Письмо ушло {clock.local(sent):%d.%m.%Y}, директор так и не вошёл. Проверьте адрес и отправьте "
            "ещё раз."
        )
        return _step(school, "school_stuck", "директор не входит", why, button="Отправить ещё раз", weight=10)
    return _step(
        school,
        "principal_invited",
        "ждём директора",
        "Приглашение отправлено.",
        button="Посмотреть",
        who=Holder.outside(school.principal_name or "директор школы", note="приглашение в почте"),
        waiting_since=clock.local(sent).date(),
    )


def _of_forms(by: Actor) -> list[NextStep]:
    """The baton is with whoever may accept; who may only return a form reads it, and is told whose answer it
    waits for.
    """
    answered = ReceivedForm.objects.filter(state__in=HANDED).exclude(campaign__state=CampaignState.CANCELLED)
    rows = answered.select_related("school", "campaign").order_by("submitted_at")[:SHOWN]
    accepts = None if by.can("received_form:accept") else CityHolders.here().of(Office.DEPARTMENT_SPECIALIST)
    return [_of_form(row, accepts) for row in rows]


def _of_form(row: ReceivedForm, who: Holder | None) -> NextStep:
    mine, late = who is None, ", с опозданием" if row.is_late else ""
    rest = "" if mine else " Принимает специалист Управления; вернуть с замечаниями можете и вы."
    return NextStep(
        "form_to_check",
        f"{row.school.short_name}: проверить форму {quoted(row.campaign.title)}",
        f"Сдана {clock.local(row.submitted_at):%d.%m.%Y}{late}, редакция {row.revision}.{rest}",
        reverse("municipality:received_form", args=[row.uuid]),
        "Проверить форму" if mine else "Прочитать форму",
        who=who,
        icon="clipboard-check",
        waiting_since=clock.local(row.submitted_at).date(),
        weight=30,
    )


def _of_campaigns() -> list[NextStep]:
    rows = with_answers(
        MonitoringCampaign.objects.filter(state__in=[CampaignState.DRAFT, CampaignState.OPEN])
    )
    return [_of_campaign(row) for row in rows if row.state == CampaignState.DRAFT or row.asked > row.handed]


def _of_campaign(row: MonitoringCampaign) -> NextStep:
    url = reverse("municipality:campaign", args=[row.uuid])
    if row.state == CampaignState.DRAFT:
        return NextStep(
            "campaign_to_open",
            f"Открыть сбор {quoted(row.title)}",
            "Школы узнают о ней, когда вы откроете сбор.",
            url,
            "Открыть сбор",
            due=row.open_from,
            icon="megaphone",
        )
    left = row.asked - row.handed
    return NextStep(
        "campaign_waiting",
        f"{quoted(row.title)}: не сдано {left} из {row.asked}",
        "Форму сдаёт директор школы.",
        url,
        "Посмотреть",
        who=Holder.outside("директора школ"),
        due=row.due_school,
        icon="clipboard",
    )


def _of_officials(by: Actor) -> list[NextStep]:
    """Letters that expired unanswered, and offices that end soon (one's own is another specialist's care)."""
    url = reverse("municipality:people")
    dead = OfficeInvitation.objects.filter(invitation__expires_at__lte=clock.now()).order_by("pk")[:SHOWN]
    steps = [
        NextStep(
            "official_not_joined",
            f"{row.full_name}: приглашение истекло",
            f"Должность: {row.get_office_display()}, {row.basis}. Проверьте адрес.",
            url,
            "Отправить ещё раз",
            icon="envelope",
            weight=35,
        )
        for row in dead
    ]
    today = clock.today()
    ending = (
        Membership.objects.filter(school=None, valid_to__gte=today, valid_to__lte=today + ENDS_SOON)
        .exclude(user=by.user)
        .select_related("user")
    )
    return steps + [
        NextStep(
            "office_ends",
            f"{row.user.short_name}: должность заканчивается",
            f"Должность: {row.get_office_display()}. Продлите или назначьте другого.",
            reverse("municipality:last_day", args=[row.uuid]),
            "Записать срок",
            due=row.valid_to,
            icon="calendar3",
            weight=40,
        )
        for row in ending.order_by("valid_to")[:SHOWN]
    ]


def _of_post() -> list[NextStep]:
    stopped = sum(1 for letter in stopped_letters() if not letter.set_aside_at)
    if not stopped:
        return []
    return [
        NextStep(
            "letters_stopped",
            f"Остановленные письма: {stopped}",
            "Письмо не удалось разобрать. Другие письма идут, снятые права сняты и без него.",
            reverse("municipality:post"),
            "Разобрать письма",
            icon="envelope-exclamation",
            weight=5,
        )
    ]
