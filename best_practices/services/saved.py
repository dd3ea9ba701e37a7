"""A person saves a search of the bank, renames it, says how often to write, deletes it."""

import datetime as dt

from django.db import transaction

from best_practices.questions import Asked
from best_practices.saved import LONGEST_QUESTION, SavedSearch
from best_practices.states import Often
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Invalid, NotVisible

MOST_SAVED = 30
"""Searches of one person."""


@transaction.atomic
def save_search(asked: Asked, *, title: str, often: str, by: Actor) -> SavedSearch:
    """The same question once more is the search that is there already. Raises Invalid at `title`."""
    if by.user is None:
        raise NotVisible
    user = User.objects.select_for_update().get(pk=by.user)
    own = SavedSearch.objects.filter(user=user)
    found = own.filter(query=asked.query).first()
    if found is not None:
        return found
    if len(asked.query) > LONGEST_QUESTION:
        raise Invalid(
            "long", "В поиске слишком много слов и условий: снимите часть и сохраните снова.", "title"
        )
    if len(own.values_list("pk")) >= MOST_SAVED:
        raise Invalid("many", f"У вас уже {MOST_SAVED} поисков. Удалите те, что больше не нужны.", "title")
    return SavedSearch.objects.create(
        user=user,
        title=title,
        query=asked.query,
        often=often,
        told_until=_yesterday(),
        created_by=user.pk,
    )


@transaction.atomic
def change_search(
    search: SavedSearch, *, title: str, often: str, by: Actor, version: int | None = None
) -> SavedSearch:
    """Its name and how often to write. What came while nothing was wanted is not told afterwards. Raises
    NotVisible, Stale.
    """
    row = _own(search, by)
    row.check_version(version)
    if (row.title, row.often) == (title, often):
        return row
    if row.often == Often.NEVER:
        row.told_until = max(row.told_until, _yesterday())
    row.title, row.often = title, often
    row.save_change("title", "often", "told_until")
    return row


@transaction.atomic
def delete_search(search: SavedSearch, *, by: Actor) -> None:
    """No trace of it is kept. Raises NotVisible."""
    _own(search, by).delete()


def _own(search: SavedSearch, by: Actor) -> SavedSearch:
    row: SavedSearch = lock(SavedSearch, search.pk)
    if not by.is_person(row.user_id):
        raise NotVisible
    return row


def _yesterday() -> dt.date:
    return clock.today() - dt.timedelta(days=1)
