"""Answers about what a practice tells of people, before it leaves the school."""

from dataclasses import dataclass

from django.db import transaction

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden
from portal.documents.personal_data import Find, with_capital
from portal.school_practices import access
from portal.school_practices.checking import Asked, alike, asked_about, finds_of, waiting_in
from portal.school_practices.models import FindAnswer, SchoolPractice
from portal.school_practices.places import ANSWERS, put_text, texts_of
from portal.school_practices.search import keep_words


@dataclass(frozen=True)
class Which:
    """The place that is answered; `everywhere`: and all that wait with the same word."""

    key: str
    everywhere: bool = False

    def among(self, practice: SchoolPractice) -> list[Asked]:
        """Raises Conflict when the place is there no more."""
        every = asked_about(practice)
        one = next((each for each in every if each.find.key == self.key), None)
        if one is None:
            raise Conflict(
                "gone",
                "Этого места в тексте уже нет: предложение изменилось. Посмотрите проверку заново.",
            )
        return [one, *alike(one, every)] if self.everywhere else [one]


@transaction.atomic
def keep_find(practice: SchoolPractice, which: Which, *, by: Actor, version: int | None = None) -> None:
    """«Это не имя»: the place stays, and is asked about anew when its sentence changes. Said twice, it is
    said once. Raises Forbidden, Conflict, Stale.
    """
    locked = _to_answer(practice, by, version)
    kept = [
        FindAnswer(practice=locked, key=one.find.key, kind=one.find.kind, created_by=by.user)
        for one in which.among(locked)
        if one.answer is None
    ]
    if kept:
        FindAnswer.objects.bulk_create(kept)
        audit.record(by, "find_kept", locked, changes={"kind": kept[0].kind, "places": len(kept)})
    count_waiting(locked)


@transaction.atomic
def remove_find(practice: SchoolPractice, which: Which, *, by: Actor, version: int | None = None) -> None:
    """The neutral word instead, wherever the same sentence stands; the text gets its next version. Raises
    Forbidden, Conflict, Stale, Invalid (no room).
    """
    locked = _to_answer(practice, by, version)
    gone = which.among(locked)
    keys, texts = {one.find.key for one in gone}, dict(texts_of(locked))
    for place, find in reversed([each for each in finds_of(locked) if each[1].key in keys]):
        texts[place] = _without(texts[place], find)
        put_text(locked, place, texts[place])
    fields = dict.fromkeys(place.field for one in gone for place in one.places)
    locked.save_change(*(field for field in fields if field != ANSWERS))
    keep_words(locked)
    kind = str(gone[0].find.kind)
    audit.record(by, "find_removed", locked, changes={"kind": kind, "places": len(gone)})
    count_waiting(locked)


@transaction.atomic
def ask_find_again(practice: SchoolPractice, which: Which, *, by: Actor, version: int | None = None) -> None:
    """The answer is taken back. Raises Forbidden, Conflict, Stale."""
    locked = _to_answer(practice, by, version)
    gone, _ = FindAnswer.objects.filter(practice=locked, key=which.key).delete()
    if gone:
        audit.record(by, "find_asked_again", locked)
    count_waiting(locked)


def count_waiting(practice: SchoolPractice) -> None:
    """For «Что дальше»; the step itself counts anew. It is no change of the practice."""
    count = len(waiting_in(practice)) if practice.state in access.BEFORE_HAND_OVER else 0
    SchoolPractice.objects.filter(pk=practice.pk).exclude(finds_waiting=count).update(finds_waiting=count)


def count_every_waiting(by: Actor) -> None:
    """Each night: people have come and gone, and the check has learned."""
    for practice in SchoolPractice.objects.filter(state__in=access.BEFORE_HAND_OVER).order_by("pk"):
        count_waiting(practice)


def _to_answer(practice: SchoolPractice, by: Actor, version: int | None) -> SchoolPractice:
    locked: SchoolPractice = lock(SchoolPractice, practice.pk)
    if locked.state not in access.ANSWERABLE:
        raise Conflict(
            "not_editable",
            f"Сейчас о тексте не спрашивают. Практика: {locked.get_state_display()}.",
        )
    if not access.can_answer_finds(by, locked):
        raise Forbidden("Отвечают авторы практики, а когда она в банке школы, и директор.")
    locked.check_version(version)
    return locked


def _without(text: str, find: Find) -> str:
    """What stands behind may have been changed already, so it is taken from the text itself."""
    before, neutral, after = find.instead
    start = find.start - (len(find.before) - len(before))
    rest = text[find.end + len(find.after) - len(after) :]
    return text[:start] + neutral + (rest if neutral or after == find.after else with_capital(rest))
