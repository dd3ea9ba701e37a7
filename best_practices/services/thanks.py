"""A teacher thanks the authors of a practice, and may take it back."""

from django.db import transaction

from best_practices.models import BankPractice, PracticeThanks
from best_practices.models.thanks import LONGEST_THANKS
from best_practices.readers import is_author, person_of, teacher
from best_practices.talk import renew_talk
from best_practices.thanking import tell_school
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Invalid, NotVisible


@transaction.atomic
def thank_authors(card: BankPractice, *, words: str = "", by: Actor) -> PracticeThanks:
    """Once a person and practice: pressed again, it is the thanks that are there, with the new sentence if
    there is one. Raises Forbidden, Conflict (the person's own practice), Invalid at `words`.
    """
    place, said = teacher(by), _said(words)
    user = person_of(by)
    found = PracticeThanks.objects.filter(user=user, practice=card.practice).first()
    if found is not None:
        if said and found.words != said:
            found.words = said
            found.save_change("words")
        return found
    if is_author(user.pk, card.practice):
        raise Conflict("own", "Это ваша практика: благодарят её авторов коллеги.")
    made = PracticeThanks.objects.create(
        practice=card.practice, user=user, place=place.short_name, words=said, created_by=user.pk
    )
    renew_talk(card.practice)
    tell_school(card.practice)
    return made


@transaction.atomic
def take_thanks_back(thanks: PracticeThanks, *, by: Actor) -> None:
    """No trace of it is kept; the numbers are told anew. Raises NotVisible."""
    row: PracticeThanks = lock(PracticeThanks, thanks.pk)
    if not by.is_person(row.user_id):
        raise NotVisible
    row.delete()
    renew_talk(row.practice)
    tell_school(row.practice)


def _said(words: str) -> str:
    """Raises Invalid at `words`."""
    said = " ".join(words.split())
    if len(said) > LONGEST_THANKS:
        raise Invalid("long", f"Сократите до {LONGEST_THANKS} знаков: сейчас {len(said)}.", "words")
    return said
