"""Pages of programmes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.mentoring.selectors.people import baton_at
from portal.mentoring.states import PairRole
from portal.pair_work import services
from portal.pair_work.access import adoptions, programme_for
from portal.pair_work.access import programmes as access
from portal.pair_work.access.practices import can_tell_programme
from portal.pair_work.exports.tables import programmes_table
from portal.pair_work.forms.programmes import GoalsForm, MarkForm
from portal.pair_work.models import Programme
from portal.pair_work.selectors.adoptions import why_not
from portal.pair_work.selectors.figures import done_among
from portal.pair_work.selectors.fitting import fitting_practices
from portal.pair_work.services.programmes import MARKABLE
from portal.pair_work.silence import yet_to_agree
from portal.pair_work.states import ActivityMark, ProgrammeState
from portal.pair_work.views.of_day import ProgrammeFilters, programmes_of_day
from portal.pair_work.workflow import PROGRAMME
from portal.pair_work.workflow import programme_standing as at
from portal.ui.lists import ListPage
from portal.ui.on_day import day_asked
from portal.ui.parts import Empty, Line, Step, walk_of
from portal.ui.shortcuts import done, only_while, page
from portal.ui.step_button import pressed

S = ProgrammeState


@require_safe
def programmes(request: PortalRequest) -> HttpResponse:
    by, day = request.actor, day_asked(request.GET.get("on", ""))
    if day is not None:
        return programmes_of_day(request, day)
    rows = (
        Programme.objects.visible_to(by)
        .select_related("pair__mentor")
        .prefetch_related("pair__pair_mentees__mentee")
    )
    sorts = {
        "mentor": ("Пара", ["pair__mentor__name_key", "id"]),
        "until": ("До", ["ends_on", "id"]),
        "state": ("Состояние", ["state", "id"]),
    }
    empty = Empty(
        "Программ пока нет",
        "Программу пишет наставник, когда пара действует.",
        reverse("mentoring:pairs"),
        "К парам",
    )
    return ListPage(
        request,
        rows,
        filters=ProgrammeFilters,
        sorts=sorts,
        default="mentor",
        empty=empty,
        export=programmes_table,
    ).answer("pair_work/programmes.html")


def _lane(row: Programme) -> list[Step]:
    days = {
        at.WRITTEN: clock.local(row.created_at).date(),
        at.IN_PAIR: row.submitted_on,
        at.READ: row.approved_on,
        at.READY: row.ends_on,
    }
    return walk_of(
        PROGRAMME,
        row,
        note=f"редакция {row.revision}" if row.revision else "",
        notes={place.step: f"{day:%d.%m.%Y}" for place, day in days.items() if day},
    )


PASSED_ON = (
    *("submit", "confirm", "enter_agreement", "ask_changes", "recommend", "return", "approve"),
    *("correct", "submit_correction"),
)
"""Steps after which the programme says whose move it is: the last agreement leads on by itself, a group has
more than one mentee, an approved programme may begin at once, a correction is begun by any of the pair.
"""
HOLDS = {
    S.SMO_REVIEW: "Эстафета у ШМО: смотрит программу.",
    S.CURATOR_REVIEW: "Эстафета у того, кто утверждает программы в школе.",
    S.APPROVED: "Программа утверждена и начнётся в первый день срока.",
    S.IN_PROGRESS: "Эстафета у пары: программа идёт. Темп выбирает пара.",
    S.COMPLETED: "Программа завершена.",
    S.CANCELLED: "Программа отменена.",
}


def holds(row: Programme) -> str:
    """Whose move it is, in words, for those whose move it is not."""
    if row.state in HOLDS:
        return HOLDS[S(row.state)]
    if row.state == S.FINAL_REVIEW:
        ends = access.Approval.here().completer_of(row.pair).label
        return f"Эстафета у пары: каждый оценивает свою половину целей, потом программу завершит {ends}."
    if row.state == S.AGREED_BY_PAIR or (row.state == S.CORRECTION and row.submitted_on is not None):
        return _readers_hold(row)
    writes = "уточняет программу" if row.state == S.CORRECTION else "пишет программу"
    return f"{baton_at(row.pair.mentor)}: {writes}."


def _readers_hold(row: Programme) -> str:
    """Those of the mentees who have not agreed yet."""
    read = "уточнение" if row.state == S.CORRECTION else "программу"
    people = yet_to_agree(row) or [row.pair.mentee]
    if len(people) == 1:
        return f"{baton_at(people[0])}: читает {read}."
    return f"Эстафета у наставляемых: {read} читают {', '.join(person.short_name for person in people)}."


def _to_write(row: Programme, by: Actor) -> str:
    """What the mentor does with a text that is not sent yet; empty for anybody else, and while another reads
    it.
    """
    if (
        row.pair.role_of(by) != PairRole.MENTOR
        or not row.is_editable
        or (row.state == S.CORRECTION and row.submitted_on is not None)
    ):
        return ""
    return (
        "Поправьте программу и отправьте уточнение."
        if row.state == S.CORRECTION
        else "Допишите программу и отправьте её."
    )


def _turn(row: Programme, by: Actor) -> dict[str, Any]:
    """What the reader may do at once, what else is possible, and the nearest thing of the plan for the
    pair.
    """
    offers = _offers(row, by)
    moves = [
        offer
        for offer in offers
        if offer.ready and not offer.transition.needs_comment and not offer.transition.quiet
    ]
    role, plan = row.pair.role_of(by), [a for a in row.activities.all() if a.mark == ActivityMark.PLANNED]
    can_mark = bool(role) and row.state in MARKABLE
    nearest = (
        min(plan, key=lambda a: (a.ends_on, a.number), default=None)
        if can_mark and row.state == S.IN_PROGRESS
        else None
    )
    others = [offer for offer in offers if offer not in moves]
    return {
        "moves": moves,
        "others": others,
        "holds": holds(row),
        "to_write": _to_write(row, by),
        "can_mark": can_mark,
        "nearest": nearest,
    }


@require_safe
def programme(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = programme_for(by, pk)
    said = {(c.revision, c.person_id) for c in row.confirmations.all()}
    agreed = [(person, (row.revision, person.pk) in said) for person in row.pair.people]
    role = row.pair.role_of(by)
    revisions = [
        Line(r.created_at, f"Редакция {r.number}{_never_in_force(row, r.number)}", "", r.reason)
        for r in row.revisions.all()
    ]
    rating = (
        GoalsForm(goals=row.goals.all(), version=row.version)
        if row.state == S.FINAL_REVIEW and role
        else None
    )
    return page(
        request,
        "pair_work/programme.html",
        programme=row,
        pair=row.pair,
        lane=_lane(row),
        **_turn(row, by),
        agreed=agreed,
        revisions=revisions,
        rating=rating,
        measured=any(goal.actual is not None for goal in row.goals.all()),
        done=done_among(row.activities.all()),
        adoptions=row.adoptions.live(),
        **_proposed(row, by),
        can_edit=row.is_editable and role == PairRole.MENTOR,
        can_tell=row.state == S.COMPLETED and can_tell_programme(by, row),
        crumbs=[
            ("Пары", reverse("mentoring:pairs")),
            (row.pair.title, reverse("cabinet:pair", args=[row.pair.uuid])),
        ],
    )


def _proposed(row: Programme, by: Actor) -> dict[str, Any]:
    """Practices of the bank that fit it; its mentor takes one, or reads why not now."""
    writes = adoptions.can_take_practice(by, row)
    not_now = why_not(row) if writes else ""
    return {
        "fitting": fitting_practices(by, row),
        "can_take": writes and not not_now,
        "not_now": not_now,
    }


def _never_in_force(row: Programme, number: int) -> str:
    """Words about a text that the pair has read and never worked by."""
    return "" if number == row.revision or number in row.agreed_revisions else ", не действовала"


def _offers(row: Programme, by: Actor) -> list[Any]:
    """A person who has agreed already is not asked again."""
    offers = PROGRAMME.offers(row, by)
    return [
        offer
        for offer in offers
        if not (
            offer.transition.verb in ("confirm", "ask_changes")
            and any(g.code in ("already_confirmed", "not_corrected") for g in offer.unmet)
        )
    ]


@require_POST
def programme_move(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row, verb = programme_for(by, pk), request.POST.get("verb", "")
    said = pressed(request, PROGRAMME, row, by=by)
    if verb in PASSED_ON:
        now = programme_for(by, pk)
        said = f"Записано. {_to_write(now, by) or holds(now)}"
    return done(request, reverse("pair_work:programme", args=[pk]), said)


@require_POST
def goals(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = programme_for(by, pk)
    form = GoalsForm(request.POST, goals=row.goals.all(), version=row.version)
    if form.is_valid():
        with form.catching():
            services.rate_goals(row, form.ratings(), levels=form.levels(), by=by, version=form.version)
        if not form.refused:
            return done(request, reverse("pair_work:programme", args=[pk]), "Оценки записаны.")
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Оцените цели",
        submit="Записать оценки",
        lead="Каждый оценивает свою половину.",
        who=row.pair.title,
        back=("К программе", reverse("pair_work:programme", args=[pk])),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: PortalRequest, pk: UUID, number: int) -> HttpResponse:
    by = request.actor
    row = programme_for(by, pk)
    if not access.can_mark_activity(by, row):
        raise Forbidden("Дела отмечает сама пара.")
    word = f"Дела отмечают, пока программа выполняется. Программа: {row.get_state_display()}."
    only_while(request, row.state in MARKABLE, reverse("pair_work:programme", args=[pk]), word)
    activity = next((a for a in row.activities.all() if a.number == number), None)
    initial = {"mark": "done", "done_on": clock.today(), "result": activity.result if activity else ""}
    form = MarkForm(request.POST or None, initial=initial, version=activity.version if activity else None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.mark_activity(row, number, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, reverse("pair_work:programme", args=[pk]), "Отмечено.")
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Как с этим делом?",
        submit="Отметить дело",
        lead=activity.content if activity else "",
        who=row.pair.title,
        back=("К программе", reverse("pair_work:programme", args=[pk])),
    )
