"""Writes of a school's form for the city: filled, counted anew, handed over; the flows that were seen."""

import datetime as dt
from typing import Any
from uuid import uuid4

from portal.core import clock
from portal.monitoring import services as monitoring
from portal.monitoring.models import SchoolForm
from portal.municipality.letters import OpenedCampaign
from tests.posts.mentoring_forming import ROOT
from tests.posts.rows import Post, Scene, World


def _form(w: World) -> SchoolForm:
    letter = OpenedCampaign(
        campaign=uuid4(),
        title="Кадровый срез",
        year=2026,
        indicators=["A01"],
        due=clock.today() + dt.timedelta(days=3),
    )
    return monitoring.begin_form(letter)


def _signed(w: World, found: SchoolForm) -> Any:
    return lambda: monitoring.hand_over_form(SchoolForm.objects.get(pk=found.pk), by=w.who("zhanna"))


def fill(w: World) -> Scene:
    found = _form(w)
    value = found.values.get()
    figures = {f"A01_{key}": str(value.declared[key]) for key in value.declared}
    return Scene(
        f"{ROOT}forms/{found.uuid}/fill/",
        {**figures, "A01_explanation": "Числа сверены с приказами по школе."},
        found,
        later=_signed(w, found),
    )


def recount(w: World) -> Scene:
    found = _form(w)
    page = f"{ROOT}forms/{found.uuid}/"
    return Scene(f"{page}recount/", {}, found, page, later=_signed(w, found))


def form_hand_over(w: World) -> Scene:
    found = _form(w)
    return Scene(f"{ROOT}forms/{found.uuid}/hand-over/", {}, found)


def seen(w: World) -> Scene:
    return Scene(f"{ROOT}disclosure/seen/")


ROWS = [
    Post("monitoring:fill", "anna", fill, "formvalue~ journalline+1 schoolform~"),
    Post("monitoring:recount", "anna", recount, "formvalue~ journalline+1 schoolform~"),
    Post(
        "monitoring:hand_over",
        "zhanna",
        form_hand_over,
        "disclosureline+1 journalline+2 outbox+1 schoolform~",
    ),
    Post("monitoring:seen", "zhanna", seen, "flowseen+1 journalline+1", 302),
]
