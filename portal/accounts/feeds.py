"""Addresses that a program reads without a session: the secret in them is the right of one person.

An address is the person's mark and its signature. The mark alone, which the database keeps, opens nothing, so
the address can be shown again; another mark ends the address at once, and so does an account that is closed.
"""

from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer

from portal import audit
from portal.accounts.models import User
from portal.core.actor import Actor
from portal.core.reading import weighing

_SIGNER = Signer(salt="portal.accounts.feeds", sep=".")


def key_of(person: User) -> str:
    """What stands in the person's addresses; empty where the person has asked for none."""
    return _SIGNER.sign(person.feed_mark.hex) if person.feed_mark else ""


def owner_of(key: str) -> User | None:
    """Whose address it is, while it is alive. A key that is not ours costs no question."""
    try:
        mark = UUID(_SIGNER.unsign(key))
    except (BadSignature, ValueError):
        return None
    with weighing():
        return User.objects.filter(feed_mark=mark, is_active=True).first()


def give_address(person: User, *, by: Actor) -> None:
    """A new address; the one that `person` was read with is over."""
    if User.objects.filter(pk=person.pk, feed_mark=person.feed_mark).update(feed_mark=uuid4()):
        audit.record(by, "feed_given", person)


def take_address(person: User, *, by: Actor) -> None:
    """No address any more. Without one nothing happens."""
    if User.objects.filter(pk=person.pk).exclude(feed_mark=None).update(feed_mark=None):
        audit.record(by, "feed_taken", person)
