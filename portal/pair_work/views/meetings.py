"""Meetings: two taps from a phone."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.core.sorting import folded
from portal.mentor_bank.models import MentoringSettings
from portal.mentoring.access import pair_for
from portal.mentoring.models import Pair
from portal.mentoring.selectors.people import baton_at
from portal.mentoring.states import PairRole
from portal.pair_work import services
from portal.pair_work.access import meeting_for
from portal.pair_work.access import meetings as access
from portal.pair_work.exports import meetings_table
from portal.pair_work.forms.meetings import (
    ConfirmForm,
    DisputeForm,
    LogForm,
    MoveForm,
    NoteForm,
    PlanForm,
    RecordForm,
    lasted,
    moment,
)
from portal.pair_work.models import Meeting, MeetingNote, ProgrammeActivity
from portal.pair_work.selectors.words import recorded_by
from portal.pair_work.services.meetings import MEETABLE
from portal.pair_work.states import ActivityMark, MeetingState, ProgrammeState
from portal.pair_work.workflow import MEETING
from portal.ui.lists import FilterForm, ListPage
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, only_while, page, version_of


class MeetingFilters(FilterForm):
    q = forms.CharField(label="Фамилия наставника")
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *MeetingState.choices])

    def narrow(self, rows: Any) -> Any:
        if self.picked("q"):
            rows = rows.filter(pair__mentor__name_key__startswith=folded(self.picked("q")))
        return rows.filter(state=self.picked("state")) if self.picked("state") else rows


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    rows = (
        Meeting.objects.visible_to(by)
        .select_related("pair__mentor")
        .prefetch_related("pair__pair_mentees__mentee")
    )
    sorts = {
        "when": ("Когда", ["planned_at", "id"]),
        "mentor": ("Пара", ["pair__mentor__name_key", "id"]),
        "state": ("Состояние", ["state", "id"]),
    }
    empty = Empty(
        "Встреч пока нет", "Их назначает любая сторона пары.", reverse("mentoring:pairs"), "К парам"
    )
    return ListPage(
        request,
        rows,
        filters=MeetingFilters,
        sorts=sorts,
        default="-when",
        empty=empty,
        export=meetings_table,
    ).answer("pair_work/meetings.html")


def _activities(pair: Pair) -> list[ProgrammeActivity]:
    rows = ProgrammeActivity.objects.filter(
        programme__pair=pair, programme__state=ProgrammeState.IN_PROGRESS, mark=ActivityMark.PLANNED
    )
    return list(rows.order_by("ends_on", "number")[:10])


def _other(pair: Pair, by: Actor) -> Any:
    return pair.mentee if pair.role_of(by) == PairRole.MENTOR else pair.mentor


def _of_pair(by: Actor, pair: Pair) -> None:
    if not access.can_plan_meeting(by, pair):
        raise Forbidden("Встречи назначает и записывает сама пара.")


def _only_in_a_working_pair(request: HttpRequest, pair: Pair) -> None:
    word = f"Встречи назначает и записывает пара, которая действует. Эта пара: {pair.get_state_display()}."
    only_while(request, pair.state in MEETABLE, reverse("cabinet:pair", args=[pair.uuid]), word)


def _only_while(request: HttpRequest, row: Meeting, verb: str, by: Actor) -> None:
    """The form of a meeting's step is shown while the step leads on, to whoever may make it, in a pair that
    still meets.
    """
    step = MEETING.row(verb, row.state)
    possible = step is not None and step.rule(by, row) and (row.pair.state in MEETABLE or verb == "dispute")
    word = (
        f"Этот шаг уже сделан, или его время прошло. Встреча: {row.get_state_display()}. Пара: "
        f"{row.pair.get_state_display()}."
    )
    only_while(request, possible, reverse("pair_work:meeting", args=[row.uuid]), word)


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    pair = pair_for(by, pk)
    _of_pair(by, pair)
    _only_in_a_working_pair(request, pair)
    plan = _activities(pair)
    form = PlanForm(
        request.POST or None,
        activities=plan,
        initial={
            "topic": plan[0].content[:200] if plan else "",
            "activity": plan[0].number if plan else None,
            "time": "14:20",
        },
    )
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("topic", "format", "place")}
        activity = next((row for row in plan if row.number == form.cleaned_data["activity"]), None)
        with form.catching():
            row = services.plan_meeting(pair, by=by, planned_at=form.planned_at, activity=activity, **values)
        if not form.refused:
            return done(
                request,
                reverse("pair_work:meeting", args=[row.uuid]),
                f"Записано. {_other(pair, by).short_name} увидит встречу у себя.",
            )
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Назначить встречу",
        submit="Назначить встречу",
        lead="Тема взята из плана программы, её можно поменять." if plan else "",
        who=_other(pair, by).full_name,
        back=("К паре", reverse("cabinet:pair", args=[pk])),
    )


@require_http_methods(["GET", "POST"])
def meeting_log(request: HttpRequest, pk: UUID) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    pair = pair_for(by, pk)
    _of_pair(by, pair)
    _only_in_a_working_pair(request, pair)
    now = clock.local(clock.now())
    form = LogForm(request.POST or None, initial={"held_on": now.date(), "time": f"{now:%H:%M}"})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            started = moment(form.cleaned_data["held_on"], form.cleaned_data["time"])
            row = services.record_unplanned(
                pair, by=by, started_at=started, topic=form.cleaned_data["topic"], **form.told()
            )
            services.keep_note(row, form.cleaned_data["note"], by=by)
        if not form.refused:
            return _recorded(request, row, by)
    return page(
        request,
        "pair_work/meeting_record.html",
        form=form,
        pair=pair,
        other=_other(pair, by),
        role=pair.role_of(by),
        title="Записать встречу",
        meeting=None,
        back=("К паре", reverse("cabinet:pair", args=[pk])),
    )


def _awaited(row: Meeting, by: Actor) -> dict[str, Any]:
    """Whose answer to the record is waited for, and until when; nobody's when it is the reader's own."""
    if row.state not in (MeetingState.HELD_UNCONFIRMED, MeetingState.DISPUTED):
        return {}
    recorder, other = (
        (row.pair.mentor, row.pair.mentee)
        if row.recorded_by == PairRole.MENTOR
        else (row.pair.mentee, row.pair.mentor)
    )
    person = other if row.state == MeetingState.HELD_UNCONFIRMED else recorder
    due = None
    if row.state == MeetingState.HELD_UNCONFIRMED and row.recorded_at:
        due = clock.local(row.recorded_at).date() + dt.timedelta(days=MentoringSettings.here().confirm_days)
    return {
        "awaited": "" if by.is_person(person.user) else baton_at(person),
        "due": due,
        "due_ahead": due is not None and due >= clock.today(),
    }


@require_GET
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    return _meeting_page(request, meeting_for(by, pk))


def _meeting_page(request: HttpRequest, row: Meeting, refused: NoteForm | None = None) -> HttpResponse:
    """`refused`: the person's note that could not be kept, as it was typed."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    pk = row.uuid
    offers = MEETING.offers(row, by)
    links = [
        (o.transition.label, reverse(f"pair_work:meeting_{o.transition.page}", args=[pk]), o.transition.quiet)
        for o in offers
        if o.transition.page
        and o.transition.verb != "dispute"
        and (o.transition.page != "record" or row.is_past)
    ]
    note = MeetingNote.objects.filter(meeting=row, author=by.user).first()
    return page(
        request,
        "pair_work/meeting.html",
        meeting=row,
        pair=row.pair,
        links=links,
        can_cancel=any(o.transition.verb == "cancel" for o in offers),
        can_accept=any(o.transition.verb == "accept" for o in offers),
        is_of_pair=bool(row.pair.role_of(by)),
        **_awaited(row, by),
        note=refused
        or NoteForm(initial={"note": note.text if note else ""}, version=note.version if note else 0),
        crumbs=[
            ("Пары", reverse("mentoring:pairs")),
            (row.pair.title, reverse("cabinet:pair", args=[row.pair.uuid])),
        ],
    )


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = meeting_for(by, pk)
    if not access.can_record_meeting(by, row):
        raise Forbidden("Встречу записывает сама пара.")
    _only_while(request, row, "record", by)
    names = ("format", "content", "recommendations", "task", "task_due")
    initial = {
        **{name: getattr(row, name) for name in names},
        **lasted(row.duration_min or 45),
        "how": "held" if row.is_past else None,
    }
    initial["content"] = initial["content"] or (row.activity.content if row.activity else "")
    form = RecordForm(request.POST or None, initial=initial, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            answer = _tell(row, form, by)
        if not form.refused:
            return _recorded(request, answer, by)
    return page(
        request,
        "pair_work/meeting_record.html",
        form=form,
        meeting=row,
        pair=row.pair,
        other=_other(row.pair, by),
        role=row.pair.role_of(by),
        title="Как прошла встреча?",
        back=("К встрече", reverse("pair_work:meeting", args=[pk])),
    )


def _tell(row: Meeting, form: RecordForm, by: Actor) -> Meeting:
    how, told = form.cleaned_data["how"], form.told() if form.cleaned_data["how"] == "held" else {}
    day = form.cleaned_data["new_day"]
    time = form.cleaned_data["new_time"] or clock.local(row.planned_at).time()
    answer = services.tell_meeting(
        row, how, by=by, version=form.version, planned_at=moment(day, time) if day else None, **told
    )
    if form.cleaned_data["note"]:
        services.keep_note(answer, form.cleaned_data["note"], by=by)
    return answer


def _recorded(request: HttpRequest, row: Meeting, by: Actor) -> HttpResponse:
    other = _other(row.pair, by)
    said = {
        MeetingState.HELD_UNCONFIRMED: f"Записано. {baton_at(other)}.",
        MeetingState.PLANNED: "Встреча перенесена.",
        MeetingState.CANCELLED: "Записано: встреча не состоялась.",
    }
    return done(
        request, reverse("pair_work:meeting", args=[row.uuid]), said.get(MeetingState(row.state), "Записано.")
    )


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = meeting_for(by, pk)
    if not access.can_answer_meeting(by, row):
        raise Forbidden("Отвечает тот, кто не записывал встречу.")
    form = ConfirmForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.confirm_meeting(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(
                request, reverse("pair_work:meeting", args=[pk]), "Подтверждено обоими. Запись закрыта."
            )
    recorder = row.pair.mentor if row.recorded_by == PairRole.MENTOR else row.pair.mentee
    return page(
        request,
        "pair_work/meeting_confirm.html",
        form=form,
        meeting=row,
        recorded=recorded_by(recorder),
        **_awaited(row, by),
        is_open=row.state in (MeetingState.HELD_UNCONFIRMED, MeetingState.DISPUTED),
        back=("К паре", reverse("cabinet:pair", args=[row.pair.uuid])),
    )


@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, pk: UUID) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = meeting_for(by, pk)
    _only_while(request, row, "dispute", by)
    form = DisputeForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.dispute_meeting(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                reverse("pair_work:meeting", args=[pk]),
                f"Записано. {baton_at(_other(row.pair, by))}: исправить запись.",
            )
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Что было иначе?",
        submit="Отправить поправку",
        lead=f"«{row.topic}», {clock.local(row.planned_at):%d.%m.%Y}",
        who=_other(row.pair, by).full_name,
        back=("К записи", reverse("pair_work:meeting_confirm", args=[pk])),
    )


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = meeting_for(by, pk)
    _of_pair(by, row.pair)
    _only_while(request, row, "move", by)
    form = MoveForm(
        request.POST or None, initial={"time": f"{clock.local(row.planned_at):%H:%M}"}, version=row.version
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            new = services.move_meeting(
                row,
                by=by,
                version=form.version,
                planned_at=moment(form.cleaned_data["day"], form.cleaned_data["time"]),
            )
        if not form.refused:
            return done(request, reverse("pair_work:meeting", args=[new.uuid]), "Встреча перенесена.")
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Перенести встречу",
        submit="Перенести встречу",
        lead=f"«{row.topic}». {MEETING.final('move')}",
        who=_other(row.pair, by).full_name,
        back=("К встрече", reverse("pair_work:meeting", args=[pk])),
    )


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel a planned one, or agree with a disputed record (`verb`)."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    verb = "accept" if request.POST.get("verb") == "accept" else "cancel"
    row = services.answer_meeting(meeting_for(by, pk), verb, by=by, version=version_of(request))
    return done(request, reverse("pair_work:meeting", args=[pk]), f"Записано: {row.get_state_display()}.")


@require_POST
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    row, form = meeting_for(by, pk), NoteForm(request.POST)
    if not form.is_valid():
        return _meeting_page(request, row, form)
    with form.catching():
        services.keep_note(row, form.cleaned_data["note"], by=by, version=form.version)
    return done(request, reverse("pair_work:meeting", args=[pk]), "Заметка сохранена. Её видите только вы.")
