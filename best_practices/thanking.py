"""Thanks of teachers: whom they reach, and what the authors' school is told of them."""

from uuid import UUID, uuid5

from django.db.models import QuerySet

from best_practices.models import BankPractice, Practice, PracticeThanks
from best_practices.readers import own_practices
from best_practices.thanks_letters import PRACTICE_THANKED, Thanked
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.exchange import send


def given_by(by: Actor) -> QuerySet[PracticeThanks]:
    """The person's own, the last first."""
    return PracticeThanks.objects.filter(user=by.user).order_by("-created_at", "-pk")


def own_thanks_for(by: Actor, uuid: UUID) -> PracticeThanks:
    """Raises NotVisible for everybody else's."""
    found = given_by(by).filter(uuid=uuid).first() if by.user is not None else None
    if found is None:
        raise NotVisible
    return found


def thanks_to(by: Actor) -> QuerySet[PracticeThanks]:
    """What was said to the person as an author, the last first: of a practice that was taken off, too."""
    told = own_practices(by.user).values("practice")
    return PracticeThanks.objects.filter(practice__in=told).order_by("-created_at", "-pk")


def titles_of(practices: set[UUID]) -> dict[UUID, tuple[str, UUID | None]]:
    """Practice → its title and its card, while it stands in the bank; two questions, nobody's name."""
    named = Practice.objects.filter(practice__in=practices).values_list("practice", "title")
    cards = BankPractice.objects.filter(practice__in=practices).values_list("practice", "uuid")
    standing = dict(cards)
    return {practice: (title, standing.get(practice)) for practice, title in named}


def tell_school(practice: UUID) -> None:
    """The authors' school hears the present numbers: never who has thanked."""
    handed = Practice.objects.filter(practice=practice).values_list("school__uuid", flat=True).first()
    if handed is None:
        return
    places = list(PracticeThanks.objects.filter(practice=practice).values_list("place", flat=True))
    said = Thanked(practice=practice, total=len(places), schools=len(set(places)))
    topic = uuid5(practice, "thanks")
    send(PRACTICE_THANKED, said, topic=topic, by=Actor.system(via="thanks"), school=handed)
