"""Loading the list of staff: upload, check in the background, a person's decision, acceptance in the
background.

Both background stages work in chunks, each a transaction of its own, and may be killed between any two: a
second run goes on where the first stopped and comes to the same end. Nobody is written twice: a person is
told by full name and day of birth.
"""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock, one_at_a_time
from portal.core.errors import Forbidden, Invalid
from portal.documents.books import KINDS, read_book
from portal.files.storing import store
from portal.staff import access
from portal.staff.list_rows import ReadRow
from portal.staff.models import ImportRow, StaffImport
from portal.staff.selectors.differing import key_of, known_people
from portal.staff.selectors.tables import (
    MAX_ROWS,
    found_in,
    people_in,
    read_person,
    remembered_headings,
)
from portal.staff.services.accepting import accept_changes, accept_new
from portal.staff.services.judging import Judge, counts_of
from portal.staff.states import ImportState, RowChoice, RowVerdict
from portal.staff.table_layout import find_layout
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import Trouble, check_later
from tenants.jobs import school_job

CHECK_CHUNK = 100
ACCEPT_CHUNK = 50


@transaction.atomic
def upload_staff(upload: "UploadedFile[bytes]", *, by: Actor) -> StaffImport:
    """Keep the file; ask for its check where every column is known, else wait for what a person says of the
    columns. Raises Forbidden, Invalid at `file` (not a sound table, nobody in it).
    """
    if not access.can_import_staff(by):
        raise Forbidden("Список сотрудников загружают куратор и специалист по кадрам.")
    sheets = read_book(upload, MAX_ROWS)
    layout = find_layout(sheets, remembered_headings())
    people_in(sheets, layout)
    upload.seek(0)
    staff_import = StaffImport.objects.create(
        file=store(upload, by=by, kinds=KINDS),
        layout=layout.stored(),
        created_by=by.user,
    )
    audit.record(by, "uploaded", staff_import)
    if layout.is_certain:
        check_later(staff_import, by)
    else:
        IMPORT.move(staff_import, "ask", by=by)
    return staff_import


def _stop_import(*, by: Actor, import_uuid: str) -> None:
    """Nothing more of the file is written; a list that was being accepted waits for another's word."""
    staff_import = StaffImport.objects.get(uuid=import_uuid)
    if staff_import.state == ImportState.ACCEPTING:
        IMPORT.move(staff_import, "stop", by=by)
    elif staff_import.state in (ImportState.UPLOADED, ImportState.CHECKING):
        IMPORT.move(
            staff_import,
            "fail",
            by=by,
            asked=Trouble(
                trouble="У того, кто загрузил список, больше нет этого права. Загрузите список ещё раз."
            ),
        )


@school_job("staff.check_import", may=access.can_import_staff, otherwise=_stop_import)
def check_rows(*, by: Actor, import_uuid: str) -> None:
    """First stage: read every row, say what is wrong with it, compare with the people who are here. Writes no
    person.
    """
    staff_import = StaffImport.objects.select_related("file").get(uuid=import_uuid)
    if staff_import.state == ImportState.UPLOADED:
        IMPORT.move(staff_import, "start", by=by)
    if staff_import.state != ImportState.CHECKING:
        return
    try:
        layout, found = found_in(staff_import)
    except Invalid as refusal:
        IMPORT.move(staff_import, "fail", by=by, asked=Trouble(trouble=refusal.sentence))
        return
    StaffImport.objects.filter(pk=staff_import.pk).update(passed=[asdict(one) for one in found.passed])
    rows = [read_person(person, layout) for person in found.people]
    _check_all(staff_import, rows)
    IMPORT.move(staff_import, "ready", by=by, asked=counts_of(staff_import, len(rows)))


def _check_all(staff_import: StaffImport, rows: list[ReadRow]) -> None:
    """Judge in memory, from the first row (twins must be seen), write only what an earlier run has not
    written.
    """
    StaffImport.objects.filter(pk=staff_import.pk).update(total=len(rows))
    written = set(staff_import.rows.values_list("number", flat=True))
    judge = Judge(known_people(), {key_of(row) for row in rows})
    checked = 0
    for chunk in _chunks(iter(rows), CHECK_CHUNK):
        made = [judge.row(staff_import, row) for row in chunk]
        with transaction.atomic():
            ImportRow.objects.bulk_create(
                [row for row in made if row.number not in written], ignore_conflicts=True
            )
            checked += len(made)
            StaffImport.objects.filter(pk=staff_import.pk).update(checked=checked)
        after_chunk("checked")


def _chunks(rows: Iterator[ReadRow], size: int) -> Iterator[list[ReadRow]]:
    while chunk := list(islice(rows, size)):
        yield chunk


def _no_chunk(stage: str) -> None:
    """Tests put a `kill -9` here, between two chunks."""


after_chunk = _no_chunk


@school_job("staff.accept_import", may=access.can_import_staff, otherwise=_stop_import)
def accept_rows(*, by: Actor, import_uuid: str) -> None:
    """Second stage: write the good rows, a chunk a transaction. What was written by an earlier run is not
    good any more, so it is passed.
    """
    staff_import = StaffImport.objects.get(uuid=import_uuid)
    if staff_import.state != ImportState.ACCEPTING:
        return
    while _accept_chunk(staff_import, by):
        after_chunk("accepted")
    IMPORT.move(staff_import, "finish", by=by, asked=counts_of(staff_import, staff_import.total))


@transaction.atomic
def _accept_chunk(staff_import: StaffImport, by: Actor) -> bool:
    lock(StaffImport, staff_import.pk)
    one_at_a_time("staff.accept_import")
    waiting = Q(verdict=RowVerdict.GOOD) | Q(verdict=RowVerdict.CHANGED, choice=RowChoice.TAKE)
    rows = list(staff_import.rows.filter(waiting).order_by("number")[:ACCEPT_CHUNK])
    if not rows:
        return False
    for row in rows:
        if row.verdict == RowVerdict.CHANGED:
            accept_changes(row, by=by)
    written = staff_import.rows.filter(verdict=RowVerdict.ACCEPTED).values_list("person", flat=True)
    accept_new([row for row in rows if row.verdict == RowVerdict.GOOD], written, by=by)
    ImportRow.objects.bulk_update(rows, ["verdict", "person", "note", "errors", "choice"])
    total = staff_import.rows.filter(verdict=RowVerdict.ACCEPTED).count()
    StaffImport.objects.filter(pk=staff_import.pk).update(accepted=total)
    return True
