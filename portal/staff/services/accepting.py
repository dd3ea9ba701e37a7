"""What an accepted row of a list writes: somebody new, one more position, a return, changes of whoever is
here.

Between the check of a list and its acceptance people are hired, dismissed and mended by hand, and another
list is written: each row is looked at once more, and what is no longer so is said at the row, never written
over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Invalid
from portal.staff.cells.absences import said_away
from portal.staff.cells.column_words import AWAY
from portal.staff.list_rows import TITLES, restored, storable
from portal.staff.mailboxes import known_mailboxes, sentence
from portal.staff.models import WORK, CategoryStage, Dating, ImportRow, Person
from portal.staff.models.stages import SINCE_TODAY, Held
from portal.staff.selectors.differing import OF_POSITION, asked_of_return, known_as
from portal.staff.services.absences import Away, begin_absence
from portal.staff.services.hiring import Hired, add_work, facts_of, hire_each
from portal.staff.services.judging import MAILBOX_FIELD
from portal.staff.services.leaving import take_on
from portal.staff.services.names import Renamed
from portal.staff.services.people import edit_person
from portal.staff.states import RowVerdict

DATED = frozenset({"position", *OF_POSITION, "category"})
"""What a list says otherwise since a day."""
CHANGED_MEANWHILE = "Пока список ждал, карточку изменили: загрузите файл ещё раз"
WRITTEN_MEANWHILE = "Пока список ждал, этого человека уже записали. Загрузите файл ещё раз: покажем разницу"


def accept_changes(row: ImportRow, *, by: Actor) -> None:
    """What the row says otherwise of somebody who is here, and the work that begins for whoever has left, or
    was a guest.
    """
    person = Person.objects.prefetch_related(WORK).get(uuid=str(row.person))
    try:
        with transaction.atomic():
            _write_changes(row, person, by)
            if known_as(person).begins:
                _take_on(row, person, by)
    except (Conflict, Invalid) as refusal:
        row.choice, row.note = "", refusal.sentence
        return
    row.verdict = RowVerdict.ACCEPTED


def _write_changes(row: ImportRow, person: Person, by: Actor) -> None:
    """Raises Conflict where the card has changed since the list was checked."""
    known = known_as(person)
    values = restored(row.parsed)
    news = {change["field"]: values[change["field"]] for change in row.changes}
    now = storable({name: known.value(name) for name in news})
    if any(now[change["field"]] != change["stored"] for change in row.changes):
        raise Conflict("changed_meanwhile", CHANGED_MEANWHILE)
    news.pop(AWAY, None)
    if "subjects" in news:
        news["position"] = values["position"]
    if news:
        since = row.renamed_on
        renamed = Renamed(since=since, basis=row.renamed_by) if since else None
        edit_person(person, by=by, renamed=renamed, dating=_dating(row, person, news), **news)
    if any(change["field"] == AWAY for change in row.changes):
        begin_absence(person, _away(row), by=by)


def _dating(row: ImportRow, person: Person, news: Iterable[str]) -> Dating:
    """The day that was named of the whole list, where the row changes work; of whoever was hired later, their
    first day.
    """
    day, work = row.staff_import.changed_on, person.work
    if day is None or work is None or not DATED & set(news):
        return SINCE_TODAY
    since = max(day, work.started_on or day)
    return Dating(since=since) if work.holds(since) and since <= clock.today() else SINCE_TODAY


def _away(row: ImportRow) -> Away:
    """A last day that lies behind is the last one, another is the one that is planned."""
    today = clock.today()
    said = said_away(row.parsed[AWAY], today)
    is_over = said.until is not None and said.until < today
    return Away(
        kind=said.kind,
        started_on=said.started_on,
        expected_until=None if is_over else said.until,
        ended_on=said.until if is_over else None,
    )


def _write_away(row: ImportRow, person: Person, by: Actor) -> None:
    """Of whoever begins to work by this row. What cannot be is said at the row."""
    if not row.parsed.get(AWAY):
        return
    try:
        with transaction.atomic():
            begin_absence(person, _away(row), by=by)
    except (Conflict, Invalid) as refusal:
        row.note = f"Отсутствие не записано: {refusal.sentence}"


def accept_new(rows: list[ImportRow], written: Iterable[UUID | None], *, by: Actor) -> None:
    """People who were not here, positions that they did not have. `written` are people whom earlier rows of
    this list have written.
    """
    begun = {row.person for row in rows if row.person}
    found = Person.objects.filter(Q(match_key__in=[row.match_key for row in rows]) | Q(uuid__in=begun))
    people: dict[str | UUID | None, Person] = {person.uuid: person for person in found}
    people |= {person.match_key: person for person in found if person.birth_date}
    mailboxes, own, newcomers = known_mailboxes(), set(written), Newcomers(by)
    for row in rows:
        person = people.get(row.match_key) or people.get(row.person)
        if person and person.pk is None:
            newcomers.write()
        if person and row.person is None and person.uuid not in own:
            row.verdict, row.person, row.note = RowVerdict.KNOWN, person.uuid, WRITTEN_MEANWHILE
        elif not _mailbox_was_taken(row, person, mailboxes):
            people[row.match_key] = _accept(row, person, by) if person else newcomers.add(row)
            own.add(people[row.match_key].uuid)
    newcomers.write()


def _mailbox_was_taken(row: ImportRow, person: Person | None, mailboxes: dict[str, tuple[str, str]]) -> bool:
    """Since the check somebody else was given the address: the row waits to be mended."""
    own = person.match_key if person else row.match_key
    owner, who = mailboxes.get(row.parsed.get("email") or "", (own, ""))
    if owner in (own, row.match_key):
        return False
    _refuse(row, {MAILBOX_FIELD: [sentence(who)]})
    return True


def _refuse(row: ImportRow, fields: Mapping[str, list[str]]) -> None:
    """The row waits to be mended."""
    row.verdict = RowVerdict.BAD
    row.errors = [
        {"column": TITLES[field], "field": field, "sentence": said}
        for field, sentences in fields.items()
        for said in sentences
    ]


def _accept(row: ImportRow, person: Person, by: Actor) -> Person:
    """Raises nothing for what has changed meanwhile: the row says it."""
    row.verdict, row.person = RowVerdict.ACCEPTED, person.uuid
    try:
        with transaction.atomic():
            _add_to(row, person, by)
    except Conflict as refusal:
        row.verdict, row.note = RowVerdict.KNOWN, refusal.sentence
    except Invalid as refusal:
        _refuse(row, refusal.fields)
    return person


@dataclass
class Newcomers:
    """People who were not here: they wait, and are written together."""

    by: Actor
    waiting: list[tuple[ImportRow, Hired]] = field(default_factory=list)

    def add(self, row: ImportRow) -> Person:
        facts = facts_of(_values(row))
        person = Person(created_by=self.by.user, **{"middle_name": "", "email": "", **facts.person})
        row.verdict, row.person = RowVerdict.ACCEPTED, person.uuid
        self.waiting.append((row, Hired(person, facts, *_posts(row)[0])))
        return person

    def write(self) -> None:
        """Also the positions after the first one, and the absence, where a row has them."""
        waiting, self.waiting = self.waiting, []
        hire_each([hired for _, hired in waiting])
        audit.record_each(self.by, "imported", [hired.person for _, hired in waiting])
        for row, hired in waiting:
            if len(_posts(row)) > 1:
                _add_posts(row, hired.person, self.by, after=1)
            _write_away(row, hired.person, self.by)


def _add_to(row: ImportRow, person: Person, by: Actor) -> None:
    """To somebody who is here: a card that has hardly begun is filled, whoever has left is back, another one
    has one more position.
    """
    if person.birth_date is None:
        _fill_card(row, person, by)
        return
    known = known_as(person)
    _write_changes(row, person, by)
    if known.begins:
        _take_on(row, person, by)
    elif row.parsed["position"] in known.positions:
        raise Conflict("position_here", "Эта должность у человека уже записана.", "position")
    else:
        _add_posts(row, person, by)


def _fill_card(row: ImportRow, person: Person, by: Actor) -> None:
    facts, had = facts_of(_values(row)), Held.of(person)
    for name, value in facts.person.items():
        setattr(person, name, value)
    person.save_change(*facts.person)
    if "category" in facts.person:
        CategoryStage.keep(person, was=had, by=by.user)
    audit.record(by, "imported", person)
    _add_posts(row, person, by, fills=True)
    _write_away(row, person, by)


def _values(row: ImportRow) -> dict[str, Any]:
    """What goes to the columns of the three rows that keep a person."""
    values: dict[str, Any] = restored(row.parsed)
    return {name: value for name, value in values.items() if name not in (*OF_POSTS, AWAY)}


OF_POSTS = ("position", "subjects", "more_posts")


def _posts(row: ImportRow) -> list[tuple[str, list[str]]]:
    parsed = row.parsed
    more = [(position, subjects) for position, subjects in parsed.get("more_posts") or ()]
    return [(parsed["position"], parsed.get("subjects") or []), *more]


def _add_posts(row: ImportRow, person: Person, by: Actor, *, fills: bool = False, after: int = 0) -> None:
    facts = facts_of(_values(row))
    dating = _dating(row, person, DATED)
    for position, subjects in _posts(row)[after:]:
        add_work(
            person,
            facts,
            position=position,
            subjects=subjects,
            created_by=by.user,
            fills=fills,
            dating=dating,
        )


def _take_on(row: ImportRow, person: Person, by: Actor) -> None:
    """A new period of the same person, as by hand."""
    values = _values(row)
    Invalid.refuse_any(
        Invalid("asked_of_return", said, field) for field, said in asked_of_return(known_as(person), values)
    )
    position, subjects = _posts(row)[0]
    of_work = {name: value for name, value in values.items() if name in OF_WORK}
    take_on(person, by=by, position=position, subjects=subjects, **of_work)
    _add_posts(row, Person.objects.get(pk=person.pk), by, after=1)
    _write_away(row, person, by)


OF_WORK = ("hired_on", "ped_stage_years", "rate", "hours_week", "position_kind")
