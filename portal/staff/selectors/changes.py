"""What of somebody's work, category and education has become another between two days. Of work and category
by their days (docs/adr/0040), so a mistake that was mended is no change; of education, which has no days, by
the journal.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from portal.core import clock
from portal.school_records.models import JournalLine
from portal.staff.models import CategoryStage, Person, WorkStage

WORDS_OF_POST = {"subjects": "предметы", "kind": "вид работы", "rate": "ставка", "hours_week": "часы"}
NO_CATEGORY: tuple[str, dt.date | None] = ("none", None)


def changes_of(people: QuerySet[Person], since: dt.date, until: dt.date) -> dict[int, set[str]]:
    """By the person's pk, in what; of those alone in whose work something is known to be another. Four
    questions, whoever is asked about. Nobody is shown by it: whoever shows a person reads the card.
    """
    came = {pk: clock.local(made).date() for pk, made in people.values_list("pk", "created_at")}
    found: dict[int, set[str]] = defaultdict(set)
    for pk, stages in _work(came, until).items():
        found[pk] |= _of_posts(_held(stages, since) or stages[0][1], stages[-1][1])
    for pk, stages in _categories(came, until).items():
        found[pk] |= _of_category(_held(stages, max(since, came[pk])) or NO_CATEGORY, stages[-1][1])
    for pk in _educated(people, since, until):
        found[pk].add("образование")
    return {pk: words for pk, words in found.items() if words}


def _work(people: Collection[int], until: dt.date) -> dict[int, list[tuple[dt.date, Any]]]:
    rows = WorkStage.objects.filter(employment__person__in=people, started_on__lte=until)
    return _by_person(rows.order_by("started_on").values_list("employment__person", "started_on", "posts"))


def _categories(people: Collection[int], until: dt.date) -> dict[int, list[tuple[dt.date, Any]]]:
    rows = CategoryStage.objects.filter(person__in=people, started_on__lte=until).order_by("started_on")
    values = rows.values_list("person", "started_on", "category", "until_on")
    return _by_person((pk, day, (category, last)) for pk, day, category, last in values)


def _by_person(rows: Iterable[tuple[int, dt.date, Any]]) -> dict[int, list[tuple[dt.date, Any]]]:
    found: dict[int, list[tuple[dt.date, Any]]] = defaultdict(list)
    for pk, day, said in rows:
        found[pk].append((day, said))
    return found


def _held(stages: list[tuple[dt.date, Any]], day: dt.date) -> Any:
    """What was so on the day, where it is known."""
    return next((said for began, said in reversed(stages) if began <= day), None)


def _of_posts(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> set[str]:
    before, after = ({post["position"]: post for post in posts} for posts in (was, now))
    shared = before.keys() & after.keys()
    words = {
        word
        for code in shared
        for name, word in WORDS_OF_POST.items()
        if before[code][name] != after[code][name]
    }
    if before.keys() < after.keys():
        words.add("ещё одна должность")
    elif after.keys() < before.keys():
        words.add("одной должности больше нет")
    elif before.keys() != after.keys():
        words.add("должность")
    return words


def _of_category(was: tuple[str, dt.date | None], now: tuple[str, dt.date | None]) -> set[str]:
    if was[0] != now[0]:
        return {"категория"}
    return {"срок категории"} if was[1] != now[1] else set()


def _educated(people: QuerySet[Person], since: dt.date, until: dt.date) -> list[int]:
    named = JournalLine.objects.filter(
        model=Person._meta.label,
        object_uuid=OuterRef("uuid"),
        created_at__date__range=(since, until),
        changes__fields__contains="education_level",
    )
    return list(people.filter(Exists(named)).values_list("pk", flat=True))
