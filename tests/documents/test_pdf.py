"""PDF: tagged, with Russian text that can be read out; data are never markup; LibreOffice is asked
politely.
"""

import io
from dataclasses import asdict, replace
from datetime import date

import pytest
from pypdf import PdfReader

from portal.core.errors import Unavailable
from portal.documents import pdf, word_pdf
from portal.documents.forms.orders import CuratorOrder
from portal.documents.forms.practices import PracticeCard, StepRow


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def assert_tagged(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert str(root["/Lang"]).lower().startswith("ru")  # type: ignore[index]


def test_practice_is_tagged_and_readable() -> None:
    card = PracticeCard.sample()
    content = pdf.render_pdf(
        "practice", {**asdict(card), "published_on": date(2026, 11, 23), "address": "https://e.example/1/"}
    )
    reader = PdfReader(io.BytesIO(content))
    assert_tagged(reader)
    assert reader.metadata
    assert reader.metadata.title == card.title
    assert (
        b"pdfuaid"
        in reader.trailer["/Root"]["/XMP" if "/XMP" in reader.trailer["/Root"] else "/Metadata"].get_data()  # type: ignore[index, operator]
    )
    text = text_of(content)
    for value in (
        card.title,
        card.school_name,
        card.nomination,
        card.annotation,
        card.problem,
        card.goal,
        card.tasks,
    ):
        assert value in text
    for value in (
        card.novelty,
        "шаблон плана",
        card.resources,
        "85",
        card.quality,
        card.risks,
        "23.11.2026",
        card.code,
    ):
        assert value in text


def test_a_practice_may_be_long_and_strange() -> None:
    typed = '#panic("x") $x$ *жирно* @ссылка <метка> \\ "кавычки" [скобки]'
    card = replace(
        PracticeCard.sample(), problem=typed + "\n\n" + "Длинный рассказ. " * 900, novelty="", steps=()
    )
    content = pdf.render_pdf("practice", card)
    text = text_of(content)
    assert "*жирно*" in text
    assert "#panic(" in text
    assert "В чём новизна" not in text
    assert len(PdfReader(io.BytesIO(content)).pages) > 2


def test_without_built_fonts_russian_still_prints(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(pdf, "FONTS", tmp_path / "absent")
    assert "Урок вдвоём" in text_of(pdf.render_pdf("practice", PracticeCard.sample()))


def test_an_unknown_template_is_said_clearly() -> None:
    with pytest.raises(pdf.PdfError, match="diploma"):
        pdf.render_pdf("diploma", {})


def test_no_office_is_a_kind_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_pdf, "NAMES", ("no-such-office",))
    assert not word_pdf.available()
    with pytest.raises(Unavailable, match="Word"):
        word_pdf.convert(b"")


def test_a_hung_office_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_pdf, "NAMES", ("sleep",))
    monkeypatch.setattr(word_pdf, "_command", lambda *_: ["sleep", "30"])
    with pytest.raises(Unavailable, match="долго"):
        word_pdf.convert(b"", timeout=1)


@pytest.mark.libreoffice
def test_an_order_becomes_a_pdf() -> None:
    content = word_pdf.convert(CuratorOrder.sample().docx())
    assert_tagged(PdfReader(io.BytesIO(content)))
    assert "Соколову Веру Андреевну" in text_of(content)


@pytest.mark.covers("found E7")
def test_a_step_stands_on_one_page_and_one_longer_than_a_page_is_not_cut() -> None:
    steps = tuple(
        StepRow(
            f"Шаг-{n}",
            f"начало{n} " + "юг дом кот " * (400 if n == 5 else 30) + f"конец{n}",
            "лист",
            "неделя",
        )
        for n in range(1, 10)
    )
    pages = [
        page.extract_text()
        for page in PdfReader(
            io.BytesIO(pdf.render_pdf("practice", replace(PracticeCard.sample(), steps=steps)))
        ).pages
    ]
    begun = {
        n: [number for number, text in enumerate(pages) if f"начало{n} " in text or f"начало{n}\n" in text]
        for n in range(1, 10)
    }
    ended = {n: [number for number, text in enumerate(pages) if f"конец{n}" in text] for n in range(1, 10)}
    assert {n for n in begun if begun[n] != ended[n]} == {5}
    assert sum(text.count("юг") for text in pages) == 400 + 8 * 30
