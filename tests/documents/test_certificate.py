"""T-27 on paper: one lying sheet of A4, tagged, with its fonts and the QR code of its check."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from portal.documents.certificates import CertificatePaper, certificate_pdf
from portal.documents.qr import qr_rows
from tests.documents.test_pdf import assert_tagged, text_of

LONG = replace(
    CertificatePaper.sample(),
    name="Константинопольской-Преображенской Александрине-Виктории Вячеславовне",
    deed="за практику «" + "Наставничество и взаимное посещение уроков " * 3 + "» (муниципальное бюджетное "
    "общеобразовательное учреждение «Средняя школа № 39 имени Героя Российской Федерации»), опубликованную в "
    "банке лучших практик наставничества под № ЛП-2026-0001",
)


def fonts_of(reader: PdfReader) -> list[Any]:
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    return [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts.values()]


@pytest.mark.covers("T-27")
@pytest.mark.parametrize("paper", [CertificatePaper.sample(), LONG], ids=["short", "long"])
def test_one_sheet_of_a4_that_can_be_read_and_printed_anywhere(paper: CertificatePaper) -> None:
    content = certificate_pdf(paper)
    reader = PdfReader(io.BytesIO(content))
    assert_tagged(reader)
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 595]
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts_of(reader))
    said = text_of(content).replace("\u00a0", " ")
    for words in (paper.name, paper.title, paper.number, "30.11.2026", paper.code, paper.signer_name):
        assert words in said, words
    assert paper.deed.split()[-1] in said
    assert "estafeta.example.ru/verify," in said
    links = [one.get_object()["/A"]["/URI"] for one in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert paper.address in links


def test_the_same_paper_is_the_same_file() -> None:
    assert certificate_pdf(LONG) == certificate_pdf(LONG)


def test_what_was_typed_is_never_markup() -> None:
    odd = replace(
        CertificatePaper.sample(), deed='#panic("x") $x$ *жирно* <svg>', signer_name="", signer_post=""
    )
    said = text_of(certificate_pdf(odd))
    assert '#panic("x") $x$ *жирно* <svg>' in said
    assert "Подпись" in said


def test_the_code_is_a_square_with_its_three_corners() -> None:
    rows = qr_rows(CertificatePaper.sample().address)
    assert {len(row) for row in rows} == {len(rows)}
    corner = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert [row[:7] for row in rows[:7]] == corner
    assert [row[-7:] for row in rows[:7]] == corner
    assert [row[:7] for row in rows[-7:]] == corner
    assert rows != qr_rows("https://estafeta.example.ru/verify/other/")
