"""Mending a row of an uploaded list on the page, without loading the file again."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.staff import access
from portal.staff.list_rows import ReadRow, read_row
from portal.staff.models import ImportRow, StaffImport
from portal.staff.services.judging import Judge, as_read, counts_of, known_people
from portal.staff.states import ImportState, RowVerdict

JUDGED = ("verdict", "note", "employee", "errors", "parsed", "raw", "match_key")


@transaction.atomic
def mend_row(
    row: ImportRow, values: Mapping[str, str], *, by: Actor, version: int | None = None
) -> ImportRow:
    """Put other words into cells of a row that could not be accepted, and judge the file anew.

    Raises Forbidden, Stale, Conflict (the file is at work, the row is fine already), Invalid at the cell that
    is still wrong.
    """
    if not access.can_import_staff(by):
        raise Forbidden("Список сотрудников загружают куратор и специалист по кадрам.")
    staff_import: StaffImport = lock(StaffImport, row.staff_import_id)
    if staff_import.state not in (ImportState.READY, ImportState.ACCEPTED):
        raise Conflict(
            "import_at_work", "Строки этого файла сейчас не правят: он проверяется, записывается или отменён."
        )
    rows = list(staff_import.rows.select_for_update().order_by("number"))
    mended = next(one for one in rows if one.pk == row.pk)
    mended.check_version(version)
    if mended.verdict != RowVerdict.BAD:
        raise Conflict("row_is_fine", f"Строку {mended.number} уже исправили.")
    _judge_anew(staff_import, rows, read_row(mended.number, {**mended.raw, **values}))
    for error in mended.errors:
        if error["field"] in values:
            raise Invalid("still_wrong", error["sentence"], error["field"])
    for name, count in asdict(counts_of(staff_import, staff_import.total)).items():
        setattr(staff_import, name, count)
    staff_import.save_change("good", "bad", "known")
    mended.staff_import = staff_import
    audit.record(by, "row_mended", staff_import, changes={"row": mended.number, "fields": sorted(values)})
    return mended


def _judge_anew(staff_import: StaffImport, rows: list[ImportRow], read: ReadRow) -> None:
    """Twins look at each other, so all rows are judged again, in their order; only what has changed is
    written.
    """
    judge, changed = Judge(known_people()), []
    for row in rows:
        before = {name: getattr(row, name) for name in JUDGED}
        made = judge.row(staff_import, read if row.number == read.number else as_read(row))
        if row.verdict == RowVerdict.ACCEPTED:
            continue
        for name in JUDGED if row.number == read.number else ("verdict", "note", "employee", "errors"):
            setattr(row, name, getattr(made, name))
        if before != {name: getattr(row, name) for name in JUDGED}:
            row.version += 1
            changed.append(row)
    ImportRow.objects.bulk_update(changed, [*JUDGED, "version"])
