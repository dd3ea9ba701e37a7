"""A Положение that the school has written itself: its Word file becomes chapters, and goes the way of any
act.
"""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.documents.word.reading import Line
from portal.local_acts import exports, services
from portal.local_acts.models import LocalAct, heading_of
from portal.local_acts.own_text import looks_like_a_heading, parted, parts_of, split, split_at, title_of
from portal.local_acts.workflow import ACT
from portal.local_acts.workflow.acts import Marks
from portal.school_records.models import JournalLine
from tests.workflows.test_local_acts import TODAY, here, words  # noqa: F401  # the fixture

Acting = Callable[..., Actor]
HAT = ("МБОУ «Лицей № 7»", "ПОЛОЖЕНИЕ", "о наставничестве в лицее")
TEXT = (
    ("1. Общие положения", True),
    ("1.1. Лицей ведёт наставничество с 2020 года.", False),
    ("– наставник помогает коллеге;", False),
    ("2. Кто чем занят", True),
    ("2.1. Наставника назначает директор.", False),
    ("Приложение 1", False),
    ("Форма заявления", False),
)


def word(*lines: tuple[str, bool]) -> SimpleUploadedFile:
    """A Word file of these lines; true: a bold one."""
    document = Document()
    for text, bold in lines:
        document.add_paragraph().add_run(text).bold = bold
    out = io.BytesIO()
    document.save(out)
    return SimpleUploadedFile("Положение лицея.docx", out.getvalue())


def own_file() -> SimpleUploadedFile:
    return word(*((text, False) for text in HAT), *TEXT)


def headings(act: LocalAct) -> list[str]:
    return [heading_of(chapter) for chapter in act.chapters]


def test_a_file_becomes_chapters(here: Any, actor: Acting) -> None:  # noqa: F811
    act = services.load_own_act(own_file(), by=actor("anna"))
    assert headings(act) == ["1. Общие положения", "2. Кто чем занят", "Приложение 1"]
    assert act.title == "Положение о наставничестве в лицее"
    assert act.left_out == list(HAT)
    first, second = act.chapters[0]["paragraphs"]
    assert (first["kind"], first["number"]) == ("clause", "1.1.")
    assert (second["kind"], second["number"]) == ("item", "–")


def test_a_second_file_takes_the_place_of_the_draft(here: Any, actor: Acting) -> None:  # noqa: F811
    municipal = services.load_municipal_act(by=actor("zhanna"))
    own = services.load_own_act(own_file(), by=actor("zhanna"))
    assert own.pk == municipal.pk
    assert own.is_own_text
    again = services.load_own_act(word(("1. Иначе", True), ("1.1. Так.", False)), by=actor("anna"))
    assert (again.pk, headings(again)) == (own.pk, ["1. Иначе"])
    assert again.title == own.title, "the new file does not say how it is called"


def test_chapters_begin_where_a_person_says(here: Any, actor: Acting) -> None:  # noqa: F811
    act = services.load_own_act(own_file(), by=actor("anna"))
    parts = parts_of(act.left_out, act.chapters)
    assert split_at(parts, {one.place for one in parts if one.begins}) == (act.left_out, act.chapters)
    wanted = {one.place for one in parts if one.line.whole in ("ПОЛОЖЕНИЕ", "2. Кто чем занят")}
    split_here = services.split_act(act, title=" Наше положение ", begins=wanted, by=actor("anna"))
    assert headings(split_here) == ["ПОЛОЖЕНИЕ", "2. Кто чем занят"]
    assert split_here.left_out == [HAT[0]]
    assert split_here.title == "Наше положение"
    services.split_act(split_here, title="Наше положение", begins=wanted, by=actor("anna"))
    said = JournalLine.objects.filter(object_uuid=act.uuid).order_by("pk")
    assert [line.verb for line in said] == ["text_loaded", "text_split"], "the same once more is no change"
    lost = {one.line.whole for one in parts} - {
        *split_here.left_out,
        *headings(split_here),
        *(f"{p['number']} {p['text']}".strip() for c in split_here.chapters for p in c["paragraphs"]),
    }
    assert lost == set(), "no line of the text is lost by splitting it"


def test_who_may_and_when(here: Any, actor: Acting) -> None:  # noqa: F811
    with pytest.raises(Forbidden):
        services.load_own_act(own_file(), by=actor("vera"))
    act = services.load_own_act(own_file(), by=actor("anna"))
    with pytest.raises(Forbidden):
        services.split_act(act, title="Т", begins={0}, by=actor("vera"))
    with pytest.raises(Stale):
        services.split_act(act, title="Т", begins={0}, by=actor("anna"), version=act.version + 1)
    with pytest.raises(Invalid, match="хотя бы одну"):
        services.split_act(act, title="Т", begins=set(), by=actor("anna"))
    ACT.move(
        act, "approve", by=actor("zhanna"), asked=Marks(minutes_number="3", minutes_on=TODAY, union_on=TODAY)
    )
    with pytest.raises(Conflict):
        services.load_own_act(own_file(), by=actor("anna"))
    with pytest.raises(Conflict):
        services.split_act(act, title="Т", begins={0}, by=actor("anna"))


def test_a_municipal_text_is_not_split_by_hand(here: Any, actor: Acting) -> None:  # noqa: F811
    act = services.load_municipal_act(by=actor("zhanna"))
    with pytest.raises(Conflict):
        services.split_act(act, title="Т", begins={0}, by=actor("anna"))


def test_a_text_without_headings_is_one_chapter_and_an_empty_one_is_refused(
    here: Any,  # noqa: F811
    actor: Acting,
) -> None:
    act = services.load_own_act(word(("Просто текст.", False), ("И ещё.", False)), by=actor("anna"))
    assert headings(act) == ["Просто текст."]
    with pytest.raises(Invalid, match="нет текста"):
        services.load_own_act(word(("", False)), by=actor("anna"))
    with pytest.raises(Invalid, match=r"Подойдёт: docx"):
        services.load_own_act(SimpleUploadedFile("положение.doc", b"\xd0\xcf\x11\xe0"), by=actor("anna"))


def test_another_body_and_no_union(here: Any, actor: Acting) -> None:  # noqa: F811
    act = services.load_own_act(own_file(), by=actor("anna"))
    asked: dict[str, Any] = {
        "minutes_number": "3",
        "minutes_on": TODAY,
        "adopted_by": "общим собранием работников",
    }
    with pytest.raises(Invalid) as refused:
        ACT.move(act, "approve", by=actor("zhanna"), asked=Marks(**asked))
    assert refused.value.field == "union_on"
    with pytest.raises(Invalid):
        ACT.move(act, "approve", by=actor("zhanna"), asked=Marks(**asked, union_on=TODAY, has_no_union=True))
    ACT.move(act, "approve", by=actor("zhanna"), asked=Marks(**asked, has_no_union=True))
    text = words(exports.act_form(act).docx())
    assert "общим собранием работников" in text
    assert "СОГЛАСОВАНО" not in text
    assert "Положение о наставничестве в лицее" in text
    assert "2. Кто чем занят" in text


def lines(*texts: str, **looks: Any) -> list[Line]:
    return [Line(text, **looks) for text in texts]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (
            lines("Глава I. Общее", "текст", "Глава II. Права", bold=True),
            ["Глава I. Общее", "Глава II. Права"],
        ),
        (lines("1. Общее", "1.1. Раз", "2. Права", "2.1. Два"), ["1. Общее", "2. Права"]),
        (lines("1. Общее", "3. в 2020 году", "2. Права", bold=True), ["1. Общее", "2. Права"]),
        (lines("1. наставник помогает;", "2. куратор ведёт;", bold=True), []),
        ([Line("Устав", level=1), Line("Общее", level=2), Line("Права", level=2)], ["Общее", "Права"]),
        ([Line("Общее", "1.", level=1), Line("текст")], ["1. Общее"]),
        (lines("ОБЩИЕ ПОЛОЖЕНИЯ", "текст"), []),
    ],
    ids=["words", "points", "out of order", "items", "title above", "one", "no number"],
)
def test_where_chapters_begin(given: list[Line], found: list[str]) -> None:
    _, chapters = split(parted(given))
    assert [heading_of(chapter) for chapter in chapters] == found


def test_which_lines_are_worth_asking_about() -> None:
    parts = parted(
        [
            *lines("Приложение 2", "Права сторон", centred=True),
            Line("обычная строка"),
            Line("1. помогает;", bold=True),
        ]
    )
    assert [one.line.text for one in parts if looks_like_a_heading(one)] == ["Приложение 2", "Права сторон"]


def test_the_name_of_the_text() -> None:
    assert title_of(HAT) == "Положение о наставничестве в лицее"
    assert title_of(("Положение о наставничестве", "Принято педсоветом")) == "Положение о наставничестве"
    assert title_of(("ПОЛОЖЕНИЕ о наставничестве", "г. Энск")) == "Положение о наставничестве"
    assert title_of(("Устав",)) == ""
