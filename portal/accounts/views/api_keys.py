"""Personal keys for the API: bound to a school or the city, with a purpose and an end, shown once."""

from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts import services
from portal.accounts.forms import KeyForm
from portal.accounts.models import Membership, PersonalToken
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core import clock
from portal.core.errors import Forbidden, NotVisible
from portal.ui.shortcuts import done, page
from tenants.models import School

_NEW = "new_key"
CITY = "city"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: PortalRequest) -> HttpResponse:
    """Own keys with their last use, and the form of a new one."""
    person = signed_in_person(request)
    memberships = request.memberships
    places = _places(memberships)
    form = KeyForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        _refuse_without_second_factor(request)
        with form.catching():
            school = _school(memberships, form.cleaned_data["place"])
            secret = services.issue_token(
                person,
                school,
                purpose=form.cleaned_data["purpose"],
                days=form.cleaned_data["days"],
                by=request.actor,
            )
        if not form.refused:
            request.session[_NEW] = secret
            return done(request, reverse("keys"))
    own = PersonalToken.objects.filter(user=person).select_related("school").order_by("-created_at")[:50]
    return page(
        request,
        "accounts/keys.html",
        form=form,
        keys=own,
        secret=request.session.pop(_NEW, ""),
        now=clock.now(),
        may=bool(places),
    )


@require_POST
def revoke(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ends an own key at once."""
    key = PersonalToken.objects.filter(uuid=pk, user=request.person).first()
    if key is None:
        raise NotVisible
    services.revoke_token(key, by=request.actor)
    return done(
        request,
        reverse("keys"),
        "Ключ отозван. Программа, которая им пользовалась, больше ничего не прочитает.",
    )


def _refuse_without_second_factor(request: PortalRequest) -> None:
    """decisions.md: keys are issued only in a session with the second factor (outside the demo)."""
    if settings.MFA_REQUIRED and not any(
        record.get("method") == "mfa" for record in get_authentication_records(request, request.user)
    ):
        raise Forbidden(
            "Ключ выдаётся только после входа с кодом из приложения. Включите второй шаг входа, выйдите и "
            "войдите снова.",
            "second_factor",
        )


def _places(memberships: list[Membership]) -> list[tuple[str, str]]:
    found = {
        (str(m.school.uuid), m.school.short_name) if m.school else (CITY, f"Город {settings.CITY_NAME}")
        for m in memberships
    }
    return sorted(found, key=lambda pair: pair[1])


def _school(memberships: list[Membership], place: str) -> School | None:
    return next((m.school for m in memberships if m.school and str(m.school.uuid) == place), None)
