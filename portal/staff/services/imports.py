"""Loading the list of staff: upload, check in the background, a person's decision, acceptance in the
background.

Both background stages work in chunks, each a transaction of its own, and may be killed between any two: a
second run goes on where the first stopped and comes to the same end. Nobody is written twice: a person is
told by full name and day of birth.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock, one_at_a_time
from portal.core.errors import Forbidden, Invalid
from portal.documents.sheets import read_rows
from portal.files.storing import store
from portal.staff import access
from portal.staff.list_rows import COLUMNS, TITLES, ReadRow, read_row, restored
from portal.staff.mailboxes import known_mailboxes, sentence
from portal.staff.models import Employee, EmployeePosition, ImportRow, StaffImport
from portal.staff.services.judging import MAILBOX_FIELD, Judge, counts_of, known_people
from portal.staff.states import ImportState, RowVerdict
from portal.staff.workflow import IMPORT, Trouble
from tenants.jobs import school_job

CHECK_CHUNK = 100
ACCEPT_CHUNK = 50
MAX_ROWS = 3000


@transaction.atomic
def upload_staff(upload: "UploadedFile[bytes]", *, by: Actor) -> StaffImport:
    """Keep the file and ask for its check. Raises Forbidden, Invalid at `file` (not a sound table, no such
    columns).
    """
    if not access.can_import_staff(by):
        raise Forbidden("Список сотрудников загружают куратор и специалист по кадрам.")
    next(read_rows(upload, COLUMNS, MAX_ROWS), None)
    upload.seek(0)
    staff_import = StaffImport.objects.create(file=store(upload, by=by, kinds=("xlsx",)), created_by=by.user)
    audit.record(by, "uploaded", staff_import)
    check_rows.later(
        by=by, key=f"check:{staff_import.uuid}", topic=staff_import.uuid, import_uuid=str(staff_import.uuid)
    )
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
        with staff_import.file.content.open("rb") as content:
            rows = list(read_rows(content, COLUMNS, MAX_ROWS))
    except Invalid as refusal:
        IMPORT.move(staff_import, "fail", by=by, asked=Trouble(trouble=refusal.sentence))
        return
    _check_all(staff_import, [read_row(row.number, row.values) for row in rows])
    IMPORT.move(staff_import, "ready", by=by, asked=counts_of(staff_import, len(rows)))


def _check_all(staff_import: StaffImport, rows: list[ReadRow]) -> None:
    """Judge in memory, from the first row (twins must be seen), write only what an earlier run has not
    written.
    """
    StaffImport.objects.filter(pk=staff_import.pk).update(total=len(rows))
    written = set(staff_import.rows.values_list("number", flat=True))
    judge = Judge(known_people())
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
    rows = list(staff_import.rows.filter(verdict=RowVerdict.GOOD).order_by("number")[:ACCEPT_CHUNK])
    if not rows:
        return False
    begun = {row.employee for row in rows if row.employee}
    found = Employee.objects.filter(
        Q(match_key__in=[row.match_key for row in rows]) | Q(uuid__in=begun, birth_date=None)
    )
    people: dict[str | UUID | None, Employee] = {
        (person.match_key if person.birth_date else person.uuid): person for person in found
    }
    mailboxes = known_mailboxes()
    for row in rows:
        person = people.get(row.match_key) or people.get(row.employee)
        if not _mailbox_was_taken(row, person, mailboxes):
            people[row.match_key] = _accept(row, person, by)
    ImportRow.objects.bulk_update(rows, ["verdict", "employee", "note", "errors"])
    total = staff_import.rows.filter(verdict=RowVerdict.ACCEPTED).count()
    StaffImport.objects.filter(pk=staff_import.pk).update(accepted=total)
    return True


def _mailbox_was_taken(
    row: ImportRow, person: Employee | None, mailboxes: dict[str, tuple[str, str]]
) -> bool:
    """Since the check somebody else was given the address: the row waits to be mended."""
    own = person.match_key if person else row.match_key
    owner, who = mailboxes.get(row.parsed.get("email") or "", (own, ""))
    if owner in (own, row.match_key):
        return False
    row.verdict = RowVerdict.BAD
    row.errors = [{"column": TITLES[MAILBOX_FIELD], "field": MAILBOX_FIELD, "sentence": sentence(who)}]
    return True


def _accept(row: ImportRow, person: Employee | None, by: Actor) -> Employee:
    values: dict[str, Any] = restored(row.parsed)
    position, subjects = values.pop("position"), values.pop("subjects", None) or []
    if person is None:
        person = Employee.objects.create(created_by=by.user, **{"middle_name": "", "email": "", **values})
        audit.record(by, "imported", person)
    elif person.birth_date is None:
        for name, value in values.items():
            setattr(person, name, value)
        person.save_change(*values)
        audit.record(by, "imported", person)
    EmployeePosition.objects.get_or_create(
        employee=person,
        position=position,
        defaults={"subjects": subjects, "rate": values.get("rate") or 1, "created_by": by.user},
    )
    row.verdict, row.employee = RowVerdict.ACCEPTED, person.uuid
    return person
