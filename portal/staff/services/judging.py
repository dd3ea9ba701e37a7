"""What becomes of a row of an uploaded list: compared with the people who are here and with the rows above
it.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from portal.core.sorting import sort_key
from portal.municipality.reference import positions
from portal.staff.cells.column_words import AWAY
from portal.staff.list_rows import GENDER_ASKED, TITLES, ReadRow, restored, storable
from portal.staff.mailboxes import SHARED, known_mailboxes, sentence
from portal.staff.models import ImportRow, StaffImport, match_source
from portal.staff.selectors.differing import (
    GUEST,
    OF_PERIOD,
    OF_POSITION,
    RETURN,
    Known,
    People,
    alike_keys,
    asked_of_return,
    differences,
    key_of,
    names_of,
    two_patronymics,
)
from portal.staff.selectors.put_away import OF_LISTS, PUT_AWAY, ask_of_put_away
from portal.staff.states import RowChoice, RowVerdict
from portal.staff.workflow.imports import Counts

TWIN_FIELD, MAILBOX_FIELD = "last_name", "email"
BACK = "Человек вернулся: запишем новый период работы"
FIRST_WORK = "Человек был гостем школы: запишем работу в ту же карточку"
_TWIN = "Это тот же человек, что в строке"
ALIKE_FIELD, ALIKE = "middle_name", "Тот же день рождения и почти то же имя, что в строке"
_ALIKE_HELP = "Один человек: оставьте в файле одну строку. Разные люди: так и ответьте."


def counts_of(staff_import: StaffImport, total: int) -> Counts:
    rows = list(staff_import.rows.values_list("verdict", "choice"))
    verdicts = [verdict for verdict, _ in rows]
    same = verdicts.count(RowVerdict.KNOWN) + verdicts.count(RowVerdict.TWIN)
    return Counts(
        total=total,
        checked=total,
        good=verdicts.count(RowVerdict.GOOD),
        bad=verdicts.count(RowVerdict.BAD),
        known=same,
        changed=rows.count((RowVerdict.CHANGED, RowChoice.TAKE)),
    )


def undated_key(full_name: str) -> str:
    """How a person is told whose day of birth is not known yet: the principal, who joined before the list was
    loaded.
    """
    return sort_key(match_source(full_name, None))


@dataclass(frozen=True)
class Verdict:
    """What becomes of a row, and why."""

    verdict: str
    note: str = ""
    person: UUID | None = None
    changes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def choice(self) -> str:
        """Changes that are certain are taken unless a person leaves them."""
        sure = bool(self.changes) and all(change["sure"] for change in self.changes)
        return RowChoice.TAKE if sure else ""


@dataclass
class Judge:
    """Compares rows with people who are here and with rows above in the same file."""

    known: People
    in_file: set[str]
    """Keys of all rows: who stands in the file under the own name is not meant by another row."""
    seen: dict[tuple[str, str], ReadRow] = field(default_factory=dict)
    owners: dict[str, ReadRow] = field(default_factory=dict)
    alike: dict[str, ReadRow] = field(default_factory=dict)
    mailboxes: dict[str, tuple[str, str]] = field(default_factory=known_mailboxes)

    def row(self, staff_import: StaffImport, row: ReadRow) -> ImportRow:
        key = key_of(row)
        self._refuse_shared_mailbox(row, key)
        if self.known.of(key) or undated_key(row.full_name) in self.known.by_key or self._like(row, key):
            row.errors = [error for error in row.errors if error != ("gender", GENDER_ASKED)]
        self._ask_of_return(row, key)
        here = self.known.of(key) or self.known.by_key.get(undated_key(row.full_name))
        ask_of_put_away(row, here or self._like(row, key))
        self._leave_known_absence(row, key)
        found = self._verdict(row, key)
        return ImportRow(
            staff_import=staff_import,
            number=row.number,
            raw=row.raw,
            parsed=storable(row.parsed),
            match_key=key[:400],
            note=found.note,
            remarks=list(dict.fromkeys(row.remarks)),
            verdict=found.verdict,
            person=found.person,
            changes=found.changes,
            choice=row.choice or found.choice,
            errors=_stored_errors(row),
        )

    def _refuse_shared_mailbox(self, row: ReadRow, key: str) -> None:
        """The address of another person, of the school or of a row above: each needs an own one. Whoever has
        changed the name since keeps it.
        """
        email = row.parsed.get("email")
        if email and key:
            owner, who = self.mailboxes.setdefault(email, (key, f"строка {row.number}"))
            own = {key, undated_key(row.full_name)}
            if row.choice != RowChoice.OTHER and (same := self.known.of(key) or self._like(row, key)):
                own.add(same.person.match_key)
            if owner not in own:
                row.errors.append((MAILBOX_FIELD, sentence(who)))

    def _ask_of_return(self, row: ReadRow, key: str) -> None:
        """Whoever has left and stands in the list again begins a new period: it wants its first day and the
        service on it.
        """
        like = self._like(row, key) if row.choice == RowChoice.TAKE else None
        known = self.known.of(key) or like
        if known is None or key in self.owners:
            return
        told = {name for name, _ in row.errors}
        row.errors += [one for one in asked_of_return(known, row.parsed) if one[0] not in told]

    def _leave_known_absence(self, row: ReadRow, key: str) -> None:
        """Whoever is written down as away is not asked about: the days stand in the card."""
        known = self.known.of(key) or self._like(row, key)
        if known and known.away:
            row.errors = [error for error in row.errors if error[0] != AWAY]

    def _like(self, row: ReadRow, key: str) -> Known | None:
        found = None if self.known.of(key) else self.known.like(row)
        return None if found and found.person.match_key in self.in_file else found

    def _verdict(self, row: ReadRow, key: str) -> Verdict:
        position = str(row.parsed.get("position", ""))
        twin = self.seen.setdefault((key, position), row) if key and position else row
        if row.errors:
            return Verdict(RowVerdict.BAD)
        if twin is not row:
            return self._twin(row, twin)
        known = self.known.of(key)
        if known and key not in self.known.by_key:
            row.remarks.append(f"В файле прежнее имя, теперь: {known.person.full_name}. Имя не меняем")
        if known and known.taken_on:
            note = f"Этого человека уже снова приняли, с {known.taken_on:%d.%m.%Y}"
            return Verdict(RowVerdict.KNOWN, note, known.person.uuid)
        begun = self.known.by_key.get(undated_key(row.full_name))
        if begun and position in begun.positions and not known and self.owners.setdefault(key, row) is row:
            note = "Дополнит карточку, которая появилась при входе в портал"
            return Verdict(RowVerdict.GOOD, note, begun.person.uuid)
        if known and position in known.positions:
            return self._of_known(row, known)
        if row.choice != RowChoice.OTHER and (doubt := self._doubt(row, key)):
            return doubt
        return self._new(row, key, known)

    def _of_known(self, row: ReadRow, known: Known) -> Verdict:
        changes = differences(known, row)
        if not changes:
            return Verdict(RowVerdict.KNOWN, "Этот человек уже есть в списке", known.person.uuid)
        return Verdict(RowVerdict.CHANGED, "", known.person.uuid, changes)

    def _doubt(self, row: ReadRow, key: str) -> Verdict | None:
        """Somebody of the same birthday and nearly the same name: here, or above in the file."""
        like = self._like(row, key)
        if like:
            name = like.person.full_name
            note = f"Похоже, это {name}: день рождения тот же. Если это один человек, возьмите изменения."
            if like.left_on:
                note += f" Последний день работы был {like.left_on:%d.%m.%Y}: запишем новый период."
            elif like.begins:
                note += " Сейчас это карточка гостя: запишем в неё работу."
            return Verdict(RowVerdict.CHANGED, note, like.person.uuid, differences(like, row))
        *_, near = ("", *alike_keys(names_of(row), row.parsed.get("birth_date")))
        above = self.alike.setdefault(near, row) if near else row
        if names_of(above) == names_of(row) or two_patronymics(names_of(above), names_of(row)):
            return None
        row.errors.append((ALIKE_FIELD, f"{ALIKE} {above.number}: {above.full_name}. {_ALIKE_HELP}"))
        return Verdict(RowVerdict.BAD)

    def _new(self, row: ReadRow, key: str, known: Known | None) -> Verdict:
        first = self.owners.setdefault(key, row)
        changes = self._changes_beside(row, known) if known and first is row else []
        if known and known.begins and first is row:
            note = BACK if known.left_on else FIRST_WORK
            return Verdict(RowVerdict.GOOD, note, known.person.uuid, changes)
        second = known is not None or first is not row
        more = [str(row.parsed["position"])] if second else []
        more += [code for code, _ in row.parsed.get("more_posts", ())]
        added = ", ".join(positions().title(code) for code in more)
        note = f"Добавится ещё должность: {added}" if added else ""
        return Verdict(RowVerdict.GOOD, note, known.person.uuid if known else None, changes)

    def _changes_beside(self, row: ReadRow, known: Known) -> list[dict[str, Any]]:
        """What the row says otherwise of the person whose position it adds: what is certain is written with
        it, the rest is said.
        """
        sure = []
        for change in differences(known, row):
            name = change["field"]
            if change["sure"] and name not in (*OF_PERIOD, *OF_POSITION):
                sure.append(change)
            elif name != "hired_on":
                said = f"{change['column']}: в карточке «{change['was']}», в файле «{change['now']}»"
                row.remarks.append(f"{said}. Карточку не меняем")
        return sure

    def _twin(self, row: ReadRow, twin: ReadRow) -> Verdict:
        if row.parsed == twin.parsed:
            return Verdict(RowVerdict.TWIN, f"Повтор строки {twin.number}: запишем один раз")
        row.errors.append((TWIN_FIELD, f"{_TWIN} {twin.number}, но данные отличаются. Оставьте одну строку."))
        return Verdict(RowVerdict.BAD)


def _stored_errors(row: ReadRow) -> list[dict[str, Any]]:
    """What is asked, with the words it may be answered with."""
    return [
        {
            "column": TITLES[name],
            "field": name,
            "sentence": sentence,
            "proposals": list(row.proposals.get(name, ())),
            "other": sentence.startswith(ALIKE),
        }
        for name, sentence in row.errors
    ]


def as_read(row: ImportRow) -> ReadRow:
    """A stored row as it was understood, without what was said about other rows, so that it can be judged
    anew.
    """
    about_others = (
        (TWIN_FIELD, _TWIN),
        (MAILBOX_FIELD, SHARED),
        (ALIKE_FIELD, ALIKE),
        *((cell, PUT_AWAY) for cell in OF_LISTS),
    )
    own = [
        error
        for error in row.errors
        if not error["sentence"].startswith((RETURN, GUEST))
        and not any(
            error["field"] == name and error["sentence"].startswith(said) for name, said in about_others
        )
    ]
    return ReadRow(
        row.number,
        row.raw,
        restored(row.parsed),
        [(error["field"], error["sentence"]) for error in own],
        {error["field"]: tuple(error.get("proposals", ())) for error in own},
        list(row.remarks),
        choice=row.choice,
    )
