"""What the bank of mentors keeps of a person, when a card is divided into two."""

from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.staff.belongings import Belonging, named
from portal.staff.models import Person


def cards_and_needs(person: Person) -> list[Belonging]:
    """Each with its state."""
    rows = [
        *MentorCard.objects.filter(person=person).order_by("pk"),
        *MenteeNeed.objects.filter(person=person).order_by("pk"),
    ]
    return [named(row, words=row.get_state_display()) for row in rows]
