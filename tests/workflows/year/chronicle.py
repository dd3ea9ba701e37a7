"""What has happened in a school, as somebody with a pencil would keep it: the second opinion of the played
year. It asks no table and no selector of the portal; it is told of each event that the portal has accepted.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

Day = dt.date
MONTHS, CITY_YEARS, JUNE = 12, 3, 6
S = TypeVar("S", bound="Span")


@dataclass(eq=False)
class Span:
    """Days from the first to the last one, both within; no last one: it lasts."""

    first: Day
    last: Day | None = None

    def holds(self, day: Day) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def meets(self, other: "Span") -> bool:
        return self.holds(other.first) or other.holds(self.first)

    def is_over(self, day: Day) -> bool:
        return self.last is not None and self.last < day


@dataclass(eq=False)
class Work(Span):
    """`served`: full months of service that were stated on a day; `called`: what the person is called by the
    first position, from a day on, since it is known.
    """

    served: int = 0
    stated_on: Day = Day.min
    called: dict[Day, str] = field(default_factory=dict)

    def begins_as(self, title: str, written_on: Day) -> None:
        """Of whoever was hired for this school year, or for a later one, it is known since the hiring."""
        june = Day(written_on.year - (written_on.month < JUNE), JUNE, 1)
        self.called[self.first if self.first >= june else written_on] = title

    def becomes(self, title: str, since: Day) -> None:
        """So it is from the day on, whatever was said of later days."""
        self.called = {day: said for day, said in self.called.items() if day < since} | {since: title}

    def never_was(self, title: str) -> None:
        wrong = self.last_title
        for day in sorted(self.called, reverse=True):
            if self.called[day] != wrong:
                return
            self.called[day] = title

    def title_on(self, day: Day) -> str | None:
        known = [since for since in self.called if since <= day]
        return self.called[max(known)] if known else None

    @property
    def last_title(self) -> str:
        return self.called[max(self.called)]

    def young_till(self, years: int) -> Day:
        months = self.stated_on.year * MONTHS + self.stated_on.month - 1 + years * MONTHS - self.served
        year, month = divmod(months, MONTHS)
        return Day(year, month + 1, min(self.stated_on.day, monthrange(year, month + 1)[1]))


@dataclass(eq=False)
class Life:
    """One person at this school. `former`: the last day of a name → the surname of it."""

    pk: int
    surname: str
    works: list[Work] = field(default_factory=list)
    aways: list[Span] = field(default_factory=list)
    stays: list[Span] = field(default_factory=list)
    former: dict[Day, str] = field(default_factory=dict)

    def employed(self, day: Day) -> bool:
        return any(work.holds(day) for work in self.works)

    def works_on(self, day: Day) -> bool:
        return self.employed(day) and not any(away.holds(day) for away in self.aways)

    def stays_on(self, day: Day) -> bool:
        return any(stay.holds(day) for stay in self.stays)

    def takes_part(self, day: Day) -> bool:
        return self.works_on(day) or self.stays_on(day)

    def is_here(self, day: Day) -> bool:
        """Has something to do with the school, on the day or later."""
        return any(not span.is_over(day) for span in (*self.works, *self.stays))

    def is_young(self, day: Day, years: int) -> bool:
        return self.works_on(day) and any(
            work.holds(day) and day <= work.young_till(years) for work in self.works
        )

    def title_in_papers(self, day: Day, today: Day) -> str:
        """By the position of the day; where nobody wrote it down, and of days to come, by that of today, or
        of the work that is to begin, or of the last one.
        """
        held = next((work for work in self.works if day < today and work.holds(day)), None)
        in_order = sorted(self.works, key=lambda one: one.first)
        now = next((work for work in in_order if not work.is_over(today)), in_order[-1])
        return (held and held.title_on(day)) or now.last_title

    def called(self, day: Day) -> str:
        till = [last for last in sorted(self.former) if day <= last]
        return self.former[till[0]] if till else self.surname


@dataclass(eq=False)
class PairLife:
    """A pair of two: works while its two people take part, till it is ended."""

    pk: int
    mentor: int
    mentee: int
    days: Span
    ended: Day | None = None
    """Its first day as an ended one."""


@dataclass(eq=False)
class MergeLife:
    """What a merge has done, so that it can be undone."""

    pk: int
    on: Day
    kept: Life
    gone: Life
    moved: list[Span]
    names: list[Day]


@dataclass
class Chronicle:
    lives: dict[int, Life] = field(default_factory=dict)
    pairs: list[PairLife] = field(default_factory=list)
    merges: list[MergeLife] = field(default_factory=list)
    terms: dict[Day, int | None] = field(default_factory=dict)

    def working(self, day: Day) -> set[int]:
        return {life.pk for life in self.lives.values() if life.works_on(day)}

    def young(self, day: Day, *, by_city: bool = False) -> set[int]:
        years = CITY_YEARS if by_city else self.years_on(day)
        return {life.pk for life in self.lives.values() if life.is_young(day, years)}

    def guests(self, day: Day) -> set[int]:
        return {life.pk for life in self.lives.values() if life.stays_on(day)}

    def years_on(self, day: Day) -> int:
        begun = [since for since in self.terms if since <= day]
        return (self.terms[max(begun)] if begun else None) or CITY_YEARS

    def pairs_at_work(self, day: Day) -> set[int]:
        return {
            pair.pk
            for pair in self.pairs
            if pair.days.holds(day)
            and (pair.ended is None or day < pair.ended)
            and all(self.lives[one].takes_part(day) for one in (pair.mentor, pair.mentee))
        }

    def night(self, day: Day) -> None:
        """A pair of whoever has left ends."""
        for pair in self.pairs:
            if pair.ended is None and not all(
                self.lives[one].is_here(day) for one in (pair.mentor, pair.mentee)
            ):
                pair.ended = day

    def merge(self, pk: int, on: Day, kept: Life, gone: Life) -> None:
        """What of `gone` is on other days than that of `kept` goes over; the rest is put away."""
        names = [last for last in gone.former if last not in kept.former]
        moved = [
            *_go_over(gone.works, kept.works),
            *_go_over(gone.aways, kept.aways),
            *_go_over(gone.stays, kept.stays),
        ]
        kept.former |= {last: gone.former.pop(last) for last in names}
        del self.lives[gone.pk]
        self.merges.append(MergeLife(pk, on, kept, gone, moved, names))

    def undo(self, merge: MergeLife) -> None:
        """What has come with it goes back, as it is by now; what is no more does not come again."""
        kept, gone = merge.kept, merge.gone
        _go_back(kept.works, gone.works, merge.moved)
        _go_back(kept.aways, gone.aways, merge.moved)
        _go_back(kept.stays, gone.stays, merge.moved)
        gone.former |= {last: kept.former.pop(last) for last in merge.names if last in kept.former}
        self.lives[gone.pk] = gone
        self.merges.remove(merge)


def _go_over(theirs: list[S], own: list[S]) -> list[S]:
    moved: list[S] = []
    for span in list(theirs):
        if not any(span.meets(one) for one in own):
            theirs.remove(span)
            own.append(span)
            moved.append(span)
    return moved


def _go_back(own: list[S], theirs: list[S], moved: list[Span]) -> None:
    for span in [one for one in own if any(one is other for other in moved)]:
        own.remove(span)
        theirs.append(span)


def months_of(years: Decimal) -> int:
    return int((years * MONTHS).to_integral_value())
