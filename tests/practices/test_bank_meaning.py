"""The published bank where the order by meaning is installed: vectors follow what is published and taken off,
the operator sees them, and teachers are shown what fits their difficulties.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from best_practices import bank, learning, search
from best_practices.models import BankMeaning, BankPractice, Practice
from portal.core.actor import Actor
from portal.demo.cast import uuid_of
from portal.mentor_bank.models import MenteeNeed
from portal.search.meaning import maker as makers
from portal.search.meaning.engine import Kept
from portal.search.meaning.maker import MAKER, Maker, NoVectorError
from portal.staff.models import Person
from tenants.context import in_school
from tenants.models import School
from tenants.tasks import DAILY_IN_CITY
from tests import database
from tests.queued import do_queued
from tests.things import card_in_bank

AsPerson = Callable[[str], Client]
LEARN = "best_practices.learn_meaning"
QUARRELS = "Как помочь детям, которые поссорились"
METALS = "Плавка металла на уроке труда"


@pytest.fixture
def meaning_is_wanted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings of an installation that has it, on a machine that is busy with tests."""
    settings.SEARCH_MEANING = True
    monkeypatch.setattr(MAKER, "patience", 20.0)
    monkeypatch.setattr(search.MEANING, "kept", Kept())
    yield
    MAKER.end()


@pytest.fixture
def learns(db: None, meaning_is_wanted: None) -> Maker:
    return MAKER


Publish = Callable[..., BankPractice]


@pytest.fixture
def publish(content: dict[str, Any]) -> Publish:
    """As the step of the workflow does it: the card, the index, the job."""

    def put(title: str) -> BankPractice:
        number = BankPractice.objects.count() + 1
        said = {name: title for name, value in content.items() if isinstance(value, str)}
        few: dict[str, list[str]] = {"tasks": [], "steps": [], "results": [], "keywords": [], "subjects": []}
        told = {**content, **said, **few, "nomination": "N1", "form": "teacher_teacher"}
        with transaction.atomic():
            card = card_in_bank(
                told, practice=uuid_of("meant", str(number)), code=f"ЛП-2026-{number:04d}", title=title
            )
            search.ENGINE.index([search.document_of(card)])
            learning.learn_later(Actor.system())
        return card

    return put


def known() -> set[Any]:
    return set(BankMeaning.objects.values_list("uuid", flat=True))


def test_what_is_published_is_learnt_and_what_is_taken_off_forgotten_at_once(
    learns: Maker, publish: Publish
) -> None:
    first, second = publish(QUARRELS), publish(METALS)
    assert known() == set()
    assert do_queued(LEARN) == 2
    assert known() == {first.uuid, second.uuid}
    vectors = BankMeaning.objects.get(uuid=first.uuid).vectors
    bank.take_off(Practice(practice=second.practice))
    assert known() == {first.uuid}
    learning.learn_missing()
    assert BankMeaning.objects.get(uuid=first.uuid).vectors == vectors, "learnt twice"


def test_what_is_taken_off_while_it_is_being_learnt_leaves_nothing(
    learns: Maker, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = publish(QUARRELS), publish(METALS)
    of_part = MAKER.of_part

    def taken_off_meanwhile(text: str) -> Any:
        if METALS in text:
            bank.take_off(Practice(practice=second.practice))
        return of_part(text)

    monkeypatch.setattr(MAKER, "of_part", taken_off_meanwhile)
    assert learning.learn_missing() == 1
    assert known() == {first.uuid}


def test_a_practice_that_fails_stops_no_other(
    learns: Maker, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(METALS)
    fine, of_part = publish(QUARRELS), MAKER.of_part

    def fails(text: str) -> Any:
        if METALS in text:
            raise NoVectorError("the process has ended")
        return of_part(text)

    monkeypatch.setattr(MAKER, "of_part", fails)
    with pytest.raises(learning.NotLearntError, match="1 practices"):
        do_queued(LEARN)
    assert known() == {fine.uuid}
    with pytest.raises(CommandError, match="повторите"):
        call_command("rebuild_meaning")
    monkeypatch.undo()


def test_the_night_asks_for_what_no_job_has_learnt_and_the_operator_sees_it(
    learns: Maker, publish: Publish, client: Client, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def said() -> tuple[bool, int]:
        answer = client.get("/readyz").json()
        return answer["search_meaning"], answer["search_meaning_waiting"]

    settings.SEARCH_MEANING = False
    card = publish(QUARRELS)
    settings.SEARCH_MEANING = True
    [night] = [work for work in DAILY_IN_CITY if work.__module__ == "best_practices.learning"]
    assert said() == (True, 1)
    night(Actor.system())
    assert do_queued(LEARN) == 1
    assert said() == (True, 0)
    search.MEANING.forget([card.uuid])
    call_command("rebuild_meaning")
    assert capsys.readouterr().out.splitlines() == ["1 из 1", "Готово: узнано практик 1."]


def test_where_it_is_not_installed_nothing_is_learnt_and_nothing_said(
    db: None, publish: Publish, client: Client, as_: AsPerson
) -> None:
    card = publish(QUARRELS)
    [night] = [work for work in DAILY_IN_CITY if work.__module__ == "best_practices.learning"]
    night(Actor.system())
    assert do_queued(LEARN) == 0
    told = client.get("/readyz").json()
    assert (told["search_meaning"], told["search_meaning_waiting"]) == (False, 0)
    with pytest.raises(CommandError, match="semantic"):
        call_command("rebuild_meaning")
    found, shown_cards = search.search_bank(Actor.system(), "дети поссорились", {})
    assert ([one.card for one in shown_cards], found.without_meaning) == ([card], False)
    page = as_("gleb").get("/s/12/bank/", {"q": "как мирить ребят"}).content.decode()
    assert "Близко по смыслу" not in page.replace("\xa0", " ")
    bank.take_off(Practice(practice=card.practice))


def test_killed_in_the_middle_it_goes_on_where_it_was(
    own_database: str, meaning_is_wanted: None, publish: Publish
) -> None:
    cards = [publish(f"{QUARRELS} {number}") for number in range(6)]
    urls = {"DATABASE_URL": database.app_url(own_database), "SEARCH_MEANING": "1"}
    killed = subprocess.Popen(
        [sys.executable, "manage.py", "rebuild_meaning"],
        cwd=database.ROOT,
        env={**os.environ, **urls},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout
    assert killed.stdout.readline() == "1 из 6\n"
    killed.kill()
    killed.communicate(timeout=60)
    learnt = len(known())
    assert 1 <= learnt < 6
    assert learning.learn_missing() == 6 - learnt
    assert known() == {card.uuid for card in cards}


def shown(page: str, title: str) -> list[str]:
    """Names of the practices of a section."""
    section = re.search(rf'<section[^>]*aria-label="{title}".*?</section>', page, re.S)
    found = re.findall(r'<a href="[^"]*">\s*(.*?)\s*</a>', section[0], re.S) if section else []
    return [name.replace("\xa0", " ") for name in found]


FITS = "Подходит к вашим затруднениям"


@pytest.fixture
def need(publish: Publish, learns: Maker, school5: School) -> MenteeNeed:
    """Anna's, in a school, and a bank that has something for it."""
    for title in (METALS, QUARRELS):
        publish(title)
    learning.learn_missing()
    with in_school(school5):
        need = MenteeNeed.objects.filter(person__user=uuid_of("user", "anna")).first() or MenteeNeed(
            person=Person.objects.get(user=uuid_of("user", "anna")),
            category="young",
            reason="young_specialist",
        )
        need.request, need.difficulty_items = (
            "Помогите с детьми, которые ссорятся",
            ["communication.conflict"],
        )
        need.free_difficulty, need.state = "ученики ссорятся и дерутся", "accepted"
        need.save()
    return need


def test_whoever_has_a_difficulty_is_shown_what_fits_it(
    need: MenteeNeed, as_: AsPerson, settings: Any
) -> None:
    anna = as_("anna")
    assert shown(anna.get("/s/5/bank/").content.decode(), FITS)[0] == QUARRELS
    assert shown(anna.get("/s/5/bank/", {"q": "урок"}).content.decode(), FITS) == []
    page = anna.get(f"/s/5/needs/{need.uuid}/").content.decode()
    assert shown(page, "Подходит к этим затруднениям")[0] == QUARRELS
    assert shown(as_("gleb").get("/s/12/bank/").content.decode(), FITS) == [], "nothing of anybody else"
    settings.SEARCH_MEANING = False
    assert shown(anna.get("/s/5/bank/").content.decode(), FITS) == []
    page = anna.get(f"/s/5/needs/{need.uuid}/").content.decode()
    assert "Подходит к" not in page.replace("\xa0", " ")


def test_a_difficulty_leaves_no_trace_outside_the_school(
    need: MenteeNeed, as_: AsPerson, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in a table of the city, nor in memory, nor in a log, whether the process answers or dies."""
    anna, words = as_("anna"), "дерутся"
    caplog.set_level(0)
    anna.get("/s/5/bank/")
    MAKER.end()
    MAKER.command = ("false",)
    try:
        assert shown(anna.get("/s/5/bank/").content.decode(), FITS) == []
    finally:
        del MAKER.command
        MAKER.breaker.went_well()
    assert not search.MEANING.kept._vectors
    assert words not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM public."{table}" held WHERE held::text LIKE %s', [f"%{words}%"]
            )
            assert cursor.fetchone() == (0,), table


def test_near_practices_where_no_word_is_found(learns: Maker, publish: Publish, as_: AsPerson) -> None:
    for title in (METALS, QUARRELS):
        publish(title)
    learning.learn_missing()
    gleb = as_("gleb")

    def near(**asked: str) -> list[str]:
        return shown(gleb.get("/s/12/bank/", asked).content.decode(), "Близко по смыслу")

    assert near(q="как мирить ребят")[0] == QUARRELS
    assert near(q='"как мирить ребят"') == [], "who asks for a phrase wants that phrase"
    assert near(q="как мирить ребят", nomination="N1") == []
    assert near(q="урок") == [], "there is an answer"


def test_the_next_page_of_an_answer_without_meaning_is_without_it_too(
    learns: Maker, publish: Publish, as_: AsPerson
) -> None:
    for number in range(12):
        publish(f"Урок труда {number}")
    learning.learn_missing()
    gleb = as_("gleb")
    assert "by=words" not in gleb.get("/s/12/bank/", {"q": "урок труда"}).content.decode()
    MAKER.end()
    search.MEANING.kept._vectors.clear()
    MAKER.patience = makers.PATIENCE / 100
    page = gleb.get("/s/12/bank/", {"q": "урок труда"}).content.decode()
    assert "page=2&amp;by=words" in page
    MAKER.patience = 20.0
    second = gleb.get("/s/12/bank/", {"q": "урок труда", "page": "2", "by": "words"}).content.decode()
    links = [set(re.findall(r"/bank/([0-9a-f-]{36})/", one)) for one in (page, second)]
    assert len(links[0]) == 10
    assert len(links[0] | links[1]) == 12
