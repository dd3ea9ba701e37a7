"""Letters about practices in programmes, at their edges."""

from collections.abc import Callable
from uuid import uuid4

from best_practices.adoption_letters import (
    OUTCOME_TOLD,
    PRACTICE_ADOPTED,
    OutcomeTold,
    PracticeAdopted,
)
from best_practices.counted import tell_adopters
from best_practices.models import BankPractice, Practice
from portal.core import clock
from portal.core.actor import Actor
from portal.exchange import send
from portal.pair_work import services
from portal.pair_work.models import Adoption
from tenants import post
from tenants.context import in_city, in_school
from tenants.models import School
from tests.workflows.adoption_scenes import agreed, completed, published

LONG = [{"indicator": "щ" * 255, "unit": "щ" * 60, "before": "-999999.99", "after": "999999.99"}] * 5


def practices_in_programmes(school: School, other: School, actor: Callable[..., Actor]) -> None:
    """Taken, taken out, ended, told with the longest words and figures; then another school has not
    understood a practice of this one, which this one does not know any more.
    """
    theirs, own = _of(other, "ЛП-2026-0001"), _of(school, "ЛП-2026-0002")
    with in_school(school):
        adoption = agreed(lambda key: actor(key, school), theirs, names_school=True)
    post.deliver_everything()
    with in_city():
        theirs.revision = 2
        theirs.save_change("revision")
        tell_adopters(theirs)
    post.deliver_everything()
    with in_school(school):
        adoption = completed(lambda key: actor(key, school), adoption)
        vera = actor("vera", school)
        services.tell_outcome(
            adoption, outcome="unclear", measured=LONG, hours=2000, words="щ" * 1000, by=vera
        )
        services.send_outcome(adoption, with_words=True, by=vera)
        assert Adoption.objects.get().sent_words
        services.name_school(adoption, named=True, by=actor("zhanna", school))
    with in_school(other):
        system, told = Actor.system(school=other.uuid), uuid4()
        taken = PracticeAdopted(
            adoption=told,
            practice=own.practice,
            revision=1,
            taken_on=clock.today(),
            form="teacher_teacher",
            kinds=["traditional"],
        )
        send(PRACTICE_ADOPTED, taken, topic=told, by=system)
        said = OutcomeTold(adoption=told, outcome="unclear", told_on=clock.today(), words="щ" * 1000)
        send(OUTCOME_TOLD, said, topic=told, by=system)
    post.deliver_everything()


def _of(school: School, code: str) -> BankPractice:
    card = published(code=code)
    with in_city():
        told = {"title": card.title, "content": card.content, "authors": []}
        Practice.objects.create(practice=card.practice, school=school, **told)
    return card
