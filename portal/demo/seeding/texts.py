"""Words for pairs: a need, a programme and meetings that fit the subject and the years of the person, and that neighbours do not share."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from portal.core import clock
from portal.demo.seeding.city import content
from portal.demo.seeding.roster import subjects_of
from portal.staff.models import Person

ANY_PROGRAMME = ("method.lesson", "communication.colleagues", "psy_ped.burnout", "ict.ai", "method.projects")
NEWCOMER_DAYS = 500
VERA = ("psy_ped.discipline", "method.assessment", "communication.parents")
"""The difficulties of the one whose year is told in full."""


@dataclass
class Words:
    """What one pair talks about: the need of its first mentee, its programme, its meetings in order."""

    need: dict[str, Any]
    programme: dict[str, Any]
    items: list[str]
    meetings: list[dict[str, Any]]

    def goals(self) -> list[dict[str, Any]]:
        """One goal for each difficulty."""
        return [
            {"difficulty": item, "target": text, "indicator": indicator, "baseline": 3, "target_level": 1}
            for item, (text, indicator) in self._targets()
        ]

    def _targets(self) -> list[tuple[str, tuple[str, str]]]:
        known = {
            row["items"][0]: (row["goals"][0], row["indicators"][0])
            for row in content("mentoring")["programme"]
        }
        return [(item, known.get(item) or tuple(content("mentoring")["goals"][item])) for item in self.items]


class Librarian:
    """Chooses texts for the whole city, each as seldom as can be."""

    def __init__(self) -> None:
        self.used: Counter[str] = Counter()

    def words_for(self, person: Person, *, is_told_in_full: bool = False) -> Words:
        need = self._need(person) if not is_told_in_full else content("mentoring")["need"][0]
        items = list(VERA) if is_told_in_full else list(need["items"])
        programme = self._programme(items)
        items = list(dict.fromkeys([*programme["items"], *items]))
        return Words(need, programme, items, self._meetings(person))

    def _need(self, person: Person) -> dict[str, Any]:
        subjects = subjects_of(person)
        rows = [row for row in content("mentoring")["need"] if self._suits(row, person, subjects)]
        return self._seldom(rows, "request", better=lambda row: not subjects & set(row["subjects"]))

    def _suits(self, row: dict[str, Any], person: Person, subjects: set[str]) -> bool:
        if (row["category"] == "student") != (person.education_level == "student"):
            return False
        if person.education_level != "student" and (row["category"] == "young") != person.is_young:
            return False
        if row["reason"] == "adaptation_new_org" and not self._is_newcomer(person):
            return False
        primary = "primary" in subjects and row["items"] == ["psy_ped.discipline"]
        return row["category"] == "student" or (
            (bool(subjects & set(row["subjects"])) or row.get("anyone", False)) and not primary
        )

    def _is_newcomer(self, person: Person) -> bool:
        """Experienced, and in this school since last year at most."""
        return (
            person.hired_on is not None
            and (clock.today() - person.hired_on).days < NEWCOMER_DAYS
            and not person.is_young
        )

    def _programme(self, items: list[str]) -> dict[str, Any]:
        rows = content("mentoring")["programme"]
        own = [row for row in rows if row["items"][0] in items]
        return (
            own[0]
            if own
            else self._seldom([row for row in rows if row["items"][0] in ANY_PROGRAMME], "title")
        )

    def _meetings(self, person: Person) -> list[dict[str, Any]]:
        """Topics in the order of a school year, from another place of the list for each pair."""
        subjects = subjects_of(person) | ({"practice"} if person.education_level == "student" else set())
        return [
            row
            for row in content("mentoring")["meeting"]
            if not row.get("subjects") or subjects & set(row["subjects"])
        ]

    def _seldom(self, rows: list[dict[str, Any]], key: str, better: Any = None) -> dict[str, Any]:
        chosen = min(rows, key=lambda row: (self.used[row[key]], better(row) if better else 0))
        self.used[chosen[key]] += 1
        return chosen

    def result(self) -> str:
        """The next results for a mentor's card."""
        self.used["results"] += 1
        rows: list[str] = content("mentoring")["cards"]["results"]
        return rows[self.used["results"] % len(rows)]
