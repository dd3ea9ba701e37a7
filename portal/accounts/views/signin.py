"""Round allauth's sign-in: a form carried through it, and addresses of allauth that this portal does not
have.
"""

from typing import Any

from allauth.account import views as allauth
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts import interrupted_form
from portal.accounts.forms import SignInForm
from portal.accounts.request import PortalRequest
from portal.ui.shortcuts import error_page, page


def sign_in(request: PortalRequest) -> HttpResponse:
    """allauth's sign-in; once the password was right, a carried form waits in the person's own session."""
    carried = request.POST.get(interrupted_form.FIELD, "")
    answer: HttpResponse = allauth.login(request)
    if answer.status_code == 302 and carried and interrupted_form.opened(carried):
        request.session[interrupted_form.FIELD] = carried
    return answer


def sign_in_again(request: PortalRequest) -> HttpResponse:
    """The answer to a visitor's POST: sign-in that carries what was typed."""
    context = {
        "form": SignInForm(request=request),
        "carried": interrupted_form.carried_of(request),
        "resume": interrupted_form.RESUME,
    }
    return render(request, "account/login.html", context, status=401)


@require_safe
def resume(request: PortalRequest) -> HttpResponse:
    """After sign-in: what was typed is posted again by one click."""
    form = interrupted_form.opened(request.session.get(interrupted_form.FIELD, ""))
    if form is None:
        return error_page(
            request, 404, sentence="Неотправленной формы здесь больше нет: она ждёт не дольше двух часов."
        )
    return page(request, "accounts/resume.html", carried=form)


def nowhere(request: PortalRequest, **_: Any) -> HttpResponse:
    """Registration and addresses of mail are not changed by people themselves: invitations do that."""
    return page(request, "accounts/by_invitation.html", status=404)


def too_often(request: PortalRequest, exception: Exception | None = None) -> HttpResponse:
    """429 of allauth's limits, in our words."""
    return error_page(request, 429)
