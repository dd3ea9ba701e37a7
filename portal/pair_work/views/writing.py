"""The mentor writes the programme: a new one, or another text of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import DomainError, Forbidden, Invalid, Stale
from portal.core.school_year import SchoolYear
from portal.mentor_bank import difficulties
from portal.mentoring.access import pair_for
from portal.mentoring.access import pairs as pair_access
from portal.mentoring.models import Pair
from portal.pair_work import services
from portal.pair_work.access import programme_for
from portal.pair_work.access import programmes as access
from portal.pair_work.forms.programmes import ProgrammeForms, initial_of
from portal.pair_work.models import Programme
from portal.pair_work.services.programmes import WRITABLE
from portal.pair_work.states import ProgrammeState as S
from portal.pair_work.views.programmes import holds
from portal.ui.shortcuts import done, only_while, page


@require_http_methods(["GET", "HEAD", "POST"])
def programme_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    pair = pair_for(by, pk)
    if not access.can_write_programme(by, pair):
        raise Forbidden("Программу пишет наставник этой пары.")
    word = f"Программу пишут, когда согласия собраны. Пара: {pair.get_state_display()}."
    only_while(request, pair.state in WRITABLE, reverse("cabinet:pair", args=[pk]), word)
    page_forms = ProgrammeForms(
        request.POST if request.method == "POST" else None, pair=pair, version=None, **_prefilled(pair, by)
    )
    return _write(request, page_forms, pair, None)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = programme_for(by, pk)
    if not access.can_edit_programme(by, row):
        raise Forbidden("Программу правит наставник этой пары.")
    word = f"Эту редакцию уже нельзя менять. Программа: {row.get_state_display()}."
    only_while(request, row.is_editable, reverse("pair_work:programme", args=[pk]), word)
    page_forms = ProgrammeForms(
        request.POST if request.method == "POST" else None, pair=row.pair, **initial_of(row)
    )
    return _write(request, page_forms, row.pair, row)


def _write(
    request: PortalRequest, page_forms: ProgrammeForms, pair: Pair, row: Programme | None
) -> HttpResponse:
    by = request.actor
    moved_on = False
    if page_forms.is_bound and not page_forms.adding and page_forms.is_valid():
        try:
            saved = services.write_programme(
                pair, by=by, programme=row, version=page_forms.text.version, **page_forms.values()
            )
            if request.POST.get("send") == "1" and saved.state in (S.DRAFT, S.RETURNED):
                services.submit_programme(saved, by=by)
                return done(
                    request,
                    reverse("pair_work:programme", args=[saved.uuid]),
                    f"Записано. {holds(saved)}",
                )
            return done(request, reverse("pair_work:programme", args=[saved.uuid]), "Черновик сохранён.")
        except Stale as stale:
            stale.form = page_forms.text
            raise
        except (Invalid, DomainError) as refusal:
            if refusal.status not in (409, 422):
                raise
            page_forms.text.refuse(refusal)
            moved_on = refusal.status == 409 and refusal.field is None
    return page(
        request,
        "pair_work/programme_edit.html",
        status=409 if moved_on else page_forms.status,
        forms=page_forms,
        text=page_forms.text,
        pair=pair,
        programme=row,
        year_end=SchoolYear.current().ends_on,
        crumbs=[
            ("Пары", reverse("mentoring:pairs")),
            (pair.title, reverse("cabinet:pair", args=[pair.uuid])),
        ],
    )


def _prefilled(pair: Pair, by: Actor) -> dict[str, Any]:
    """Goals from the mentee's difficulties, if the mentee has agreed to show them; dates from the pair."""
    needs = (
        [r.need for r in pair.pair_mentees.select_related("need") if r.need]
        if pair_access.sees_difficulties(by, pair)
        else []
    )
    items = list(dict.fromkeys(item for need in needs for item in need.difficulty_items))
    start = max(clock.today(), pair.started_on or pair.planned_from)
    end = min(pair.planned_to, SchoolYear.of(start).ends_on)
    goals = [
        {
            "difficulty": item,
            "target": f"{difficulties.title(item)}: справляюсь без подсказки",
            "baseline": 2,
            "target_level": 1,
        }
        for item in items
    ]
    problem = " ".join(need.request for need in needs)
    initial = {
        "title": f"Программа на {SchoolYear.of(start)} учебный год",
        "problem": problem,
        "goal": pair.goal,
        "difficulty_items": items,
        "starts_on": start,
        "ends_on": end,
        "free_difficulty": next((need.free_difficulty for need in needs if need.free_difficulty), ""),
        "channel": pair.channel,
        "frequency": "раз в неделю",
    }
    return {"initial": initial, "goals": goals, "activities": []}
