"""A meeting is recorded by one and answered by the other: two taps from a phone."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.core.text import quoted
from portal.mentoring.access import pair_for
from portal.mentoring.selectors.people import baton_at
from portal.mentoring.states import PairRole
from portal.pair_work import services
from portal.pair_work.access import meeting_for
from portal.pair_work.access import meetings as access
from portal.pair_work.forms.meetings import (
    ConfirmForm,
    DisputeForm,
    LogForm,
    RecordForm,
    lasted,
    moment,
)
from portal.pair_work.models import Meeting
from portal.pair_work.selectors.words import recorded_by
from portal.pair_work.states import MeetingState
from portal.pair_work.views.of_meeting import (
    awaited,
    only_for_pair,
    only_in_a_working_pair,
    only_while_possible,
    other_of,
)
from portal.pair_work.workflow import MEETING
from portal.ui.shortcuts import done, page


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_log(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    pair = pair_for(by, pk)
    only_for_pair(by, pair)
    only_in_a_working_pair(request, pair)
    now = clock.local(clock.now())
    form = LogForm(request.POST or None, initial={"held_on": now.date(), "time": f"{now:%H:%M}"})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            row = services.record_unplanned(
                pair,
                by=by,
                topic=form.cleaned_data["topic"],
                started_at=form.started_at,
                held=form.asked(),
            )
            services.keep_note(row, form.cleaned_data["note"], by=by)
        if not form.refused:
            return _said(request, row, f"Записано. {baton_at(other_of(pair, by))}.")
    return page(
        request,
        "pair_work/meeting_record.html",
        form=form,
        pair=pair,
        other=other_of(pair, by),
        role=pair.role_of(by),
        title="Записать встречу",
        meeting=None,
        back=("К паре", reverse("cabinet:pair", args=[pk])),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = meeting_for(by, pk)
    if not access.can_record_meeting(by, row):
        raise Forbidden("Встречу записывает сама пара.")
    only_while_possible(request, row, "record", by)
    names = ("format", "content", "recommendations", "task", "task_due")
    initial = {
        **{name: getattr(row, name) for name in names},
        **lasted(row.duration_min or 45),
        "how": "held" if row.is_past else None,
    }
    initial["content"] = initial["content"] or (row.activity.content if row.activity else "")
    form = RecordForm(request.POST or None, initial=initial, version=row.version)
    if request.method == "POST" and form.is_valid():
        said = _words_of(row, form.cleaned_data["how"], by)
        with form.catching():
            answer = _tell(row, form, by)
        if not form.refused:
            return _said(request, answer, said)
    return page(
        request,
        "pair_work/meeting_record.html",
        form=form,
        meeting=row,
        pair=row.pair,
        other=other_of(row.pair, by),
        role=row.pair.role_of(by),
        title="Как прошла встреча?",
        back=("К встрече", reverse("pair_work:meeting", args=[pk])),
    )


def _tell(row: Meeting, form: RecordForm, by: Actor) -> Meeting:
    """The three answers of «Как прошла встреча?»: held, moved, did not happen."""
    how = form.cleaned_data["how"]
    if how == "moved":
        time = form.cleaned_data["new_time"] or clock.local(row.planned_at).time()
        day = moment(form.cleaned_data["new_day"], time)
        answer = services.move_meeting(row, by=by, version=form.version, planned_at=day)
    elif how == "no":
        answer = MEETING.move(row, "cancel", by=by, version=form.version)
    else:
        answer = MEETING.move(row, "record", by=by, version=form.version, asked=form.asked())
    if form.cleaned_data["note"]:
        services.keep_note(answer, form.cleaned_data["note"], by=by)
    return answer


def _words_of(row: Meeting, how: str, by: Actor) -> str:
    if how == "held":
        return f"Записано. {baton_at(other_of(row.pair, by))}."
    return MEETING.said("move", row.state) if how == "moved" else "Записано: встреча не состоялась."


def _said(request: PortalRequest, row: Meeting, said: str) -> HttpResponse:
    return done(request, reverse("pair_work:meeting", args=[row.uuid]), said)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = meeting_for(by, pk)
    if not access.can_answer_meeting(by, row):
        raise Forbidden("Отвечает тот, кто не записывал встречу.")
    form = ConfirmForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        verb = "accept" if row.state == MeetingState.DISPUTED else "confirm"
        said = MEETING.said(verb, row.state)
        with form.catching():
            MEETING.move(row, verb, by=by, version=form.version, asked=form.asked())
        if not form.refused:
            return _said(request, row, said)
    recorder = row.pair.mentor if row.recorded_by == PairRole.MENTOR else row.pair.mentee
    return page(
        request,
        "pair_work/meeting_confirm.html",
        form=form,
        meeting=row,
        recorded=recorded_by(recorder),
        **awaited(row, by),
        is_open=row.state in (MeetingState.HELD_UNCONFIRMED, MeetingState.DISPUTED),
        back=("К паре", reverse("cabinet:pair", args=[row.pair.uuid])),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = meeting_for(by, pk)
    only_while_possible(request, row, "dispute", by)
    form = DisputeForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            MEETING.move(row, "dispute", by=by, version=form.version, comment=form.cleaned_data["comment"])
        if not form.refused:
            return _said(request, row, f"Записано. {baton_at(other_of(row.pair, by))}: исправить запись.")
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Что было иначе?",
        submit="Отправить поправку",
        lead=f"{quoted(row.topic)}, {clock.local(row.planned_at):%d.%m.%Y}",
        who=other_of(row.pair, by).full_name,
        back=("К записи", reverse("pair_work:meeting_confirm", args=[pk])),
    )
