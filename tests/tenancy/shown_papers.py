"""The town that is shown: its signed papers and its practices."""

import tomllib

from portal.core import clock
from portal.core.actor import Actor
from portal.local_acts import services as acts
from portal.local_acts.models import ActPdf, LocalAct, Order
from portal.local_acts.states import ActState, OrderState
from portal.school_practices.models import (
    Authorship,
    PracticeAttachment,
    SchoolPractice,
    SchoolReview,
    UnclearDescription,
)
from portal.school_practices.states import SchoolPracticeState
from portal.school_records.models import FrozenPaper, PaperPdf
from tests.cast import BY_KEY
from tests.database import ROOT
from tests.tenancy.rows import row
from tests.tenancy.shown_base import Made, of, scan

PRACTICE = {
    key: value
    for key, value in tomllib.loads(
        min((ROOT / "portal/demo/content/practices").glob("*.toml")).read_text()
    ).items()
    if key not in ("school", "authors")
}


def papers(by: Actor, zhanna: Actor) -> Made:
    act = acts.load_municipal_act(by=by)
    for number, state in enumerate(ActState):
        yield row(
            LocalAct,
            number,
            kind="T-02",
            title=act.title,
            chapters=act.chapters,
            state=state,
            scan=scan(by),
            approved_on=clock.today(),
            number=f"{number}-о",
        )
    yield row(
        LocalAct,
        40,
        kind="T-02",
        title=act.title,
        chapters=act.chapters,
        left_out=["Школа"],
        template_version="own",
    )
    yield act
    yield row(ActPdf, 0, act=act, edition=act.version, file=scan(by))
    for number, state in enumerate(OrderState, 50):  # type: ignore[assignment]
        yield row(
            Order,
            number,
            code="T-04",
            subject=of("anna").uuid,
            people=[of("anna").uuid],
            title="О назначении куратора: Мельникова А. В.",
            state=state,
            signed_on=clock.today(),
            number=f"{number}-о",
            scan=scan(by),
            details={"valid_from": "2026-09-01", "valid_to": ""},
        )
    signed = Order.objects.filter(code="T-04", state=OrderState.REGISTERED).last()
    paper = row(
        FrozenPaper,
        0,
        code="T-04",
        subject=signed.uuid,  # type: ignore[union-attr]
        people=signed.people,  # type: ignore[union-attr]
        title=signed.title,  # type: ignore[union-attr]
        word=scan(by),
    )
    row(PaperPdf, 0, paper=paper, file=scan(by))
    yield paper


def practices(by: Actor) -> Made:
    for number, state in enumerate(SchoolPracticeState):
        text = {**PRACTICE, "title": f"Практика {number}"}
        practice = row(
            SchoolPractice,
            number,
            **text,
            created_by=BY_KEY["boris"].uuid,
            state=state,
            has_no_pupil_data=True,
            has_image_consents=True,
            revision=1,
        )
        for place, key in enumerate(("boris", "vera"), 1):
            Authorship.objects.create(practice=practice, person=of(key), place=place)
        yield practice
        if state == SchoolPracticeState.SCHOOL_BANK:
            attached = row(PracticeAttachment, number, practice=practice, file=scan(by))
            yield attached.file
            yield row(UnclearDescription, number, practice=practice, words="Что делать на третьем шаге?")
        yield row(
            SchoolReview,
            number,
            practice=practice,
            revision=1,
            reviewer=BY_KEY["lev"].uuid,
            scores={},
            comment="Ясно и полно",
            recommendation="publish",
        )
