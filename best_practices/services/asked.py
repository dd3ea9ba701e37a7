"""What is asked of the bank, counted without persons in the contour where it was asked; a school's questions
leave once a day as a letter, without a person or an hour.
"""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from best_practices.letters import SEARCH_ASKED, AskedWords, SearchAsked
from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import current_school, record_model
from portal.exchange import rewrite, send
from portal.search.engine import Found
from portal.search.nameless import is_of_people, without_people
from tenants.context import school_here

MOST_IN_A_LETTER = 500
FARTHEST = 5_000


def note_question(text: str, found: Found) -> None:
    """One more question of today. A question of nothing but people is not kept; in a school that is only read
    nothing is.
    """
    words = without_people(text)
    if not words or _is_halted():
        return
    unknown = [word for word in found.understood.unknown if not is_of_people(word) and word in words.split()]
    _add([AskedWords(text=words, found=found.total, asked=1, unknown=unknown)])


def note_opened(text: str, place: int) -> None:
    """An answer of a question of today was opened, so many places from the first."""
    words = without_people(text) if 0 < place <= FARTHEST else ""
    if words and not _is_halted():
        record_model("AskedQuestion").objects.filter(asked_on=clock.today(), text=words).update(
            opened=F("opened") + 1, places=F("places") + place
        )


@transaction.atomic
def send_questions(by: Actor) -> None:
    """The whole days that have passed go to the city and are kept here no longer. Run again, it finds
    nothing.
    """
    rows = record_model("AskedQuestion").objects.select_for_update().filter(asked_on__lt=clock.today())
    passed = list(rows.order_by("asked_on", "text"))
    for start in range(0, len(passed), MOST_IN_A_LETTER):
        questions = [AskedWords.model_validate(row) for row in passed[start : start + MOST_IN_A_LETTER]]
        send(SEARCH_ASKED, SearchAsked(questions=questions), topic=uuid4(), by=by)
    record_model("AskedQuestion").objects.filter(pk__in=[row.pk for row in passed]).delete()


@transaction.atomic
def count_questions(letter: SearchAsked, topic: UUID) -> None:
    """Questions of a school join those of the city, under the day on which they came; of which school they
    are is not kept, and the words go from the city's boxes.
    """
    _add(letter.questions)
    rewrite(SEARCH_ASKED, topic, questions=[])


def _add(questions: Iterable[AskedWords]) -> None:
    model, today = record_model("AskedQuestion"), clock.today()
    for one in questions:
        last = {"found": one.found, "unknown": one.unknown}
        row, made = model.objects.get_or_create(
            asked_on=today,
            text=one.text,
            defaults={**last, "asked": one.asked, "opened": one.opened, "places": one.places},
        )
        if not made:
            model.objects.filter(pk=row.pk).update(
                asked=F("asked") + one.asked,
                opened=F("opened") + one.opened,
                places=F("places") + one.places,
                **last,
            )


def _is_halted() -> bool:
    return current_school.get() is not None and school_here().halt is not None
