"""Scenes of the works about accounts."""

import datetime as dt

from portal.accounts import address_change, agreeing_in_time, closing
from portal.accounts.background import send_address_letter
from portal.accounts.models import AddressChange, Invitation, Membership, PlaceConsent, User
from portal.core import clock
from portal.core.actor import Actor
from tenants.models import School
from tenants.tasks import DAILY_IN_CITY
from tests.cast import BY_KEY
from tests.posts.rows import World
from tests.tenancy.killing import Run
from tests.tenancy.run_job import job


def new_password(w: World) -> Run:
    return job("accounts.new_password_letter", None, Actor.system(), user_uuid=str(BY_KEY["vera"].uuid))


def asked_change(w: World, key: str = "vera") -> AddressChange:
    """A person wants to sign in by another address."""
    user = User.objects.get(pk=BY_KEY[key].uuid)
    return address_change.ask_for_address(user, f"{key}@home.example", by=w.who(key))


def address_letter(w: World) -> Run:
    """The second letter, which begins the time."""
    change = asked_change(w)
    send_address_letter(by=Actor.system(), change_uuid=str(change.uuid), side="old")
    return job("accounts.address_letter", None, Actor.system(), change_uuid=str(change.uuid), side="new")


def address_ended(w: World) -> Run:
    change = asked_change(w)
    address_change.cancel_change(change.user, by=w.who("vera"))
    return job(
        "accounts.address_ended_letter", None, Actor.system(), change_uuid=str(change.uuid), side="old"
    )


def due_addresses(w: World) -> Run:
    """Two changes whose time has come, and one whose new address has an account."""
    past = clock.now() - dt.timedelta(hours=1)
    for key in ("vera", "boris", "lev"):
        asked_change(w, key)
    AddressChange.objects.update(old_key="a", new_key="b", due_at=past)
    User.objects.filter(pk=BY_KEY["zoya"].uuid).update(email="lev@home.example")
    [work] = [one for one in DAILY_IN_CITY if one is address_change.change_due_addresses]

    def run() -> None:
        work(Actor.system())

    return run


def left_long_ago(*keys: str) -> None:
    """Their last place ended more than a year ago."""
    long_ago = clock.today() - dt.timedelta(days=400)
    people = [BY_KEY[key].uuid for key in keys]
    Membership.objects.filter(user__in=people).update(valid_from=long_ago, valid_to=long_ago)


def left_accounts(w: World) -> Run:
    left_long_ago("vera", "lev")

    def run() -> None:
        closing.close_left_accounts(Actor.system())

    return run


def left_lately(*keys: str) -> None:
    """Their place in the school ended yesterday."""
    people = [BY_KEY[key].uuid for key in keys]
    yesterday = clock.today() - dt.timedelta(days=1)
    Membership.objects.filter(user__in=people).update(valid_to=yesterday)


def who_left(w: World) -> Run:
    left_lately("vera", "lev")

    def run() -> None:
        closing.tell_who_left(Actor.system())

    return run


def left_letter(w: World) -> Run:
    left_lately("vera")
    named = {"user_uuid": str(BY_KEY["vera"].uuid), "school_uuid": str(w.school5.uuid)}
    return job("accounts.left_letter", None, Actor.system(), **named)


def closed_letter(w: World) -> Run:
    User.objects.filter(pk=BY_KEY["vera"].uuid).update(is_active=False)
    return job("accounts.closed_letter", None, Actor.system(), user_uuid=str(BY_KEY["vera"].uuid))


def recognised_letter(w: World) -> Run:
    """An invitation that was accepted under another name, and the school's answer."""
    made = Invitation.objects.create(
        token_hash="a",
        address_hmac="b",
        school=w.school5,
        office="teacher",
        basis="список сотрудников",
        expires_at=clock.now(),
        used_at=clock.now(),
        used_by=BY_KEY["zoya"].uuid,
        recognition="other",
    )
    return job("accounts.recognised_letter", None, Actor.system(), invitation_uuid=str(made.uuid))


def asked_places(w: World, days: int, *keys: str) -> list[PlaceConsent]:
    """Another school and the city were asked so many days ago, for each of the people."""
    long_ago = clock.now() - dt.timedelta(days=days)
    found = []
    for key in keys:
        change = AddressChange.objects.create(
            user_id=BY_KEY[key].uuid, school=w.school5, old_email="a@b.example", new_email="c@d.example"
        )
        for place in (School.objects.get(number=12), None):
            found.append(PlaceConsent.objects.create(change=change, school=place, created_at=long_ago))
    return found


def agreement_letter(w: World) -> Run:
    asked = asked_places(w, 8, "vera")[-1]
    return job(
        "accounts.agreement_letter",
        None,
        Actor.system(),
        consent_uuid=str(asked.uuid),
        user_uuid=str(BY_KEY["semyon"].uuid),
    )


def silent_places(w: World) -> Run:
    """Two requests are over, two others want a reminder."""
    asked_places(w, 20, "vera", "lev")
    asked_places(w, 8, "boris", "irina")
    [work] = [one for one in DAILY_IN_CITY if one is agreeing_in_time.mind_agreements]

    def run() -> None:
        work(Actor.system())

    return run
