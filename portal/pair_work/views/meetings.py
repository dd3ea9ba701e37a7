"""Meetings: agreed upon, moved, taken off, remembered."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.text import quoted
from portal.core.workflow import Nothing
from portal.mentoring.access import pair_for
from portal.mentoring.models import Pair
from portal.pair_work import services
from portal.pair_work.access import meeting_for
from portal.pair_work.exports.tables import meetings_table
from portal.pair_work.forms.meetings import (
    MoveForm,
    NoteForm,
    PlanForm,
)
from portal.pair_work.models import Meeting, MeetingNote, ProgrammeActivity
from portal.pair_work.states import ActivityMark, MeetingState, ProgrammeState
from portal.pair_work.views.of_meeting import (
    awaited,
    only_for_pair,
    only_in_a_working_pair,
    only_while_possible,
    other_of,
)
from portal.pair_work.workflow import MEETING
from portal.pair_work.workflow.meetings import Opinion
from portal.staff.selectors import surname_begins
from portal.ui.lists import FilterForm, ListPage
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, page, version_of


class MeetingFilters(FilterForm):
    q = forms.CharField(label="Фамилия наставника")
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *MeetingState.choices])

    def narrow(self, rows: Any) -> Any:
        if self.picked("q"):
            rows = rows.filter(surname_begins(self.picked("q") or "", through="pair__mentor"))
        return rows.filter(state=self.picked("state")) if self.picked("state") else rows


@require_safe
def meetings(request: PortalRequest) -> HttpResponse:
    by = request.actor
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


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    pair = pair_for(by, pk)
    only_for_pair(by, pair)
    only_in_a_working_pair(request, pair)
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
                f"Записано. {other_of(pair, by).short_name} увидит встречу у себя.",
            )
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Назначить встречу",
        submit="Назначить встречу",
        lead="Тема взята из плана программы, её можно поменять." if plan else "",
        who=other_of(pair, by).full_name,
        back=("К паре", reverse("cabinet:pair", args=[pk])),
    )


@require_safe
def meeting(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    return _meeting_page(request, meeting_for(by, pk))


def _meeting_page(request: PortalRequest, row: Meeting, refused: NoteForm | None = None) -> HttpResponse:
    """`refused`: the person's note that could not be kept, as it was typed."""
    by = request.actor
    pk = row.uuid
    offers = MEETING.offers(row, by)
    links = [
        (o.transition.label, reverse(f"pair_work:meeting_{o.transition.page}", args=[pk]), o.transition.quiet)
        for o in offers
        if o.transition.page
        and o.transition.verb != "dispute"
        and (o.transition.page != "record" or row.is_past)
    ]
    note = MeetingNote.objects.filter(meeting=row, author=by.user).first() if by.user else None
    return page(
        request,
        "pair_work/meeting.html",
        meeting=row,
        pair=row.pair,
        links=links,
        can_cancel=any(o.transition.verb == "cancel" for o in offers),
        can_accept=any(o.transition.verb == "accept" for o in offers),
        is_of_pair=bool(row.pair.role_of(by)),
        **awaited(row, by),
        note=refused
        or NoteForm(initial={"note": note.text if note else ""}, version=note.version if note else 0),
        crumbs=[
            ("Пары", reverse("mentoring:pairs")),
            (row.pair.title, reverse("cabinet:pair", args=[row.pair.uuid])),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = meeting_for(by, pk)
    only_for_pair(by, row.pair)
    only_while_possible(request, row, "move", by)
    form = MoveForm(
        request.POST or None, initial={"time": f"{clock.local(row.planned_at):%H:%M}"}, version=row.version
    )
    if request.method == "POST" and form.is_valid():
        said = MEETING.said("move", row.state)
        with form.catching():
            new = services.move_meeting(
                row,
                by=by,
                version=form.version,
                planned_at=form.asked().planned_at,
            )
        if not form.refused:
            return done(request, reverse("pair_work:meeting", args=[new.uuid]), said)
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Перенести встречу",
        submit="Перенести встречу",
        lead=f"{quoted(row.topic)}. {MEETING.final('move')}",
        who=other_of(row.pair, by).full_name,
        back=("К встрече", reverse("pair_work:meeting", args=[pk])),
    )


@require_POST
def cancel(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Cancel a planned one, or agree with a disputed record (`verb`)."""
    by = request.actor
    row, verb = meeting_for(by, pk), "accept" if request.POST.get("verb") == "accept" else "cancel"
    said, asked = MEETING.said(verb, row.state), Opinion() if verb == "accept" else Nothing()
    MEETING.move(row, verb, by=by, version=version_of(request), asked=asked)
    return done(request, reverse("pair_work:meeting", args=[pk]), said)


@require_POST
def note(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row, form = meeting_for(by, pk), NoteForm(request.POST)
    if not form.is_valid():
        return _meeting_page(request, row, form)
    with form.catching():
        services.keep_note(row, form.cleaned_data["note"], by=by, version=form.version)
    return done(request, reverse("pair_work:meeting", args=[pk]), "Заметка сохранена. Её видите только вы.")
