"""Conflict of interest: who must not be asked about a practice, as far as the city can know.

All live memberships count, not the first one; then the school's own list «не спрашивать» (authors,
co-authors, their pairs and programmes of three years, without reasons), and the names of the authors, for one
who has an account by another school only.
"""

from collections.abc import Iterable
from uuid import UUID

from best_practices.models import ExpertCandidate, Practice
from best_practices.states import GONE
from best_practices.verdict import live
from portal.accounts.models import User
from portal.accounts.selectors import schools_of
from portal.core.sorting import folded
from tenants.models import School


def is_interested(practice: Practice, person: UUID) -> bool:
    """Whether the person must not judge this practice."""
    user = User.objects.filter(pk=person).first()
    return user is None or _is_bound(practice, user, schools_of([person]).get(person, []))


def _is_bound(practice: Practice, user: User, places: list[School]) -> bool:
    works_there = practice.school_id in {place.pk for place in places}
    authors = {folded(" ".join(str(author["full_name"]).split())) for author in practice.authors}
    return works_there or user.pk in practice.not_ask or folded(user.full_name) in authors


def assignable(
    practice: Practice, pool: Iterable[ExpertCandidate] | None = None
) -> list[tuple[ExpertCandidate, list[School]]]:
    """Experts who may be asked, each with the schools of today: free of interest, not asked already, of no
    school of another expert.
    """
    people = list(ExpertCandidate.objects.serving() if pool is None else pool)
    asked = {review.expert for review in live(practice)}
    places = schools_of([*(one.user_id for one in people), *asked])
    taken = {school.pk for expert in asked for school in places.get(expert, [])}
    found = ((one, places.get(one.user_id, [])) for one in people if one.user_id not in asked)
    return [
        (one, where)
        for one, where in found
        if where and not _is_bound(practice, one.user, where) and not taken & {s.pk for s in where}
    ]


def left_to_ask(practice: Practice) -> bool:
    """Whether there is anybody who has not said no: who has declined or was taken away may be asked again,
    but nobody has to wait for that.
    """
    gone = {
        review.expert
        for review in practice.reviews.all()
        if review.revision == practice.revision and review.state in GONE
    }
    return any(one.user_id not in gone for one, _ in assignable(practice))
