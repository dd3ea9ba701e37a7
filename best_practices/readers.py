"""Readers of the bank as the city knows them: whoever reads it from a school, and who of them has written a
practice. Asked in the city, where a teacher has no office.
"""

from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from best_practices.models import BankPractice, Practice
from portal.accounts.models import Membership, User
from portal.accounts.permissions import BY_NAME
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from tenants.models import School, SchoolState

READ = "bank:read"
TEACHERS = BY_NAME[READ].offices


def school_of_reader(person: UUID | None) -> School | None:
    """The first school from which the person reads the bank today; None for whoever does not teach."""
    if person is None:
        return None
    serves = Membership.objects.filter(Membership.valid_on(clock.today()), user=person, office__in=TEACHERS)
    entered = serves.exclude(school=None).exclude(school__state=SchoolState.ARCHIVED)
    found = entered.select_related("school").order_by("school__number", "pk").first()
    return found.school if found is not None else None


def teacher(by: Actor) -> School:
    """The school of whoever speaks as a reader. Raises Forbidden."""
    school = school_of_reader(by.user) if by.school is None else None
    if school is None:
        raise Forbidden("Это открыто педагогам школ города.")
    return school


def card_for_reader(by: Actor, uuid: UUID) -> BankPractice:
    """A card that stands in the bank, for a teacher in the city. Raises Forbidden, NotVisible."""
    teacher(by)
    reads = replace(by, permissions=by.permissions | {READ})
    found = BankPractice.objects.visible_to(reads).filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found


def card_to_gather_for(by: Actor, uuid: UUID) -> BankPractice:
    """A card that stands in the bank, for a teacher in the city or an official of it. Raises Forbidden,
    NotVisible.
    """
    if by.school is not None or not by.can("city_bank:read"):
        return card_for_reader(by, uuid)
    found = BankPractice.objects.visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found


def person_of(by: Actor) -> User:
    """The account of whoever acts, locked until the transaction ends. Raises NotVisible."""
    if by.user is None:
        raise NotVisible
    return User.objects.select_for_update().get(pk=by.user)


def own_practices(person: UUID | None) -> QuerySet[Practice]:
    """Practices of which the person is an author, by the number under which the person has served in the
    school.
    """
    numbers = Membership.objects.filter(user=person).exclude(person=None).values_list("person", flat=True)
    return Practice.objects.filter(author_people__overlap=numbers)


def is_author(person: UUID | None, practice: UUID) -> bool:
    """Of this practice, by its number in its school."""
    return person is not None and own_practices(person).filter(practice=practice).exists()
