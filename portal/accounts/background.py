"""Letters of accounts. They leave in jobs, so the time of an answer tells nobody whether there is such an
account.
"""

import datetime as dt
import secrets
from uuid import UUID, uuid4

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts import browsers
from portal.accounts.hashes import hash_of
from portal.accounts.left import left_places
from portal.accounts.models import AddressChange, Invitation, PersonalToken, PlaceConsent, User
from portal.accounts.states import Recognition, Side
from portal.core import clock
from portal.core.actor import Actor
from tenants.addresses import city_url, school_url
from tenants.jobs import city_job, whoever_asked
from tenants.models import School

PAUSE, LONGEST, REMEMBERED = 60, 900, 3600
"""Seconds between letters about one account: a minute, two, four … a quarter of an hour, so that nobody's
mailbox is flooded.
"""


@transaction.atomic
def ask_for_new_password(email: str, user: User | None) -> None:
    """A letter with a link, if there is such an account; the work is the same if there is none.

    Asked again too soon, it sends no second letter: the link of the first one is on its way and works. Nobody
    is refused by that.
    """
    if _is_time_for_another(browsers.fingerprint(email)):
        send_new_password_letter.later(by=Actor.system(), user_uuid=str(user.pk if user else uuid4()))


def _is_time_for_another(account: str) -> bool:
    now, key = clock.now().timestamp(), f"new password:{account}".replace(" ", "_")
    sent = [at for at in cache.get(key, []) if at > now - REMEMBERED]
    if sent and now < sent[-1] + min(LONGEST, PAUSE * 2 ** (len(sent) - 1)):
        return False
    cache.set(key, [*sent, now], REMEMBERED)
    return True


@city_job(
    "accounts.new_password_letter", may=whoever_asked("whoever has forgotten a password is not signed in")
)
def send_new_password_letter(*, by: Actor, user_uuid: str) -> None:
    """Makes the link, which exists only in the letter, and sends it; the address in it is the portal's own,
    whatever the asker's request said.
    """
    user = User.objects.filter(pk=UUID(user_uuid), is_active=True).first()
    if user is None:
        return
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"}).replace(
        "UID-KEY", key
    )
    context = {"password_reset_url": settings.PORTAL_URL.rstrip("/") + path}
    subject, text = (
        render_to_string(f"account/email/password_reset_key_{part}.txt", context).strip()
        for part in ("subject", "message")
    )
    send_mail(subject, text, None, [user.email])


ADDRESS_WAITS = dt.timedelta(hours=72)
"""How long a change of the sign-in address may be stopped, from the moment when both letters have left."""


@city_job("accounts.address_letter", may=whoever_asked("a change waits: both mailboxes must hear of it"))
def send_address_letter(*, by: Actor, change_uuid: str, side: str) -> None:
    """Makes the key of one mailbox, which exists only in its letter. The last letter begins the time."""
    with transaction.atomic():
        waiting = AddressChange.objects.select_for_update().filter(ended_at=None)
        change = waiting.filter(uuid=UUID(change_uuid)).first()
        name = f"{side}_key"
        if change is None or getattr(change, name):
            return
        secret = secrets.token_urlsafe(32)
        setattr(change, name, hash_of(secret))
        if change.has_told_all:
            change.due_at = clock.now() + ADDRESS_WAITS
        change.save_change(name, "due_at")
        link = f"{settings.PORTAL_URL}/accounts/address/{secret}/"
        template = f"address_{side}" if change.is_of_address else "factor"
        _mail_of_address(change, side, template, link=link, taken=_is_taken(change))


def _is_taken(change: AddressChange) -> bool:
    """Told in the letter to the new mailbox only, whose owner knows it anyway."""
    return User.objects.filter(email=change.new_email).exclude(pk=change.user_id).exists()


@city_job("accounts.address_ended_letter", may=whoever_asked("the change has ended already"), whole=True)
def send_address_ended_letter(*, by: Actor, change_uuid: str, side: str) -> None:
    """What has become of the change, to one of the two mailboxes."""
    change = AddressChange.objects.filter(uuid=UUID(change_uuid)).exclude(ended_at=None).first()
    if change is None:
        return
    alive = PersonalToken.objects.filter(user=change.user_id, revoked_at=None, expires_at__gt=clock.now())
    template = "address_ended" if change.is_of_address else "factor_ended"
    _mail_of_address(change, side, template, to_new=side == Side.NEW, keys=alive.exists())


def _mail_of_address(change: AddressChange, side: str, template: str, **more: object) -> None:
    context = {"change": change, "contact": settings.SUPPORT_CONTACT, "portal": settings.PORTAL_URL, **more}
    text = render_to_string(f"accounts/mail/{template}.txt", context)
    subject = "Почта для входа в «Эстафету»" if change.is_of_address else "Второй шаг входа в «Эстафету»"
    send_mail(subject, text, None, [change.mailbox(side)])


@city_job("accounts.agreement_letter", may=whoever_asked("a question waits, whoever reminds"), whole=True)
def send_agreement_letter(*, by: Actor, consent_uuid: str, user_uuid: str) -> None:
    """To one of those who may answer whether a school may mend somebody's way in: nobody has answered yet. No
    name stands in it.
    """
    rows = PlaceConsent.objects.select_related("change__school", "school")
    found = rows.filter(uuid=UUID(consent_uuid), answered_at=None).first()
    user = User.objects.filter(pk=UUID(user_uuid), is_active=True).first()
    if found is None or user is None or found.change.school is None:
        return
    page = school_url(found.school.code, "home") if found.school else city_url("agreement", found.uuid)
    asking = found.change.school.short_name
    context = {
        "asking": asking,
        "until": found.answer_due,
        "url": f"{settings.PORTAL_URL.rstrip('/')}{page}",
        "in_school": found.school is not None,
        "contact": settings.SUPPORT_CONTACT,
    }
    text = render_to_string("accounts/mail/agreement_waits.txt", context)
    send_mail(f"{asking} ждёт вашего ответа в «Эстафете»", text, None, [user.email])


@city_job("accounts.closed_letter", may=whoever_asked("the account is closed already"), whole=True)
def send_closed_letter(*, by: Actor, user_uuid: str) -> None:
    """The account is closed a year after the last place; how it is opened again."""
    user = User.objects.filter(pk=UUID(user_uuid), is_active=False).first()
    if user is not None:
        text = render_to_string("accounts/mail/closed.txt", {"contact": settings.SUPPORT_CONTACT})
        send_mail("Вход в «Эстафету» закрыт", text, None, [user.email])


@city_job("accounts.left_letter", may=whoever_asked("the place has ended already"), whole=True)
def send_left_letter(*, by: Actor, user_uuid: str, school_uuid: str) -> None:
    """What stays open to whoever has left a school, and until when. Nothing, if the person is back."""
    user = User.objects.filter(pk=UUID(user_uuid), is_active=True).first()
    school = School.objects.filter(uuid=UUID(school_uuid)).first()
    if user is None or school is None:
        return
    for place in left_places(user, school):
        portal = settings.PORTAL_URL.rstrip("/")
        context = {
            "place": place,
            "papers": portal + place.url,
            "address": portal + city_url("own_address"),
            "contact": settings.SUPPORT_CONTACT,
        }
        text = render_to_string("accounts/mail/left.txt", context)
        send_mail(f"{place.school.short_name}: ваши документы в «Эстафете»", text, None, [user.email])


@city_job("accounts.recognised_letter", may=whoever_asked("the school has answered already"), whole=True)
def send_recognised_letter(*, by: Actor, invitation_uuid: str) -> None:
    """Whether the school knows the person who accepted its invitation under another name."""
    found = Invitation.objects.select_related("school").filter(uuid=UUID(invitation_uuid)).first()
    user = User.objects.filter(pk=found.used_by).first() if found and found.used_by else None
    if found is None or found.school is None or user is None:
        return
    context = {
        "school": found.school.short_name,
        "is_same": found.recognition == Recognition.SAME,
        "name": user.full_name,
        "contact": settings.SUPPORT_CONTACT,
        "portal": settings.PORTAL_URL,
    }
    text = render_to_string("accounts/mail/recognised.txt", context)
    send_mail(f"Приглашение в «Эстафету»: {found.school.short_name}", text, None, [user.email])
