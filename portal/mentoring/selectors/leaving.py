"""What of mentoring ends with a person's last working day."""

from django.db.models import Q

from portal.core.actor import Actor
from portal.mentoring.models import Pair
from portal.mentoring.states import OPEN_PAIRS, WORKING
from portal.staff.leaving import Consequence
from portal.staff.models import Person
from tenants.links import link


def pairs_of_leaver(person: Person, by: Actor) -> list[Consequence]:
    """Each open pair: what becomes of it, and what can be done before."""
    rows = (
        Pair.objects.visible_to(by)
        .filter(state__in=OPEN_PAIRS)
        .filter(Q(mentor=person) | Q(pair_mentees__mentee=person))
        .distinct()
        .with_people()
        .order_by("pk")
    )
    return [Consequence(_becomes(pair, person), link("cabinet:pair", pair.uuid)) for pair in rows]


def _becomes(pair: Pair, person: Person) -> str:
    if pair.state not in WORKING:
        return f"{pair.title}: закрепить пару будет нельзя, отзовите предложение"
    if pair.mentor_id == person.pk:
        return (
            f"{pair.title}: пара закончится. Если наставника нужно сменить, сделайте это раньше последнего "
            "дня"
        )
    if len([one for one in pair.people if not one.has_left]) > 1:
        return f"{pair.title}: группа продолжит работу без этого человека"
    return f"{pair.title}: пара закончится"
