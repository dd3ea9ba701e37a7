"""The practices of the demo as documents of the bank, for tests that look by eye.

Questions with one expected answer were written about the first twenty, where one practice answers each; in
the whole bank several do, and there the answers are graded (`judged.whole`).
"""

import datetime as dt
import uuid
from typing import Any

from best_practices.content import PracticeContent
from best_practices.models import BankPractice
from best_practices.search import document_of
from portal.demo.seeding.practice_texts import read_practices
from portal.search.engine import Document

__all__ = ["card", "document_of", "documents"]
TWENTY = 20
"""So many practices the first bank has: the long ones until p12, and all short ones."""
AUTHOR = "Кравцов Борис Ильич"


def documents(*, whole: bool = False) -> dict[str, Document]:
    """By the name of its file: number in the bank by its place, school as in the demo. The first twenty, or
    the `whole` bank.
    """
    rows = _rows() if whole else _rows()[:TWENTY]
    return {str(row["stem"]): document_of(_card(place, row)) for place, row in rows}


def card(stem: str) -> BankPractice:
    """One practice as a card that is not saved yet."""
    return next(_card(place, row) for place, row in _rows() if row["stem"] == stem)


def _rows() -> list[tuple[int, dict[str, Any]]]:
    """The first twenty before those that came later."""
    rows = sorted(read_practices(), key=lambda row: "p13" <= row["stem"] < "q")
    return list(enumerate(rows, start=1))


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
        published_on=dt.date(2026, 8, 31) + dt.timedelta(days=place),
    )
