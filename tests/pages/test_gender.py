"""Where a person stands beside the word, the word fits the person."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core.actor import Actor
from portal.mentor_bank.models import MenteeNeed
from portal.pair_work import services
from portal.pair_work.exports.programmes import programme_form
from portal.pair_work.workflow import PROGRAMME
from portal.school_records.models import Notice
from portal.staff.models import Person
from tests import notices_said
from tests.documents.reading import text_of
from tests.workflows import mentoring_scenes as scene

pytestmark = pytest.mark.covers("found E7")
MASCULINE = re.compile(r"[^.<>]{0,60}\bнаставляем(?:ый|ого|ому|ым|ом)\b[^.<>]{0,40}", re.I)


def test_the_pages_of_a_young_woman_speak_of_her(
    school5: Any, actor: Callable[..., Actor], inside: Any, as_: Callable[[str], Client]
) -> None:
    with inside(school5):
        pair = scene.running(lambda key: actor(key, school5)).pair
        need, programme = MenteeNeed.objects.get(), pair.programmes.get()
        consents = [f"pair-consents/{row.uuid}/" for row in pair.consents.all()]
    pages = [
        "",
        f"pairs/{pair.uuid}/",
        f"pairs/{pair.uuid}/journal/",
        f"programmes/{programme.uuid}/",
        "meetings/",
        f"needs/{need.uuid}/",
        *consents,
    ]
    found = {
        (key, page): wrong
        for key in ("anna", "boris", "vera")
        for page in pages
        if (wrong := MASCULINE.findall(_said(as_(key), page)))
    }
    assert found == {}


def test_what_is_written_and_printed_of_her_does_too(
    school5: Any, actor: Callable[..., Actor], inside: Any, as_: Callable[[str], Client]
) -> None:
    """The form of the programme, its paper, the proposal, and the news of it."""
    actors = {key: actor(key, school5) for key in ("anna", "boris", "vera", "zhanna", "irina")}
    who = actors.__getitem__
    with inside(school5):
        pair = scene.active(who)
    empty = _said(as_("boris"), f"pairs/{pair.uuid}/programme/")
    with inside(school5):
        activities = [{**row, "responsible": "mentee"} for row in scene.text(pair)["activities"]]
        programme = services.submit_programme(
            scene.written(who, pair, activities=activities), by=who("boris")
        )
        PROGRAMME.move(programme, "ask_changes", by=who("vera"), comment="Сдвинем сроки")
        programme.refresh_from_db()
        printed = text_of(programme_form(programme).docx())
        news = " ".join(Notice.objects.values_list("text", flat=True))
    filled = _said(as_("boris"), f"programmes/{programme.uuid}/edit/")
    assert [text.count("наставляемая") > 0 for text in (empty, filled, printed)] == [True] * 3
    assert "вас просят поправить программу" in news
    assert [wrong for text in (empty, filled, printed, news) if (wrong := MASCULINE.findall(text))] == []


def _said(client: Client, page: str) -> str:
    answer = client.get(f"/s/5/{page}")
    return (
        answer.content.decode().split("<main", 1)[-1].replace("\xa0", " ")
        if answer.status_code == 200
        else ""
    )


@pytest.mark.parametrize(
    ("name", "gender", "word"),
    [
        (("Соколова", "Вера", "Андреевна"), "", "наставляемая"),
        (("Шевченко", "Саша", ""), "f", "наставляемая"),
        (("Кравцов", "Борис", "Ильич"), "", "наставляемый"),
    ],
)
def test_by_the_card_else_by_the_name(name: tuple[str, str, str], gender: str, word: str) -> None:
    last, first, middle = name
    assert (
        Person(last_name=last, first_name=first, middle_name=middle, gender=gender).by_gender(
            "наставляемый", "наставляемая"
        )
        == word
    )


@pytest.mark.parametrize(
    "text",
    [
        "Виноградова А. А.: стал экспертом города",
        "Виноградова А. А.: не согласен",
        "Кравцов Б. И. : согласие дано",
        "Пара: termination_notice",
    ],
)
def test_a_notice_that_is_said_wrong_is_heard(text: str) -> None:
    """What every notice of the suite is read for (`tests/notices_said.py`)."""
    assert notices_said.wrong_in(text)
    assert not notices_said.wrong_in("Виноградова А. А.: теперь эксперт города")
