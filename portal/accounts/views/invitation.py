"""Accepting an invitation. The secret leaves the address at once: it goes into the session, so no log or
referrer has it.
"""

import datetime as dt
import hmac

from allauth.account.utils import perform_login
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.forms import InvitationForm
from portal.accounts.limits import ACCEPT, DEAD_INVITATION, network_of, over
from portal.accounts.models import Invitation, User
from portal.accounts.request import PortalRequest
from portal.accounts.services import NewPerson, accept_invitation, address_hmac, invitation_by_token
from portal.core import clock
from portal.core.errors import Conflict, NotVisible, TooMany
from portal.ui.shortcuts import done, page
from tenants.addresses import city_url, school_url

_KEPT = "invitation"


@never_cache
@require_safe
def opened(request: PortalRequest, token: str) -> HttpResponse:
    """The link of the letter: takes the secret out of the address, or says kindly that it is dead."""
    try:
        invitation_by_token(token)
    except NotVisible:
        if over(DEAD_INVITATION, network_of(request)):
            raise TooMany from None
        return _without_referrer(page(request, "accounts/invitation_dead.html", status=410))
    request.session[_KEPT] = token
    return _without_referrer(HttpResponseRedirect(city_url("invitation")))


def _without_referrer(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: PortalRequest) -> HttpResponse:
    """Where and as whom one is invited; a new person introduces themselves, a known one says yes."""
    token = request.session.get(_KEPT, "")
    try:
        found = invitation_by_token(token)
    except NotVisible:
        return page(request, "accounts/invitation_dead.html", status=410)
    if request.method == "POST" and over(ACCEPT, str(found.uuid)):
        raise TooMany
    person = request.person
    return _for_known(request, token, found, person) if person else _for_new(request, token, found)


def _for_known(request: PortalRequest, token: str, found: Invitation, person: User) -> HttpResponse:
    fits = hmac.compare_digest(found.address_hmac, address_hmac(person.email))
    if request.method == "POST" and fits:
        accept_invitation(token, NewPerson(person.email, person.last_name, person.first_name), known=person)
        request.session.pop(_KEPT, None)
        found.refresh_from_db()
        return done(request, _home(found), _accepted(found))
    opens_on = _opens_on(found)
    return page(request, "accounts/invitation.html", found=found, known=person, fits=fits, opens_on=opens_on)


def _for_new(request: PortalRequest, token: str, found: Invitation) -> HttpResponse:
    form, exists = InvitationForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        given = {
            name: form.cleaned_data[name]
            for name in ("email", "last_name", "first_name", "middle_name", "password")
        }
        try:
            with form.catching():
                person = accept_invitation(token, NewPerson(**given))
        except Conflict:
            exists = True
        if not form.refused and not exists:
            request.session.pop(_KEPT, None)
            found.refresh_from_db()
            return perform_login(request, person, email_verification="none", redirect_url=_home(found))  # type: ignore[no-any-return]
    opens_on = _opens_on(found)
    return page(request, "accounts/invitation.html", found=found, form=form, exists=exists, opens_on=opens_on)


def _opens_on(found: Invitation) -> dt.date | None:
    """The first day of the place, while it lies ahead."""
    return found.valid_from if found.valid_from > clock.today() else None


def _accepted(found: Invitation) -> str:
    if found.recognition and found.school:
        return f"{found.school.short_name} смотрит, вас ли приглашали: имя в карточке другое. Мы напишем вам."
    opens_on = _opens_on(found)
    if opens_on is None:
        return "Приглашение принято. Добро пожаловать."
    return f"Приглашение принято. Это место откроется {opens_on:%d.%m.%Y}."


def _home(found: Invitation) -> str:
    """Before its first day, or before the school has recognised the person, a place is closed: there is
    nothing to lead to.
    """
    if found.school is None or found.recognition or _opens_on(found) is not None:
        return city_url("home")
    return school_url(found.school.code, "home")
