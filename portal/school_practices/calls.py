"""A practice of the school answers a call of the city: its writers name the call, the hand-over says so."""

from uuid import UUID

from django.db import transaction

from best_practices.models import PracticeCall
from portal import audit
from portal.core.actor import Actor
from portal.core.counting import Rows, home_numbers
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.next_steps import NextStep
from portal.core.text import quoted
from portal.school_practices import access
from portal.school_practices.models import SchoolPractice
from tenants.links import link

WAITING, SHOWN = "calls of the city", 3


def call_of(practice: SchoolPractice) -> PracticeCall | None:
    """The call that it names, open or not."""
    named = practice.answers_call
    return PracticeCall.objects.filter(uuid=named).first() if named is not None else None


@transaction.atomic
def name_call(
    practice: SchoolPractice, call: UUID | None, *, by: Actor, version: int | None = None
) -> SchoolPractice:
    """The practice answers this call of the city, or none; the same once more changes nothing. Raises
    Forbidden, Conflict (it has left the school), Stale, Invalid at `call`.
    """
    locked: SchoolPractice = lock(SchoolPractice, practice.pk)
    if not access.is_writer(by, practice):
        raise Forbidden("Поиск, на который отвечает практика, называют её авторы.")
    if locked.state not in access.ANSWERABLE:
        raise Conflict("left", "Практика уже не у авторов: отметить поиск можно, пока она в школе.")
    locked.check_version(version)
    if locked.answers_call == call:
        return locked
    if call is not None and not PracticeCall.objects.open().filter(uuid=call).exists():
        raise Invalid("call", "Этот поиск уже закончился. Выберите другой или не называйте никакого.", "call")
    locked.answers_call = call
    locked.save_change("answers_call")
    audit.record(by, "call_named" if call else "call_unnamed", locked)
    return locked


def numbers(by: Actor) -> Rows:
    """Of the home page: what the city looks for, and no practice of the school answers."""
    named = SchoolPractice.objects.exclude(answers_call=None).values("answers_call")
    return {WAITING: PracticeCall.objects.open().exclude(uuid__in=named)}


def next_steps(by: Actor) -> list[NextStep]:
    """Those who judge practices in the school know who might answer."""
    if not by.can("school_practice:review") or not home_numbers(by)[WAITING]:
        return []
    return [
        NextStep(
            "practice_call",
            f"Город ищет практику: {quoted(call.text)}",
            "Её нет в банке, а школы ждут. Подумайте, кто у вас мог бы рассказать.",
            link("practice_orders:calls"),
            "Посмотреть",
            due=call.due_on,
            icon="search",
            weight=75,
        )
        for call in numbers(by)[WAITING][:SHOWN]
    ]
