"""The practices of the demo as documents of the bank, for tests that look by eye."""

import datetime as dt
import uuid
from typing import Any

from best_practices.content import PracticeContent
from best_practices.models import BankPractice
from best_practices.search import document_of
from portal.demo.seeding.practices import read_practices
from portal.search.engine import Document

__all__ = ["card", "document_of", "documents"]
AUTHOR = "Кравцов Борис Ильич"


def documents() -> dict[str, Document]:
    """By the name of its file: number in the bank by its place, school as in the demo."""
    return {str(row["stem"]): document_of(_card(place, row)) for place, row in _rows()}


def card(stem: str) -> BankPractice:
    """One practice as a card that is not saved yet."""
    return next(_card(place, row) for place, row in _rows() if row["stem"] == stem)


def _rows() -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(read_practices(), start=1))


def _card(place: int, row: dict[str, Any]) -> BankPractice:
    names = PracticeContent.model_fields
    text = PracticeContent.model_validate({"results": [], **{k: v for k, v in row.items() if k in names}})
    return BankPractice(
        practice=uuid.uuid5(uuid.NAMESPACE_URL, str(row["stem"])),
        uuid=uuid.uuid5(uuid.NAMESPACE_OID, str(row["stem"])),
        code=f"ЛП-2026-{place:04}",
        title=text.title,
        annotation=text.annotation,
        nomination=text.nomination,
        form=text.form,
        kinds=text.kinds,
        subjects=text.subjects,
        content=text.model_dump(),
        authors=[{"full_name": AUTHOR}] if place == 1 else [],
        school_name=f"Школа № {row['school']}",
        school_number=row["school"],
        published_on=dt.date(2026, 9, place),
    )
