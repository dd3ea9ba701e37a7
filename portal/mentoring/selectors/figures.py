"""Figures of mentoring, each ONE function: the home page, API, form, counters and the city's page ask the
same (found B4).

Every function is asked for a day (today, if none is named) and says what it counts:
- a pair or group works on the day when it was assigned (`WORKS`: paused and under notice too; with its mentor
  being replaced, no more), the day lies between its first day and its last (the order's, or the notice's),
  its mentor works in the school or is its guest, and so does one mentee at least;
- people are those who work in the school on the day: hired, and not dismissed;
- a share is «part of whole»; «nobody to count» is a whole of 0, «not known» is None, and neither is ever
  shown as 0 %.

Nobody else counts people or pairs by their states: `tests/architecture/test_who_counts.py` looks for it.
"""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from portal.core import clock
from portal.core.school_year import SchoolYear
from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.states import MentoringForm, NeedState
from portal.mentoring.models import Pair, PairMentee
from portal.mentoring.models.pairs import PairQuerySet
from portal.mentoring.models.stages import PairStage
from portal.mentoring.states import OPEN_PAIRS, PairState
from portal.municipality.indicators import Parts, Share, shares
from portal.staff.age_bands import age_bands
from portal.staff.models import Person
from portal.staff.selectors import staff_on, young_on

WORKS = (PairState.ACTIVE, PairState.SUSPENDED, PairState.TERMINATION_NOTICE)
"""Assigned by an order and with its mentor: paused and under notice too (domain.md, A01)."""
OVER = (PairState.COMPLETED, PairState.TERMINATED)
CHANGING = (PairState.REPLACING,)
SPOKEN = (NeedState.NEW, NeedState.ACCEPTED, NeedState.MATCHED)


def working_pairs(on: dt.date | None = None) -> PairQuerySet:
    """Pairs and groups that work on the day."""
    day = on or clock.today()
    return _stood(_in_force(day), WORKS, day).exclude(ends_on__lt=day)


def _stood(pairs: PairQuerySet, states: tuple[PairState, ...], day: dt.date) -> PairQuerySet:
    """Those that were in one of these states on the day, as known today. What their present state says of
    it, where the day is not past or nothing was kept of its own.
    """
    by_now = Q(state__in=states) | (Q(state__in=OVER, ended_on__gt=day) if states is WORKS else Q())
    if day >= clock.today():
        return pairs.filter(by_now)
    known = pairs.annotate(state_then=PairStage.state_on(day))
    return known.filter(Q(state_then__in=states) | (Q(state_then=None) & ~PairStage.has_any() & by_now))


def _in_force(day: dt.date) -> PairQuerySet:
    """Pairs whose period holds the day, and whose people work in the school or are its guests."""
    people = Person.objects.taking_part(day).values("pk")
    mentees = PairMentee.objects.filter(pair=OuterRef("pk"), mentee__in=people)
    return Pair.objects.filter(Exists(mentees), started_on__lte=day, planned_to__gte=day, mentor__in=people)


def young_with_mentor(on: dt.date | None = None, *, by_city: bool = False) -> Share:
    """A01: young teachers who have a mentor on the day, of all young teachers of that day."""
    return shares(parts_of_young(on, by_city=by_city))[0]


def parts_of_young(on: dt.date | None = None, *, by_city: bool = False) -> Parts:
    """The same as rows."""
    mentored = PairMentee.objects.filter(pair__in=working_pairs(on)).values("mentee")
    young = young_on(on, by_city=by_city)
    return young.filter(pk__in=mentored), young


def involved(on: dt.date | None = None) -> Share:
    """A02: people of pairs that work on the day, are between two mentors, or were completed in its school
    year; of all who work that day.
    """
    day = on or clock.today()
    completed = Pair.objects.filter(
        state=PairState.COMPLETED,
        ended_on__range=(SchoolYear.of(day).starts_on, day),
        started_on__lte=day,
    )
    changing = _stood(_in_force(day), CHANGING, day)
    pairs = Pair.objects.filter(Q(pk__in=working_pairs(day)) | Q(pk__in=changing) | Q(pk__in=completed))
    people = Q(pk__in=pairs.values("mentor")) | Q(
        pk__in=PairMentee.objects.filter(pair__in=pairs).values("mentee")
    )
    found = staff_on(day).aggregate(part=Count("pk", filter=people), whole=Count("pk"))
    return Share(found["part"], found["whole"])


def pairs_by_form(on: dt.date | None = None) -> dict[str, int]:
    """A05: pairs and groups that work on the day, by the form of mentoring."""
    found = dict(working_pairs(on).order_by().values_list("form").annotate(Count("pk")))
    return {str(form): found.get(form, 0) for form in MentoringForm.values}


def active_pairs(on: dt.date | None = None) -> int:
    """Pairs and groups that work on the day: the sum of A05, whatever their form."""
    return sum(pairs_by_form(on).values())


def people_by_age(on: dt.date | None = None) -> list[tuple[str, int]]:
    """Those who work on the day, by the city's bands of age; whose birthday is not known is in none."""
    day, bands = on or clock.today(), age_bands()
    born = {f"band_{n}": Q(birth_date__range=band.born(day)) for n, band in enumerate(bands)}
    found = staff_on(day).aggregate(**{name: Count("pk", filter=days) for name, days in born.items()})
    return [(band.label, found[f"band_{n}"]) for n, band in enumerate(bands)]


def young_unspoken() -> QuerySet[Person]:
    """Young teachers of whom nobody has said that they need a mentor, and for whom no pair is open."""
    spoken = MenteeNeed.objects.filter(state__in=SPOKEN).values("person")
    paired = PairMentee.objects.filter(pair__state__in=OPEN_PAIRS).values("mentee")
    return young_on().exclude(pk__in=spoken).exclude(pk__in=paired)


def last_days_of_pairs(first: dt.date, last: dt.date) -> QuerySet[Any, tuple[dt.date, int]]:
    """How many working pairs and groups have their last day on each day of the period: (day, how many)."""
    rows = working_pairs().filter(planned_to__range=(first, last)).order_by()
    return rows.values_list("planned_to").annotate(Count("pk"))


def load(mentor: str) -> Count:
    """How many open pairs a mentor has: an annotation of rows whose person is reached by `mentor`. A group
    counts as one.
    """
    return Count(
        f"{mentor}__mentor_pairs",
        filter=Q(**{f"{mentor}__mentor_pairs__state__in": OPEN_PAIRS}),
        distinct=True,
    )


def load_of(mentor: Person) -> int:
    """How many open pairs this mentor has; a group counts as one (domain.md §6.1: group kind exempt)."""
    return Pair.objects.open().filter(mentor=mentor).count()


def coverage(on: dt.date | None = None, *, by_city: bool = False) -> dict[str, Any]:
    """All that indicators A01, A02, A05 and the agreed counters are made of, as numerators and
    denominators. What goes to the city counts young teachers by its own term: schools are compared by it.
    """
    young, people, forms = young_with_mentor(on, by_city=by_city), involved(on), pairs_by_form(on)
    return {
        "young_total": young.whole,
        "young_covered": young.part,
        "workers": people.whole,
        "involved": people.part,
        "pairs_by_form": forms,
        "active_pairs": sum(forms.values()),
    }
