"""Why two cards cannot be one person: nobody is a mentor of oneself."""

from django.db.models import Q

from portal.mentoring.models import Pair
from portal.staff.models import Person


def forbidden_by_pairs(kept: Person, gone: Person) -> list[str]:
    """Each pair that has both of them."""
    of_both = [Q(mentor=one) | Q(pair_mentees__mentee=one) for one in (kept, gone)]
    rows = Pair.objects.filter(pk__in=Pair.objects.filter(of_both[0]).values("pk")).filter(of_both[1])
    return [
        f"{pair.title}: в этой паре обе карточки, одним человеком они быть не могут."
        for pair in rows.distinct().with_people().order_by("pk")
    ]
