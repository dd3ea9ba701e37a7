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
from portal.staff.models import ImportRow, Person, StaffImport
from portal.staff.selectors.differing import key_of, known_people
from portal.staff.selectors.tables import absent_of
from portal.staff.services.judging import Judge, as_read, counts_of
from portal.staff.services.names import Renamed, check_renamed
from portal.staff.states import ImportState, RowChoice, RowVerdict
from portal.staff.table_layout import restored_layout

OF_OTHERS = ("verdict", "note", "person", "errors", "changes", "choice")
JUDGED = (*OF_OTHERS, "remarks", "parsed", "raw", "match_key")


@transaction.atomic
def mend_row(
    row: ImportRow, values: Mapping[str, str], *, by: Actor, version: int | None = None
) -> ImportRow:
    """Put other words into cells of a row that could not be accepted, and judge the file anew.

    Raises Forbidden, Stale, Conflict (the file is at work, the row is fine already), Invalid at the cell that
    is still wrong.
    """
    staff_import, rows = _locked(row, by)
    mended = next(one for one in rows if one.pk == row.pk)
    mended.check_version(version)
    if mended.verdict != RowVerdict.BAD:
        raise Conflict("row_is_fine", f"Строку {mended.number} уже исправили.")
    _judge_anew(staff_import, rows, _read_again(mended, values))
    for error in mended.errors:
        if error["field"] in values:
            raise Invalid("still_wrong", error["sentence"], error["field"])
    _count_anew(staff_import)
    mended.staff_import = staff_import
    audit.record(by, "row_mended", staff_import, changes={"row": mended.number, "fields": sorted(values)})
    return mended


@transaction.atomic
def decide_row(
    row: ImportRow,
    choice: str,
    *,
    by: Actor,
    version: int | None = None,
    renamed: Renamed | None = None,
) -> ImportRow:
    """Whether the changes of somebody who is here are taken, left, or the row is about another person. A name
    that is taken mends the spelling, unless the person is `renamed` from a day on.

    Raises Forbidden, Stale, Conflict (the file is at work, nothing to be decided of the row), Invalid at
    `renamed_on`.
    """
    staff_import, rows = _locked(row, by)
    decided = next(one for one in rows if one.pk == row.pk)
    decided.check_version(version)
    asked = decided.verdict == RowVerdict.CHANGED or any(error.get("other") for error in decided.errors)
    if not asked or choice not in RowChoice.values:
        raise Conflict("nothing_to_decide", f"О строке {decided.number} решать уже нечего.")
    since, basis = (renamed.since, renamed.basis[:250]) if renamed else (None, "")
    if renamed is not None:
        check_renamed(Person.objects.get(uuid=str(decided.person)), renamed)
    if (decided.choice, decided.renamed_on, decided.renamed_by) == (choice, since, basis):
        raise Conflict("decided", f"О строке {decided.number} так уже решено.")
    read = as_read(decided)
    read.choice = choice
    _judge_anew(staff_import, rows, read)
    _count_anew(staff_import)
    if (decided.renamed_on, decided.renamed_by) != (since, basis):
        decided.renamed_on, decided.renamed_by = since, basis
        decided.save_change("renamed_on", "renamed_by")
    decided.staff_import = staff_import
    audit.record(by, "row_decided", staff_import, changes={"row": decided.number, "choice": choice})
    return decided


def _count_anew(staff_import: StaffImport) -> None:
    for name, count in asdict(counts_of(staff_import, staff_import.total)).items():
        setattr(staff_import, name, count)
    staff_import.save_change("good", "bad", "known", "changed")


def _locked(row: ImportRow, by: Actor) -> tuple[StaffImport, list[ImportRow]]:
    """The upload and its rows, where they may be mended now."""
    if not access.can_import_staff(by):
        raise Forbidden("Список сотрудников загружают куратор и специалист по кадрам.")
    staff_import: StaffImport = lock(StaffImport, row.staff_import_id)
    if staff_import.state not in (ImportState.READY, ImportState.ACCEPTED):
        raise Conflict(
            "import_at_work", "Строки этого файла сейчас не правят: он проверяется, записывается или отменён."
        )
    return staff_import, list(staff_import.rows.select_for_update().order_by("number"))


def _read_again(row: ImportRow, values: Mapping[str, str]) -> ReadRow:
    layout = row.staff_import.layout
    absent = absent_of(restored_layout(layout)) if layout else frozenset()
    read = read_row(row.number, {**row.raw, **values}, absent)
    read.choice = row.choice
    return read


def _judge_anew(staff_import: StaffImport, rows: list[ImportRow], read: ReadRow) -> None:
    """Twins look at each other, so all rows are judged again, in their order; only what has changed is
    written.
    """
    every = [read if row.number == read.number else as_read(row) for row in rows]
    judge, changed = Judge(known_people(), {key_of(one) for one in every}), []
    for row, one in zip(rows, every, strict=True):
        before = {name: getattr(row, name) for name in JUDGED}
        made = judge.row(staff_import, one)
        if row.verdict == RowVerdict.ACCEPTED:
            continue
        for name in JUDGED if row.number == read.number else OF_OTHERS:
            setattr(row, name, getattr(made, name))
        if before != {name: getattr(row, name) for name in JUDGED}:
            row.version += 1
            changed.append(row)
    ImportRow.objects.bulk_update(changed, [*JUDGED, "version"])
