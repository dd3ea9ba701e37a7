"""A person follows a practice, and stops."""

from django.db import transaction

from best_practices.followed import Now, states_of
from best_practices.models import BankPractice, PracticeFollow
from best_practices.readers import person_of
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, NotVisible

MOST_FOLLOWED = 100


@transaction.atomic
def follow_practice(card: BankPractice, *, by: Actor) -> PracticeFollow:
    """What stands there now is known; asked once more, it is the row that is there. Raises NotVisible,
    Conflict (too many).
    """
    user = person_of(by)
    own = PracticeFollow.objects.filter(user=user)
    found = own.filter(practice=card.practice).first()
    if found is not None:
        return found
    if len(own.values_list("pk")) >= MOST_FOLLOWED:
        raise Conflict("many", f"Вы следите уже за {MOST_FOLLOWED} практиками. Оставьте нужные.")
    now = states_of([card.practice]).get(card.practice, Now())
    told = {"title": card.title, "revision": now.revision, "outcomes": now.outcomes, "created_by": user.pk}
    return PracticeFollow.objects.create(user=user, practice=card.practice, **told)


@transaction.atomic
def stop_following(follow: PracticeFollow, *, by: Actor) -> None:
    """No trace of it is kept. Raises NotVisible."""
    row: PracticeFollow = lock(PracticeFollow, follow.pk)
    if not by.is_person(row.user_id):
        raise NotVisible
    row.delete()
