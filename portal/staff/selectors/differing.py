"""The same people a year later: who of the school a row is about, and what of it is new."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core import clock
from portal.core.sorting import folded, sort_key
from portal.municipality.reference import subjects
from portal.staff.cells.column_words import AWAY
from portal.staff.list_rows import NAME_PARTS, TITLES, ReadRow, in_words, storable
from portal.staff.models import WORK, GuestStay, Person, match_source

OF_PERSON = (
    "gender",
    "hired_on",
    "ped_stage_years",
    "education_level",
    "is_ped_education",
    "category",
    "category_on",
    "email",
)
OF_PERIOD = ("hired_on", "ped_stage_years")
"""What a return says anew: it is no change of the period that is over."""
OF_POSITION = ("subjects", "rate", "hours_week")
_RANK = {"none": 0, "szd": 1, "first": 2, "highest": 3, "ped_methodist": 4, "ped_mentor": 4}


@dataclass(frozen=True)
class Known:
    """Somebody who is here, with the posts that the list may speak of, the main one first."""

    person: Person
    posts: tuple[Any, ...]

    @property
    def names(self) -> tuple[str, str, str]:
        return self.person.last_name, self.person.first_name, self.person.middle_name

    @property
    def former_names(self) -> list[tuple[str, str, str]]:
        """How the person was called before."""
        return [(one.last_name, one.first_name, one.middle_name) for one in self.person.former_names.all()]

    def was_called(self, names: tuple[str, str, str]) -> bool:
        """The name of a list that has not heard of the new one."""
        own = [folded(part) for part in names]
        return any(own == [folded(part) for part in former] for former in self.former_names)

    @property
    def positions(self) -> set[str]:
        return {post.position for post in self.posts}

    @property
    def left_on(self) -> dt.date | None:
        """The last day of work of whoever does not work here today."""
        work = self.person.work
        return work.ended_on if work and work.is_over else None

    @property
    def begins(self) -> bool:
        """Whether a row begins work: of whoever has left, and of a guest, who has never worked here."""
        return self.left_on is not None or self.person.work is None

    @property
    def last_stay(self) -> GuestStay | None:
        """The last days as a guest."""
        return max(self.person.stays.all(), key=lambda stay: stay.ended_on, default=None)

    @property
    def taken_on(self) -> dt.date | None:
        """From which later day somebody who has left is hired again, where that is written down already."""
        work = self.person.work
        starts = work.started_on if work else None
        has_left = any(one.is_over for one in self.person.employments.all())
        return starts if starts and starts > clock.today() and has_left else None

    @property
    def away(self) -> str | None:
        """The absence that is not over."""
        today = clock.today()
        going_on = (one for one in self.person.absences.all() if not one.ended_on or one.ended_on >= today)
        return next((f"{one.kind_title} {one.words}" for one in going_on), None)

    def value(self, name: str) -> Any:
        """What is known under the name of a column."""
        main = self.posts[0] if self.posts else None
        if name == "subjects":
            return list(main.subjects) if main else []
        if name == AWAY:
            return self.away
        return getattr(self.person, name)


@dataclass
class People:
    """Everybody of the school by what a row may tell of them."""

    by_key: dict[str, Known] = field(default_factory=dict)
    alike: dict[str, list[Known]] = field(default_factory=dict)
    by_former: dict[str, Known] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        person = known.person
        self.by_key[person.match_key] = known
        for names in known.former_names:
            if person.birth_date is not None:
                self.by_former[sort_key(match_source(" ".join(names), person.birth_date))] = known
        for names in (known.names, *known.former_names):
            for key in alike_keys(names, person.birth_date):
                self.alike.setdefault(key, []).append(known)

    def of(self, key: str) -> Known | None:
        """Who has the name and the birthday, or had this name before."""
        return self.by_key.get(key) or self.by_former.get(key)

    def like(self, row: ReadRow) -> Known | None:
        """The one person of the same birthday whose name differs in one part only; nobody when two are."""
        found = {
            known.person.pk: known
            for key in alike_keys(names_of(row), row.parsed.get("birth_date"))
            for known in self.alike.get(key, ())
            if not two_patronymics(known.names, names_of(row))
        }
        return next(iter(found.values())) if len(found) == 1 else None


def known_people() -> People:
    """Everybody, in five queries."""
    found = People()
    for person in Person.objects.prefetch_related(WORK, "former_names", "stays", "absences"):
        found.add(known_as(person))
    return found


def known_as(person: Person) -> Known:
    """The person with the posts of today: whoever has left has none, and comes back by a row."""
    work = person.work
    return Known(person, tuple(work.posts) if work and not work.is_over else ())


def asked_of_return(known: Known, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Whoever has left, or was a guest, and stands in the list begins a new period: it wants its first day
    and the service on it.
    """
    if not known.begins:
        return []
    last, begins, day = _what_was(known)
    found = []
    hired = values.get("hired_on")
    if hired is None or hired <= last:
        found.append(("hired_on", f"{begins} {day}"))
    if values.get("ped_stage_years") is None:
        found.append(("ped_stage_years", f"{begins} {_RETURN_STAGE}"))
    return found


def _what_was(known: Known) -> tuple[dt.date, str, str]:
    """What was before the work of the row: its last day, its words, and what is asked of the first day."""
    left, stay = known.left_on or dt.date.min, known.last_stay
    if stay is not None and stay.ended_on > left:
        return stay.ended_on, f"{GUEST} {stay.words}.", _GUEST_DAY
    if known.left_on is None:
        return left, f"{GUEST}.", _GUEST_DAY
    return left, f"{RETURN} {left:%d.%m.%Y}.", _RETURN_DAY


RETURN, GUEST = "Человек увольнялся", "Человек записан гостем школы"
"""So begins whatever is asked of somebody who was here before."""
_GUEST_DAY = (
    "Впишите день приёма: он позже дней гостя. Если человек принят раньше, исправьте последний день гостя в "
    "его карточке."
)
_RETURN_DAY = (
    "Впишите день нового приёма: он позже. Кто не вернулся, того не запишем, пока строка стоит как есть."
)
_RETURN_STAGE = "Назовите стаж на день нового приёма: за время отсутствия он мог вырасти."


def names_of(row: ReadRow) -> tuple[str, str, str]:
    last, first, middle = (str(row.parsed.get(part) or "") for part in NAME_PARTS)
    return last, first, middle


def key_of(row: ReadRow) -> str:
    """How a row is told among people: nothing without a day of birth."""
    born = row.parsed.get("birth_date")
    return sort_key(match_source(row.full_name, born)) if row.full_name and born else ""


def two_patronymics(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Of one surname, with two patronymics: two people."""
    return folded(one[0]) == folded(other[0]) and bool(one[2]) and bool(other[2])


def alike_keys(names: tuple[str, str, str], born: Any) -> Iterator[str]:
    """By these a person is found whose surname is another now, or whose patronymic is told only once."""
    last, first, middle = (folded(" ".join(name.split())) for name in names)
    if not born or not first:
        return
    if middle:
        yield f"{born.isoformat()}|?|{first}|{middle}"
    yield f"{born.isoformat()}|{last}|{first}|?"


def differences(known: Known, row: ReadRow) -> list[dict[str, Any]]:
    """What the row says otherwise. An empty cell says nothing, so it takes nothing away."""
    main = known.posts[0].position if known.posts else None
    of_position = OF_POSITION if row.parsed.get("position") == main else ()
    of_name = () if known.was_called(names_of(row)) else NAME_PARTS
    found = []
    for name in (*of_name, *OF_PERSON, AWAY, *of_position):
        if (known.begins or known.taken_on) and name in (*OF_PERIOD, AWAY):
            continue
        now = row.parsed.get(name)
        was = known.value(name)
        if name not in row.parsed or not _is_told(row, name) or _same(name, was, now):
            continue
        if name == "ped_stage_years" and _is_known_service(known.person, now):
            continue
        found.append(
            {
                "field": name,
                "column": TITLES[name],
                "was": in_words(name, was) or "пусто",
                "now": in_words(name, now) or "пусто",
                "stored": storable({name: was})[name],
                "sure": _is_sure(known, name, was, now),
            }
        )
    return found


def _is_told(row: ReadRow, name: str) -> bool:
    """The cell, or another one, has said it: a default is no news."""
    if name in NAME_PARTS:
        return bool(row.parsed[name])
    beside = name in ("subjects", "category_on") and bool(row.parsed[name])
    return bool(row.raw.get(name)) or beside


def _same(name: str, was: Any, now: Any) -> bool:
    if name == "subjects":
        return set(was) == set(now) or not set(now) <= set(subjects().titles)
    if name == AWAY:
        return was is not None
    if name in (*NAME_PARTS, "email"):
        return folded(str(was or "")) == folded(str(now or ""))
    return bool((was or None) == (now or None)) or was == now


def _is_known_service(person: Person, years: Any) -> bool:
    """As it was stated, or as many full years as it has grown to: a list names no day."""
    work, grown = person.work, person.ped_stage_years
    if work is None or grown is None:
        return False
    return bool(years == work.stage_years or (years == int(years) and int(grown) == years))


def _is_sure(known: Known, name: str, was: Any, now: Any) -> bool:
    """A list knows better what has grown; what has become less, a past day, a name and the mailbox of
    somebody who signs in are for a person to say.
    """
    if name in (*NAME_PARTS, "gender"):
        return not was and name == "gender"
    if was in (None, "", []):
        return True
    if name == "ped_stage_years":
        return now is not None and now >= was
    if name == "category":
        return _RANK.get(now, 0) >= _RANK.get(was, 0)
    if name == "email":
        return known.person.user is None
    return name != "hired_on" and now is not None
