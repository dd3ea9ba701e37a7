"""Another school has not understood from a published practice what to do. It is a task of the authors, in the
words that the school has let out, until they change the text or answer that nothing is to be changed; in no
figure it is a failure.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from best_practices.adoption_letters import DESCRIPTION_UNCLEAR
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.counting import Rows, home_numbers
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.next_steps import NextStep
from portal.core.text import quoted
from portal.exchange import Letter, receives
from portal.notify import tell
from portal.school_practices import access
from portal.school_practices.models import Authorship, SchoolPractice, UnclearDescription
from portal.school_practices.states import TAKEN_OFF
from portal.staff.models import Person
from tenants.links import link

LONGEST, SHOWN = 300, 20


@receives(DESCRIPTION_UNCLEAR)
def keep_question(letter: Letter) -> None:
    """Words that the other school has mended replace its old ones; what it has taken back waits no more."""
    said = letter.payload
    practice = SchoolPractice.objects.filter(uuid=said.practice).first()
    if practice is None:
        return
    by = Actor.system(letter.school, via="post")
    if said.taken_back:
        gone, _ = UnclearDescription.objects.filter(adoption=said.adoption, closed_on=None).delete()
        if gone:
            audit.record(by, "unclear_taken_back", practice)
        return
    told = {"practice": practice, "revision": said.revision, "words": said.words, "asked_on": clock.today()}
    row, _ = UnclearDescription.objects.update_or_create(
        adoption=said.adoption, defaults={**told, "closed_on": None, "answer": ""}
    )
    audit.record(by, "unclear_asked", practice)
    _tell_authors(row)


def _tell_authors(row: UnclearDescription) -> None:
    said = f": {row.words}" if row.words else ""
    text = f"Другой школе не хватило описания практики {quoted(row.practice.title)}{said}"
    people = [author.person.user for author in row.practice.authorships.select_related("person")]
    tell(people, "practice_unclear", text, link("school_practices:unclear", row.uuid))


@transaction.atomic
def answer_unclear(
    question: UnclearDescription, *, answer: str, by: Actor, version: int | None = None
) -> UnclearDescription:
    """Nothing is to be changed, and why. Raises Forbidden, Conflict, Stale, Invalid at `answer`."""
    locked: UnclearDescription = lock(UnclearDescription, question.pk)
    if not access.can_answer_unclear(by, locked.practice):
        raise Forbidden("Отвечают авторы практики или директор.")
    if locked.closed_on is not None:
        raise Conflict("answered", "Об этом уже решили.")
    locked.check_version(version)
    said = " ".join(answer.split())
    if not said:
        raise Invalid("empty", "Напишите, почему описание менять не нужно: одной фразой.", "answer")
    if len(said) > LONGEST:
        raise Invalid("long", f"Сократите до {LONGEST} знаков: сейчас {len(said)}.", "answer")
    locked.closed_on, locked.answer = clock.today(), said
    locked.save_change("closed_on", "answer")
    audit.record(by, "unclear_answered", locked.practice, comment=said)
    return locked


def open_questions(practice: SchoolPractice) -> list[UnclearDescription]:
    """What waits for its authors, the oldest first."""
    return list(practice.unclear.filter(closed_on=None)) if practice.state not in TAKEN_OFF else []


def _waiting(by: Actor) -> QuerySet[UnclearDescription]:
    """Of the own practices; of those whose authors are not here, for whoever keeps them for the school."""
    rows = UnclearDescription.objects.filter(closed_on=None).exclude(practice__state__in=TAKEN_OFF)
    if by.user is None or not by.serves:
        return rows.none()
    mine = Q(practice__in=Authorship.objects.filter(person__user=by.user).values("practice"))
    if by.can("school_practice:hand_over"):
        here = Person.objects.available().exclude(user=None)
        mine |= ~Q(practice__in=Authorship.objects.filter(person__in=here.values("pk")).values("practice"))
    return rows.filter(mine)


def numbers(by: Actor) -> Rows:
    """Of the home page."""
    return {"unclear descriptions": _waiting(by)}


def next_steps(by: Actor) -> list[NextStep]:
    """What other schools have not understood, the longest waiting first; one query where there is any."""
    if by.user is None or not home_numbers(by)["unclear descriptions"]:
        return []
    rows = _waiting(by).select_related("practice").order_by("asked_on", "pk")[:SHOWN]
    return [_step(row) for row in rows]


def _step(row: UnclearDescription) -> NextStep:
    said = f"«{row.words}» " if row.words else ""
    return NextStep(
        "practice_unclear",
        f"Другой школе не хватило описания: {quoted(row.practice.title)}",
        f"{said}Поправьте описание или ответьте, что менять нечего.",
        link("school_practices:unclear", row.uuid),
        "Посмотреть",
        waiting_since=row.asked_on,
        icon="pencil",
        weight=55,
    )
