"""What leaves the school of a practice in a programme: that it was taken, that it ended, and, by a press of
its own, what came of it. Of the own practice of the school nothing leaves: it repeats nothing.
"""

from collections.abc import Collection

from django.db import transaction

from best_practices.adoption_letters import (
    ADOPTION_ENDED,
    OUTCOME_TOLD,
    PRACTICE_ADOPTED,
    AdoptionEnded,
    MeasuredAgain,
    OutcomeTold,
    PracticeAdopted,
)
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.text import quoted
from portal.exchange import send
from portal.pair_work.access import adoptions as access
from portal.pair_work.models import Adoption
from portal.pair_work.selectors.adoptions_going import may_tell_of_people


def tell_taken(adoption: Adoption, *, by: Actor) -> None:
    """In the transaction of the taking."""
    if adoption.is_own:
        return
    pair = adoption.programme.pair
    said = PracticeAdopted(
        adoption=adoption.uuid,
        practice=adoption.practice,
        revision=adoption.revision,
        taken_on=adoption.taken_on,
        form=pair.form,
        kinds=list(pair.kinds),
    )
    title = f"Практика {adoption.code} {quoted(adoption.title)} взята в программу"
    send(PRACTICE_ADOPTED, said, topic=adoption.uuid, by=by, title=title)


def tell_over(adoption: Adoption, *, by: Actor) -> None:
    """It ended with its programme, or was taken out of it."""
    if not adoption.is_own:
        said = AdoptionEnded(adoption=adoption.uuid, ended_on=adoption.ended_on)
        send(ADOPTION_ENDED, said, topic=adoption.uuid, by=by)


@transaction.atomic
def send_outcome(
    adoption: Adoption,
    *,
    with_words: bool = False,
    kept: Collection[str] = (),
    by: Actor,
    version: int | None = None,
) -> Adoption:
    """Let the answer of the pair go to the city, its words only where they were let out. `kept`: keys of the
    places that look like people and are none. The same once more changes nothing; a mended answer may be sent
    anew. Raises Forbidden, Conflict, Stale, Invalid at `kept` (a place that nobody has answered).
    """
    locked: Adoption = lock(Adoption, adoption.pk)
    if not access.can_tell_outcome(by, locked):
        raise Forbidden("Ответ передаёт сама пара.")
    locked.check_version(version)
    if not locked.outcome or locked.is_own:
        raise Conflict("nothing_to_send", "Передавать пока нечего: сначала ответьте, как сработала практика.")
    if locked.sent_on is not None:
        return locked
    _refuse_people(locked, kept, with_words=with_words)
    locked.sent_on, locked.sent_words = clock.today(), with_words and bool(locked.words)
    locked.save_change("sent_on", "sent_words")
    said = OutcomeTold(
        adoption=locked.uuid,
        outcome=locked.outcome,
        told_on=locked.told_on or clock.today(),
        hours=locked.hours,
        measured=[MeasuredAgain(**row) for row in locked.measured],
        words=locked.words if locked.sent_words else "",
    )
    title = f"Как сработала практика {locked.code} {quoted(locked.title)}: {locked.get_outcome_display()}"
    send(OUTCOME_TOLD, said, topic=locked.uuid, by=by, title=title)
    audit.record(by, "outcome_sent", locked.programme, changes={"practice": locked.code})
    return locked


def _refuse_people(adoption: Adoption, kept: Collection[str], *, with_words: bool) -> None:
    waiting = [one for one in may_tell_of_people(adoption, with_words=with_words) if one.key not in kept]
    if waiting:
        places = ", ".join(quoted(one.fragment) for one in waiting)
        raise Invalid(
            "personal_data",
            f"По этим местам могут узнать человека: {places}. Поправьте ответ или отметьте, что это не имя.",
            "kept",
        )
