"""What becomes of a row of an uploaded list: compared with the people who are here and with the rows above
it.
"""

from dataclasses import dataclass, field
from uuid import UUID

from portal.core.sorting import sort_key
from portal.municipality.reference import POSITIONS
from portal.staff.list_rows import TITLES, NotInList, ReadRow, restored, storable
from portal.staff.mailboxes import SHARED, known_mailboxes, sentence
from portal.staff.models import Employee, ImportRow, StaffImport, match_source
from portal.staff.states import RowVerdict
from portal.staff.workflow import Counts

TWIN_FIELD, MAILBOX_FIELD = "last_name", "email"
_TWIN = "Это тот же человек, что в строке"


def counts_of(staff_import: StaffImport, total: int) -> Counts:
    verdicts = list(staff_import.rows.values_list("verdict", flat=True))
    same = verdicts.count(RowVerdict.KNOWN) + verdicts.count(RowVerdict.TWIN)
    return Counts(
        total=total,
        checked=total,
        good=verdicts.count(RowVerdict.GOOD),
        bad=verdicts.count(RowVerdict.BAD),
        known=same,
    )


def undated_key(full_name: str) -> str:
    """How a person is told whose day of birth is not known yet: the principal, who joined before the list was
    loaded.
    """
    return sort_key(match_source(full_name, None))


def known_people() -> dict[str, tuple[UUID, set[str]]]:
    """match_key → (employee, positions), in two queries."""
    people = Employee.objects.prefetch_related("positions")
    return {
        person.match_key: (person.uuid, {p.position for p in person.positions.all()}) for person in people
    }


@dataclass
class Judge:
    """Compares rows with people who are here and with rows above in the same file."""

    known: dict[str, tuple[UUID, set[str]]]
    seen: dict[tuple[str, str], ReadRow] = field(default_factory=dict)
    owners: dict[str, ReadRow] = field(default_factory=dict)
    mailboxes: dict[str, tuple[str, str]] = field(default_factory=known_mailboxes)

    def row(self, staff_import: StaffImport, row: ReadRow) -> ImportRow:
        key = (
            sort_key(match_source(row.full_name, row.parsed.get("birth_date")))
            if row.full_name and row.parsed.get("birth_date")
            else ""
        )
        self._refuse_shared_mailbox(row, key)
        verdict, note, employee = self._verdict(row, key)
        return ImportRow(
            staff_import=staff_import,
            number=row.number,
            raw=row.raw,
            parsed=storable(row.parsed),
            match_key=key[:400],
            note=note,
            verdict=verdict,
            employee=employee,
            errors=_stored_errors(row),
        )

    def _refuse_shared_mailbox(self, row: ReadRow, key: str) -> None:
        """The address of another person, of the school or of a row above: each needs an own one."""
        email = row.parsed.get("email")
        if email and key:
            owner, who = self.mailboxes.setdefault(email, (key, f"строка {row.number}"))
            if owner not in (key, undated_key(row.full_name)):
                row.errors.append((MAILBOX_FIELD, sentence(who)))

    def _verdict(self, row: ReadRow, key: str) -> tuple[str, str, UUID | None]:
        position = str(row.parsed.get("position", ""))
        twin = self.seen.setdefault((key, position), row) if key and position else row
        if row.errors:
            return RowVerdict.BAD, "", None
        if twin is not row:
            return self._twin(row, twin)
        employee, positions = self.known.get(key, (None, set()))
        begun, held = self.known.get(undated_key(row.full_name), (None, set()))
        if begun and position in held and employee is None and self.owners.setdefault(key, row) is row:
            return RowVerdict.GOOD, "Дополнит карточку, которая появилась при входе в портал", begun
        if employee and position in positions:
            return RowVerdict.KNOWN, "Этот человек уже есть в списке", employee
        first = self.owners.setdefault(key, row)
        second = employee is not None or first is not row
        return (
            RowVerdict.GOOD,
            f"Добавится вторая должность: {POSITIONS[position]}" if second else "",
            employee,
        )

    def _twin(self, row: ReadRow, twin: ReadRow) -> tuple[str, str, UUID | None]:
        if row.parsed == twin.parsed:
            return RowVerdict.TWIN, f"Повтор строки {twin.number}: запишем один раз", None
        row.errors.append((TWIN_FIELD, f"{_TWIN} {twin.number}, но данные отличаются. Оставьте одну строку."))
        return RowVerdict.BAD, "", None


def _stored_errors(row: ReadRow) -> list[dict[str, str]]:
    """What is wrong, with the word it may be mended to."""
    near = {name: {"near": found.near, "instead": found.instead} for name, found in row.near.items()}
    return [
        {"column": TITLES[name], "field": name, "sentence": sentence, **near.get(name, {})}
        for name, sentence in row.errors
    ]


def as_read(row: ImportRow) -> ReadRow:
    """A stored row as it was understood, without what was said about other rows, so that it can be judged
    anew.
    """
    about_others = ((TWIN_FIELD, _TWIN), (MAILBOX_FIELD, SHARED))
    own = [
        error
        for error in row.errors
        if not any(
            error["field"] == name and error["sentence"].startswith(said) for name, said in about_others
        )
    ]
    near = {
        error["field"]: NotInList(error["sentence"], error["near"], error["instead"])
        for error in own
        if error.get("instead")
    }
    return ReadRow(
        row.number,
        row.raw,
        restored(row.parsed),
        [(error["field"], error["sentence"]) for error in own],
        near,
    )
