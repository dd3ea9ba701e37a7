"""A published practice as a file to take along: its card (T-35) with what stands beside the text in the bank,
as PDF and as Word. Nothing of it is signed: what was signed is a paper of the school.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from docx.shared import Mm

from portal.documents.forms.practices import PracticeCard
from portal.documents.pdf import render_pdf
from portal.documents.qr import qr_png, qr_rows
from portal.documents.typography import tied
from portal.documents.word import CONTROL, filled, saved

QR_SIDE_MM = 30
QR_ALT = "QR-код: адрес страницы практики в банке"


@dataclass(frozen=True, kw_only=True)
class PublishedCard:
    """What the files say beside the card. `address`: whole, of the practice's page; `grade` how well it is
    proved, `reasons` why, `facts` its counters and signs by name.
    """

    card: PracticeCard
    published_on: date
    address: str
    citation: str
    grade: str
    reasons: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def published_pdf(found: PublishedCard) -> bytes:
    """Tagged PDF. Raises PdfError when template and data do not fit."""
    beside = {name: value for name, value in asdict(found).items() if name != "card"}
    return render_pdf("practice", {**asdict(found.card), **beside, "qr": qr_rows(found.address)})


def published_docx(found: PublishedCard) -> bytes:
    """The card in Word, with the same added at its end. Raises WordError."""
    document = filled(found.card.template, found.card, title=found.card.title)
    _write(document, "Насколько доказана", (found.grade, *found.reasons))
    _write(document, "", tuple(f"{name}: {value}" for name, value in found.facts))
    _write(document, "Как цитировать", (found.citation,))
    _write(document, "", (f"Опубликована {found.published_on:%d.%m.%Y}. Страница: {found.address}",))
    _picture(document, found.address)
    return saved(document)


def _write(document: Any, heading: str, lines: tuple[str, ...]) -> None:
    """A heading, when there is one, and a paragraph for each line that says something."""
    if heading:
        document.add_heading(heading, 1)
    for line in lines:
        if line:
            document.add_paragraph(CONTROL.sub("", tied(line)))


def _picture(document: Any, address: str) -> None:
    """The QR code, with its words for whoever does not see it."""
    shape = document.add_picture(qr_png(address), width=Mm(QR_SIDE_MM))
    shape._inline.docPr.set("descr", QR_ALT)
