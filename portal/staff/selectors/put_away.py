"""What a row of an uploaded list names though the city offers it no more (docs/adr/0041)."""

from collections.abc import Collection

from portal.core import clock
from portal.municipality.reference import catalogue
from portal.municipality.states import Book
from portal.staff.cells.absences import said_away
from portal.staff.cells.column_words import AWAY
from portal.staff.cells.text import KEEP, keeps_on_purpose
from portal.staff.list_rows import ReadRow
from portal.staff.selectors.differing import Known

PUT_AWAY = "Город больше не предлагает"
OF_LISTS = ("position", "subjects", AWAY)
"""Cells that name lines of the city's lists."""
_CALLED = {Book.POSITIONS: "должность", Book.SUBJECTS: "предмет", Book.ABSENCES: "причину отсутствия"}

Named = tuple[Book, str]
"""A list and a code of it."""


def ask_of_put_away(row: ReadRow, known: Known | None) -> None:
    """What is offered no more is nobody's new one without a word: another one is written in its cell, or the
    same «(оставить)». Who has it keeps it.
    """
    own, told = _own(known), {name for name, _ in row.errors}
    for cell, named in _named(row).items():
        said = row.raw.get(cell, "").strip()
        away = [f"{_CALLED[book]} «{title}»" for book, title in _away(named, own)]
        if away and cell not in told and not keeps_on_purpose(said):
            which = ", ".join(dict.fromkeys(away))
            row.errors.append((cell, f"{PUT_AWAY} {which}. Выберите другое или оставьте как есть."))
            row.proposals[cell] = (f"{said} ({KEEP})",)


def _named(row: ReadRow) -> dict[str, list[Named]]:
    """By the cell that says it: «учитель черчения» names a subject, too."""
    read = row.parsed
    more = read.get("more_posts") or ()
    main = [read["position"]] if "position" in read else []
    found = {
        "position": [(Book.POSITIONS, code) for code in (*main, *(code for code, _ in more))],
        "subjects": [],
        AWAY: [(Book.ABSENCES, said_away(read[AWAY], clock.today()).kind)] if read.get(AWAY) else [],
    }
    found["position"] += [(Book.SUBJECTS, code) for _, codes in more for code in codes]
    said_in = "subjects" if row.raw.get("subjects") else "position"
    found[said_in] += [(Book.SUBJECTS, code) for code in read.get("subjects") or ()]
    return found


def _own(known: Known | None) -> set[Named]:
    posts = known.posts if known else ()
    subjects = {(Book.SUBJECTS, code) for post in posts for code in post.subjects}
    return subjects | {(Book.POSITIONS, post.position) for post in posts}


def _away(named: Collection[Named], own: Collection[Named]) -> list[tuple[Book, str]]:
    return [
        (book, catalogue(book).title(code))
        for book, code in named
        if (book, code) not in own and catalogue(book).is_put_away(code)
    ]
