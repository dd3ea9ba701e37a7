"""One mailbox, one person of a school: the invitation and the account hang on the address, so a shared one
would open another's card.

Looked for within the school only: whether the address is known elsewhere is nobody's business here
(decisions.md).
"""

from django.db import connection
from django.db.models import Q

from portal.core.errors import Invalid
from portal.staff.models import Person, StaffInvitation

SHARED = "Эта почта уже записана у другого сотрудника школы"


def sentence(who: str) -> str:
    """What is wrong, and how to mend it."""
    return f"{SHARED}: {who}. Приглашение и вход привязаны к почте, поэтому у каждого нужна своя."


def owner_of(email: str, own: Person | None = None) -> Person | None:
    """Another person who works here and has this address, or was invited by it."""
    address = email.strip().lower()
    if not address:
        return None
    invited = StaffInvitation.objects.filter(email__iexact=address).values("person")
    others = Person.objects.of_school().filter(Q(email__iexact=address) | Q(pk__in=invited))
    return (others.exclude(pk=own.pk) if own else others).first()


def refuse_shared(email: str, own: Person | None = None) -> None:
    """Before an address is written. Two who write the same one at the same moment wait for each other. Raises
    Invalid at `email`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"mailbox: {email.strip().lower()}"])
    owner = owner_of(email, own)
    if owner is not None:
        raise Invalid("mailbox_shared", sentence(owner.short_name), "email")


def known_mailboxes() -> dict[str, tuple[str, str]]:
    """Address → (match key, name) of everybody who works here: what an uploaded list is compared with."""
    people = (
        Person.objects.of_school()
        .exclude(email="")
        .values_list("email", "match_key", "last_name", "first_name")
    )
    return {email.lower(): (key, f"{last} {first}") for email, key, last, first in people}
