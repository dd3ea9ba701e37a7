"""What schools have ordered and nobody has published yet, gathered by like words."""

from collections import defaultdict
from dataclasses import dataclass

from best_practices.models import PracticeOrder


@dataclass(frozen=True)
class Wanted:
    """One wish of several schools, in the words of the first."""

    text: str
    schools: list[str]
    last: PracticeOrder


def wanted() -> list[Wanted]:
    """What most schools want first."""
    found: dict[str, list[PracticeOrder]] = defaultdict(list)
    for row in PracticeOrder.objects.select_related("school").order_by("ordered_on", "pk"):
        found[row.key].append(row)
    groups = [
        Wanted(rows[0].text, [row.school.short_name for row in rows], rows[-1]) for rows in found.values()
    ]
    return sorted(groups, key=lambda one: (-len(one.schools), one.text))
