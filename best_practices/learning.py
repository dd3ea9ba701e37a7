"""What the practices of the bank mean, where the order by meaning is installed: learnt in the background,
once for each text of a practice.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from best_practices import search
from best_practices.models import BankMeaning, BankPractice
from portal.core.actor import Actor
from portal.search.engine import Document
from portal.search.meaning.installed import is_wanted
from portal.search.meaning.maker import NoVectorError
from tenants.jobs import city_job, whoever_asked

AT_ONCE = 100
Tell = Callable[[int, int], None]


class NotLearntError(Exception):
    """Some practices have no vectors; all the others have."""


@city_job("best_practices.learn_meaning", may=whoever_asked("смысл узнают у всякой опубликованной практики"))
def learn(*, by: Actor) -> None:
    """Make the vectors that are missing. A practice that fails stops no other; the job is tried again."""
    learn_missing()


def learn_later(by: Actor) -> None:
    """In the transaction that publishes."""
    if is_wanted():
        learn.later(by=by)


def learn_at_night(by: Actor) -> None:
    """Each night: what no job has brought to its end, and the whole bank after the extra was installed."""
    if is_wanted():
        learn.later(by=by)


def learn_missing(tell: Tell = lambda done, of: None) -> int:
    """Practice after practice, each kept at once: killed, it goes on where it was. `tell`: how many of the
    bank are learnt. Answers how many it has learnt now; raises NotLearntError.
    """
    uuids = list(BankPractice.objects.order_by("-published_on", "-pk").values_list("uuid", flat=True))
    done = learnt = failed = 0
    for start in range(0, len(uuids), AT_ONCE):
        documents = list(search.documents_of(uuids[start : start + AT_ONCE]))
        missing = search.MEANING.unlearned(documents)
        done += len(documents) - len(missing)
        for document in missing:
            try:
                learnt += _learnt(document)
            except NoVectorError:
                failed += 1
            else:
                done += 1
            tell(done, len(uuids))
    if failed:
        raise NotLearntError(f"{failed} practices have no vectors")
    return learnt


def _learnt(document: Document) -> bool:
    """False of a practice that was taken off meanwhile: nothing of it is kept."""
    made = search.MEANING.made(document)
    with transaction.atomic():
        stands = BankPractice.objects.select_for_update().filter(uuid=document.uuid).exists()
        if stands:
            search.MEANING.keep(document.uuid, made)
    return stands


def unlearnt() -> int:
    """How many practices have no vectors, for the operator; 0 where meaning is not wanted."""
    known = BankMeaning.objects.values("uuid")
    return BankPractice.objects.exclude(uuid__in=known).count() if is_wanted() else 0
