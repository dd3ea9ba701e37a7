"""From a file to rows: what is in which column, and who of the rows is a person."""

from collections.abc import Sequence

from portal.documents.books import Sheet, bad, read_book
from portal.staff.cells.column_words import AWAY
from portal.staff.list_rows import TITLES, ReadRow, read_row
from portal.staff.models import StaffImport, TableHeading
from portal.staff.table_layout import Layout, find_layout, restored_layout, with_samples
from portal.staff.table_people import Found, PersonLine, people_of

MAX_ROWS = 3000


def found_in(staff_import: StaffImport) -> tuple[Layout, Found]:
    with staff_import.file.content.open("rb") as content:
        sheets = read_book(content, MAX_ROWS)
    stored = staff_import.layout
    layout = restored_layout(stored) if stored else find_layout(sheets, remembered_headings())
    return layout, people_in(sheets, layout)


def people_in(sheets: Sequence[Sheet], layout: Layout) -> Found:
    """The people of the sheet that the layout names. Raises Invalid at `file` when nobody is there, or too
    many are.
    """
    found = people_of(sheets[layout.sheet].lines, layout)
    if not found.people:
        raise bad("sheet_empty", "Под заголовком нет ни одного человека. Заполните таблицу по образцу.")
    if len(found.people) > MAX_ROWS:
        raise bad(
            "sheet_too_long", f"Больше {MAX_ROWS} строк за один раз не загрузить. Разделите файл на части."
        )
    return found


def read_person(person: PersonLine, layout: Layout) -> ReadRow:
    """A row of the file as understood."""
    return read_row(
        person.number, {**person.values, AWAY: person.values.get(AWAY) or person.away}, absent_of(layout)
    )


def absent_of(layout: Layout) -> frozenset[str]:
    """Columns that the file does not have."""
    return frozenset(TITLES) - set(layout.keys)


def remembered_headings() -> dict[str, str]:
    """What people of the school have said of columns before."""
    return dict(TableHeading.objects.values_list("heading", "key"))


def layout_with_samples(staff_import: StaffImport) -> Layout:
    """What is shown to whoever says what the columns are: three values of each, read from the file."""
    with staff_import.file.content.open("rb") as content:
        sheets = read_book(content, MAX_ROWS)
    layout = restored_layout(staff_import.layout)
    return with_samples(layout, sheets[layout.sheet])
