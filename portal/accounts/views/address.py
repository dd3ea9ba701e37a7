"""The sign-in address: what it is and what it will be, another one, and the links of letters that stop it.

As with invitations, the secret of a link leaves the address at once and goes into the session.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts import address_change
from portal.accounts.forms import AddressForm
from portal.accounts.limits import ADDRESS, DEAD_INVITATION, network_of, over
from portal.accounts.models import AddressChange
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core.errors import NotVisible, TooMany
from portal.ui.shortcuts import done, only_while, page
from tenants.addresses import city_url

_KEPT = "address link"
View = Callable[[PortalRequest], HttpResponse]


def after_the_password(view: View) -> View:
    """The password, or a code, is asked again before; it is asked by the page, so nothing typed is sent
    twice.
    """
    guarded = reauthentication_required(view)

    @wraps(view)
    def asking(request: PortalRequest) -> HttpResponse:
        try:
            answer: HttpResponse = guarded(request)
        except ReauthenticationRequired:
            if request.method == "POST":
                return HttpResponseRedirect(request.path)
            raise
        return answer

    return asking


@never_cache
@require_safe
def own(request: PortalRequest) -> HttpResponse:
    """The sign-in address, the change that waits, and how the last one ended."""
    person = signed_in_person(request)
    change = AddressChange.objects.filter(user=person).order_by("-created_at").first()
    waits_for = _waits_for(change) if change is not None and change.is_open else ""
    return page(request, "accounts/address.html", person=person, change=change, waits_for=waits_for)


def _waits_for(change: AddressChange) -> str:
    """Whose agreement is waited for, and till when."""
    asked = change.consents.filter(answered_at=None).select_related("school").order_by("pk")
    return ", ".join(f"{one.place_name}, до {one.answer_due:%d.%m.%Y}" for one in asked)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@after_the_password
def new(request: PortalRequest) -> HttpResponse:
    """Asks for another address."""
    person = signed_in_person(request)
    form, back = AddressForm(request.POST or None), reverse("own_address")
    waits = address_change.open_change_of(person) is not None
    only_while(request, not waits, back, "Одна смена почты уже ждёт.")
    if request.method == "POST" and form.is_valid():
        if over(ADDRESS, str(person.pk)):
            raise TooMany("Почту для входа меняют не чаще пяти раз в день. Попробуйте завтра.")
        with form.catching():
            address_change.ask_for_address(person, form.cleaned_data["email"], by=request.actor)
        if not form.refused:
            return done(request, back, "Записано. Письма уйдут на обе почты в ближайшие минуты.")
    return page(request, "accounts/address_new.html", form=form, person=person)


@require_POST
def cancel(request: PortalRequest) -> HttpResponse:
    """The change that waits is taken back."""
    address_change.cancel_change(signed_in_person(request), by=request.actor)
    return done(request, reverse("own_address"), "Смена почты отменена. Вы входите с прежней.")


@never_cache
@require_safe
def opened(request: PortalRequest, token: str) -> HttpResponse:
    """The link of a letter: takes the secret out of the address, or says kindly that it is over."""
    try:
        address_change.change_by_link(token)
    except NotVisible:
        if over(DEAD_INVITATION, network_of(request)):
            raise TooMany from None
        return _without_referrer(_dead(request))
    request.session[_KEPT] = token
    return _without_referrer(HttpResponseRedirect(city_url("address_stop")))


def _without_referrer(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    return response


def _dead(request: PortalRequest) -> HttpResponse:
    """Whoever is too late has nowhere to sign in: they are told whom to write to."""
    return page(request, "accounts/address_dead.html", status=410, contact=settings.SUPPORT_CONTACT)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: PortalRequest) -> HttpResponse:
    """The page with the button: a link that stopped by itself would be pressed by mail scanners."""
    token = request.session.get(_KEPT, "")
    try:
        if request.method != "POST":
            change = address_change.change_by_link(token)
            return page(request, "accounts/address_stop.html", change=change)
        side = address_change.stop_by_link(token, by=request.actor)
    except NotVisible:
        return _dead(request)
    request.session.pop(_KEPT, None)
    return page(request, "accounts/address_stopped.html", side=side)
