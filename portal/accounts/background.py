"""Letters of accounts. They leave in jobs, so the time of an answer tells nobody whether there is such an
account.
"""

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
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from tenants.jobs import city_job, whoever_asked

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
