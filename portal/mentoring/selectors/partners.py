"""With whom people have worked in pairs and programmes: asked where an interest must be known."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.mentoring.models import Pair, PairMentee
from portal.staff.models import Person


def partners_of(people: Iterable[Person], since: dt.date) -> QuerySet[Person]:
    """Mentors and mentees of all pairs with these people, proposed ones too, that were not over before the
    day. A programme belongs to its pair.
    """
    asked = list(people)
    recent = Pair.objects.filter(Q(ended_on=None) | Q(ended_on__gte=since))
    theirs = recent.filter(
        Q(mentor__in=asked) | Q(pk__in=PairMentee.objects.filter(mentee__in=asked).values("pair"))
    )
    mentees = PairMentee.objects.filter(pair__in=theirs).values("mentee")
    return Person.objects.filter(Q(pk__in=theirs.values("mentor")) | Q(pk__in=mentees))
