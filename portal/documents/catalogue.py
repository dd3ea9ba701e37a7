"""The printed catalogue of the bank of practices, as tagged PDF with a table of contents."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from portal.documents.pdf import render_pdf


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A practice in the catalogue. `address`: whole and short; `others`: its other subjects."""

    title: str
    school: str
    authors: str
    annotation: str
    grade: str
    code: str
    address: str
    others: str = ""


@dataclass(frozen=True)
class Part:
    """Practices of one subject within a nomination."""

    subject: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Section:
    """A nomination."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What is printed; `chosen`: by which words and conditions, empty for the whole bank."""

    title: str
    city: str
    chosen: str
    made_on: date
    many: int
    sections: tuple[Section, ...]

    @classmethod
    def sample(cls) -> Self:
        entry = Entry(
            title="Урок вдвоём: первые сто дней учителя",
            school="МБОУ «СШ № 5»",
            authors="Кравцов Б. И.",
            annotation="Наставник и молодой учитель ведут первые уроки вдвоём.",
            grade="повторена другой школой",
            code="ЛП-2026-0001",
            address="https://estafeta.example.ru/p/2026-0001/",
            others="физика",
        )
        return cls(
            title="Каталог лучших практик наставничества",
            city="г. Смоленск",
            chosen="",
            made_on=date(2026, 11, 30),
            many=1,
            sections=(Section("Опытный педагог — молодой специалист", (Part("математика", (entry,)),)),),
        )


def catalogue_pdf(catalogue: Catalogue) -> bytes:
    """Raises PdfError when template and data do not fit."""
    return render_pdf("catalogue", catalogue)
