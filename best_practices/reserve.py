"""The named reserve of a practice: whom the portal invites by itself, in the order in which the methodist has
named them.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch

from best_practices.interest import assignable
from best_practices.models import ExpertCandidate, Practice, Review
from portal.core.reading import weighing
from tenants.models import School


def users_of(experts: Iterable[UUID]) -> list[UUID]:
    """The people behind places in the pool, in the same order; who has no place any more is passed by, once
    each.
    """
    named = list(experts)
    found = dict(ExpertCandidate.objects.filter(uuid__in=named).values_list("uuid", "user"))
    return list(dict.fromkeys(found[uuid] for uuid in named if uuid in found))


def next_of_reserve(
    practice: Practice, *, instead_of: Review | None = None
) -> tuple[ExpertCandidate, list[School]] | None:
    """The first of the reserve who may be asked now, with the schools of today; as if `instead_of` were gone
    already. Who may not be asked now is passed by and stays in the reserve.
    """
    if not practice.reserve:
        return None
    with weighing():  # nobody of them is shown
        others = Review.objects.exclude(pk=instead_of.pk) if instead_of else Review.objects.all()
        found = Practice.objects.prefetch_related(Prefetch("reviews", others)).get(pk=practice.pk)
        named = ExpertCandidate.objects.serving().filter(user__in=practice.reserve)
        fit = {one.user_id: (one, places) for one, places in assignable(found, named)}
    return next((fit[user] for user in practice.reserve if user in fit), None)
