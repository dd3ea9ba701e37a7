"""Answers about what a practice tells of people, before it leaves the school."""

from django.db import transaction

from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden
from portal.school_practices import access
from portal.school_practices.checking import Asked, asked_about, finds_of, waiting_in
from portal.school_practices.models import FindAnswer, SchoolPractice
from portal.school_practices.personal_data import Find
from portal.school_practices.places import put_text, texts_of
from portal.school_practices.search import keep_words


@transaction.atomic
def keep_find(practice: SchoolPractice, key: str, *, by: Actor, version: int | None = None) -> None:
    """«Это не имя»: the place stays, and is asked about anew when its sentence changes. Said twice, it is
    said once. Raises Forbidden, Conflict, Stale.
    """
    locked = _to_answer(practice, by, version)
    one = _asked(locked, key)
    if one.answer is None:
        kept = FindAnswer.objects.create(practice=locked, key=key, kind=one.find.kind, created_by=by.user)
        audit.record(by, "find_kept", locked, changes={"kind": kept.kind})
    count_waiting(locked)


@transaction.atomic
def remove_find(practice: SchoolPractice, key: str, *, by: Actor, version: int | None = None) -> Find:
    """The neutral word instead, wherever the same sentence stands; the text gets its next version. Returns
    what was there. Raises Forbidden, Conflict, Stale, Invalid (no room).
    """
    locked = _to_answer(practice, by, version)
    one = _asked(locked, key)
    texts = dict(texts_of(locked))
    for place, find in reversed([each for each in finds_of(locked) if each[1].key == key]):
        texts[place] = _without(texts[place], find)
        put_text(locked, place, texts[place])
    locked.save_change(*dict.fromkeys(place.field for place in one.places))
    keep_words(locked)
    audit.record(by, "find_removed", locked, changes={"kind": str(one.find.kind)})
    count_waiting(locked)
    return one.find


@transaction.atomic
def ask_find_again(practice: SchoolPractice, key: str, *, by: Actor, version: int | None = None) -> None:
    """The answer is taken back. Raises Forbidden, Conflict, Stale."""
    locked = _to_answer(practice, by, version)
    gone, _ = FindAnswer.objects.filter(practice=locked, key=key).delete()
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


def _asked(practice: SchoolPractice, key: str) -> Asked:
    found = next((one for one in asked_about(practice) if one.find.key == key), None)
    if found is None:
        raise Conflict(
            "gone", "Этого места в тексте уже нет: предложение изменилось. Посмотрите проверку заново."
        )
    return found


def _without(text: str, find: Find) -> str:
    before, neutral, _ = find.instead
    start = find.start - (len(find.before) - len(before))
    return text[:start] + neutral + text[find.end :]
