"""Words that search understands as they stand now: a table of the city, kept in each process under its mark
(docs/adr/0041), so that a word of the methodist is known to the next question of every process.
"""

from collections.abc import Sequence

from best_practices.models import SearchWord
from portal.core.sorting import sort_key
from portal.search.synonyms import Notions
from tenants.lookup import remembered


def notions_now() -> Notions:
    """For `portal.search.synonyms.NOTIONS`."""
    return remembered("search words", _stored)


def _stored() -> Notions:
    rows = SearchWord.objects.filter(is_used=True).order_by("pk").values_list("names", flat=True)
    return tuple(tuple(names) for names in rows)


def words_found(part: str = "") -> Sequence[SearchWord]:
    """Rows with a name that has this part, by the alphabet; without one all rows."""
    wanted = sort_key(part.strip())
    rows = [row for row in SearchWord.objects.all() if any(wanted in sort_key(name) for name in row.names)]
    return sorted(rows, key=lambda row: (sort_key(row.names[0]), row.pk))
