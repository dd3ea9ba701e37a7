"""The text of a practice saves itself: once a change, one line of the journal a sitting; two authors and two
tabs see each other, and nothing typed is lost.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.school_practices import services
from portal.school_practices.models import PracticeRevision, PracticeWords, SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import JournalLine, ReadLine, RepeatKey
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts.rows import words_of
from tests.practices.test_pages import fields_of
from tests.workflows.mentoring_scenes import person

AsPerson = Callable[[str], Client]
Inside = Callable[[School], Any]
ROOT = "/s/5/practices/"
LATE = "Вторая вкладка дописала трудность своими словами, и это жалко потерять. " * 2


class Tab:
    """A page of the editor in somebody's browser: its fields, its number, the version it was given."""

    def __init__(self, client: Client, practice: SchoolPractice, fields: dict[str, Any]) -> None:
        self.client, self.number, self.fields = client, str(uuid4()), dict(fields)
        self.url, self.version = f"{ROOT}{practice.uuid}/", practice.version

    def save(self, **typed: Any) -> Any:
        self.fields |= typed
        more = {"tab": self.number, "version": str(self.version)}
        answer = self.client.post(f"{self.url}save/", {**self.fields, **more}, headers={"HX-Request": "true"})
        if answer.status_code == 200:
            self.version = int(answer.content.decode().split('data-version="')[1].split('"')[0])
        return answer

    def press(self, **typed: Any) -> Any:
        self.fields |= typed
        more = {"tab": self.number, "version": str(self.version), "repeat_key": uuid4().hex}
        return self.client.post(f"{self.url}edit/", {**self.fields, **more})

    def beside(self) -> str:
        asked = {"tab": self.number, "version": str(self.version)}
        return words_of(self.client.get(f"{self.url}writing/", asked))


@pytest.fixture
def tab(drafted: SchoolPractice, as_: AsPerson, content: dict[str, Any]) -> Callable[[str], Tab]:
    return lambda key: Tab(as_(key), drafted, fields_of(content) | {"authors": people("boris")})


def people(*keys: str) -> list[str]:
    return [str(BY_KEY[key].person) for key in keys]


@pytest.fixture
def both_write(drafted: SchoolPractice, school5: School, inside: Inside, actor: Callable[..., Actor]) -> None:
    with inside(school5):
        services.edit_practice(drafted, authors=[person("boris"), person("vera")], by=actor("boris"))
        drafted.refresh_from_db()


def edits(school: School, inside: Inside, practice: SchoolPractice) -> int:
    with inside(school):
        return JournalLine.objects.filter(object_uuid=practice.uuid, verb="edited").count()


def test_a_title_begins_one_draft_of_a_tab(as_: AsPerson, school5: School, inside: Inside) -> None:
    boris, number = as_("boris"), str(uuid4())
    typed = {"authors": people("boris"), "tab": number}
    nameless = boris.post(f"{ROOT}new/save/", typed)
    assert nameless.status_code == 200
    assert "Пока не сохранено" in words_of(nameless)
    answers = [boris.post(f"{ROOT}new/save/", {**typed, "title": "Урок вдвоём"}) for _ in range(2)]
    with inside(school5):
        made = SchoolPractice.objects.get()
        assert JournalLine.objects.filter(object_uuid=made.uuid).count() == 1
        assert not RepeatKey.objects.exists()
    assert [one["HX-Replace-Url"] for one in answers] == [f"{ROOT}{made.uuid}/edit/"] * 2
    assert "Черновик сохранён в" in words_of(answers[0])
    assert "Черновик, сохранён в" in words_of(boris.get("/s/5/"))


def test_back_to_the_page_that_began_it_overwrites_nothing(
    as_: AsPerson, school5: School, inside: Inside
) -> None:
    boris, number = as_("boris"), str(uuid4())
    typed = {"authors": people("boris"), "title": "Урок вдвоём", "goal": "", "tab": number}
    made = boris.post(f"{ROOT}new/", {**typed, "repeat_key": uuid4().hex})
    other = {**typed, "tab": str(uuid4()), "goal": "Новая цель", "version": "1"}
    assert boris.post(f"{made['Location']}edit/", other).status_code == 302
    again = boris.post(f"{ROOT}new/save/", {**typed, "title": "Урок вдвоём, старая вкладка"})
    assert again.status_code == 409
    assert "Новая цель" in words_of(again)
    with inside(school5):
        assert SchoolPractice.objects.get().goal == "Новая цель"


def test_only_a_change_is_saved_with_one_line_a_sitting(
    tab: Callable[[str], Tab],
    drafted: SchoolPractice,
    school5: School,
    inside: Inside,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine, before = tab("boris"), edits(school5, inside, drafted)
    begun = mine.save()
    assert begun.status_code == 200
    for number in range(5):
        assert mine.save(goal=f"Цель, редакция {number}: чтобы вивисектор не понадобился").status_code == 200
    seen = mine.version
    mine.save()
    assert mine.version == seen, "ничего не изменилось, и версия та же"
    with inside(school5):
        assert "вивисектор" in str(PracticeWords.objects.get().__dict__)
        assert not PracticeRevision.objects.exists()
        assert not RepeatKey.objects.exists()
        assert not ReadLine.objects.exists()
    assert edits(school5, inside, drafted) == before + 1
    later = clock.now() + dt.timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    mine.save(goal="После обеда писали дальше")
    assert edits(school5, inside, drafted) == before + 2


def test_what_is_too_long_is_named_and_the_rest_is_kept(
    tab: Callable[[str], Tab], drafted: SchoolPractice, school5: School, inside: Inside
) -> None:
    mine = tab("boris")
    answer = mine.save(annotation="знак " * 200, step_0_content="шаг " * 900, problem="Новая трудность")
    assert answer.status_code == 200
    assert "кроме того, что надо поправить" in words_of(answer)
    assert 'href="#id_annotation"' in answer.content.decode()
    with inside(school5):
        now = SchoolPractice.objects.get()
        assert now.problem == "Новая трудность"
        assert (now.annotation, now.steps) == (drafted.annotation, drafted.steps), "прежнее цело"


@pytest.mark.usefixtures("both_write")
def test_two_authors_see_each_other_and_lose_nothing(
    tab: Callable[[str], Tab], drafted: SchoolPractice, school5: School, inside: Inside
) -> None:
    boris, vera = tab("boris"), tab("vera")
    both = people("boris", "vera")
    boris.fields["authors"] = vera.fields["authors"] = both
    assert boris.beside().strip() == ""
    assert vera.save(problem=LATE).status_code == 200
    assert "Сейчас текст меняет другой автор" in boris.beside()
    assert "уже не такой" in boris.beside()
    assert "Соколов" not in boris.beside()
    late = boris.save(problem="Борис пишет о той же трудности иначе, чем написала коллега рядом.")
    assert late.status_code == 409
    said = " ".join(words_of(late).split())
    assert "сохранил другой автор" in said
    assert LATE.strip() in said
    assert "Борис пишет о той же трудности" in said
    assert "Какая была трудность" in said
    with inside(school5):
        drafted.refresh_from_db()
        assert drafted.problem == LATE.strip()
    boris.version = drafted.version  # «Сохранить то, что сейчас в полях»
    assert boris.save().status_code == 200
    with inside(school5):
        assert SchoolPractice.objects.get().problem.startswith("Борис пишет")
    assert "другой автор" in vera.beside()


def test_two_tabs_of_one_author_see_each_other(
    tab: Callable[[str], Tab], monkeypatch: pytest.MonkeyPatch, as_: AsPerson
) -> None:
    one, other = tab("boris"), tab("boris")
    one.save(problem=LATE)
    assert one.beside().strip() == ""
    assert "Сейчас текст меняет другая вкладка" in other.beside()
    assert "Сейчас текст меняет другая вкладка" in words_of(as_("boris").get(f"{one.url}edit/"))
    late = other.save(goal="Вторая вкладка пишет о цели")
    assert late.status_code == 409
    assert "вы сами сохранили в другой вкладке" in words_of(late)
    later = clock.now() + dt.timedelta(minutes=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Сейчас текст меняет" not in other.beside()


def test_a_press_after_a_lost_answer_is_not_stale_and_a_late_save_is(
    tab: Callable[[str], Tab], school5: School, inside: Inside
) -> None:
    mine = tab("boris")
    seen = mine.version
    mine.save(goal="Сохранилось само")
    mine.version = seen  # the answer has not come
    assert mine.press(goal="Нажали сами").status_code == 302
    mine.version = seen
    assert mine.save(goal="Опоздавшее сохранение той же вкладки").status_code == 409
    with inside(school5):
        assert SchoolPractice.objects.get().goal == "Нажали сами"


def test_the_same_text_in_both_tabs_is_no_conflict(tab: Callable[[str], Tab]) -> None:
    one, other = tab("boris"), tab("boris")
    one.save(goal="Одна и та же цель")
    assert other.save(goal="Одна и та же цель").status_code == 200
    assert other.version == one.version


def test_whose_text_has_gone_on_is_told_and_keeps_the_fields(
    tab: Callable[[str], Tab],
    drafted: SchoolPractice,
    school5: School,
    inside: Inside,
    actor: Callable[..., Actor],
    as_: AsPerson,
) -> None:
    mine = tab("boris")
    for key, status in (("lev", 404), ("gleb", 404), ("zoya", 403)):
        mine.client = as_(key)
        assert mine.save(goal="чужое").status_code in (status, 403, 404), key
    mine.client = as_("boris")
    with inside(school5):
        SCHOOL_PRACTICE.move(drafted, "submit", by=actor("boris"))
    late = mine.save(goal="Дописанное после отправки")
    assert late.status_code == 409
    assert "Не сохранено. Практику правят, пока она у авторов" in words_of(late)
    with inside(school5):
        assert SchoolPractice.objects.get().goal == drafted.goal


def test_more_rows_by_a_press(tab: Callable[[str], Tab]) -> None:
    mine = tab("boris")
    answer = mine.press(more="yes")
    assert answer["Location"] == f"{mine.url}edit/#steps"
