"""Background work whose worker died for the tenth time says nothing more: whoever waits for it may ask again,
nobody need write SQL.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.documents import word_pdf
from portal.local_acts import printing as acts_printing
from portal.local_acts import services as acts
from portal.municipality import services as municipality
from portal.papers import freezing as papers
from portal.papers import printing
from portal.school_records.models import Outbox
from tenants.models import SchoolOpening, SchoolState
from tests.things import school_99
from tests.workflows.acting import NOW, Visitor, who
from tests.workflows.signed_papers import SIGNED

SOON, LATER = NOW + dt.timedelta(minutes=20), NOW + dt.timedelta(minutes=31)


def jobs() -> int:
    return Outbox.objects.filter(
        kind="job", payload__job__in=("papers.make_pdf", "local_acts.make_pdf")
    ).count()


@pytest.fixture
def with_office(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (printing, acts_printing):
        monkeypatch.setattr(module, "pdf_is_available", lambda: True)
    monkeypatch.setattr(word_pdf, "available", lambda: True)


@pytest.mark.usefixtures("in_school5", "with_office")
@pytest.mark.covers("found A1")
@pytest.mark.parametrize("kind", ["paper", "act"])
def test_a_pdf_that_never_came_is_asked_for_again(kind: str, visits: Callable[[str], Visitor]) -> None:
    if kind == "paper":
        paper = papers.frozen(papers.KINDS["T-08"], SIGNED["T-08"](who).obj)
        url, ask = f"/s/5/papers/{paper.uuid}/pdf/", lambda: printing.ask_for_pdf(paper, by=who("zhanna"))  # type: ignore[union-attr]
    else:
        act = acts.load_municipal_act(by=who("zhanna"))
        url, ask = f"/s/5/acts/{act.uuid}/pdf/", lambda: acts_printing.ask_for_pdf(act, by=who("zhanna"))
    asked: Any = ask()  # type: ignore[no-untyped-call]
    type(asked).objects.filter(pk=asked.pk).update(begun_at=NOW)
    before = jobs()
    with clock.at(SOON):
        assert "Попробовать ещё раз" not in visits("zhanna").get(url).content.decode()
        ask()  # type: ignore[no-untyped-call]
        assert jobs() == before, "it may be on its way"
    with clock.at(LATER):
        assert "Попробовать ещё раз" in visits("zhanna").get(url).content.decode()
        ask()  # type: ignore[no-untyped-call]
        ask()  # type: ignore[no-untyped-call]
        assert jobs() == before + 1
        assert "Попробовать ещё раз" not in visits("zhanna").get(url).content.decode()


@pytest.mark.covers("found A1", "SM-17.open")
def test_an_opening_that_fell_silent_is_asked_for_again(
    actor: Callable[..., Actor], as_: Callable[[str], Client]
) -> None:
    semyon = actor("semyon")
    with clock.at(NOW):
        school = school_99(SchoolState.DOCS_SIGNED)
        opening = municipality.ask_to_open(school, by=semyon)
    with clock.at(SOON):
        assert municipality.ask_to_open(school, by=semyon).version == opening.version, "it may be on its way"
        assert "открытие остановилось" not in as_("semyon").get("/city/").content.decode().replace(
            "\xa0", " "
        )
    with clock.at(LATER):
        assert "открытие остановилось" in as_("semyon").get("/city/").content.decode().replace("\xa0", " ")
        assert "Открытие остановилось" in as_("semyon").get(
            f"/schools/{school.uuid}/"
        ).content.decode().replace("\xa0", " ")
        assert municipality.ask_to_open(school, by=semyon).version == opening.version + 1
        assert not SchoolOpening.objects.get(school=school).has_stopped


def test_an_opening_that_was_not_marked_finished_is_no_trouble_of_an_open_school(
    as_: Callable[[str], Client],
) -> None:
    """Killed between the commit of the opening and the mark beside it."""
    school = school_99(SchoolState.SCHEMA_CREATED)
    with clock.at(NOW):
        SchoolOpening.objects.create(school=school)
    with clock.at(LATER):
        page = as_("semyon").get(f"/schools/{school.uuid}/").content.decode()
    assert "Открываем школу" not in page
    assert "Открытие остановилось" not in page
