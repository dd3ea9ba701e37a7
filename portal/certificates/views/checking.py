"""Anybody checks a certificate by its code, without signing in.

What is wrong is counted by place, what is right never is (docs/adr/0016); a valid, a revoked and an unknown
code are asked for in the same way, by one question.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.limits import WRONG_CODE, network_of, over
from portal.accounts.request import PortalRequest
from portal.certificates.codes import read_code, spaced
from portal.certificates.forms import CodeForm
from portal.certificates.models import Certificate
from portal.core.errors import TooMany
from portal.ui.shortcuts import page


@never_cache
@require_safe
def verify(request: PortalRequest) -> HttpResponse:
    """The form for the code; a code that can be one leads to its page."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return _unseen(HttpResponseRedirect(_url(form.cleaned_data["code"])))
    return _unseen(page(request, "certificates/verify.html", form=form))


@never_cache
@require_safe
def check(request: PortalRequest, code: str) -> HttpResponse:
    """What the paper says and whether it is valid; of an unknown code a kind 404."""
    known = read_code(code)
    found = checked(known, request)
    if found is None:
        form = CodeForm(initial={"code": spaced(known)})
        return _unseen(page(request, "certificates/unknown.html", form=form, status=404))
    return _unseen(page(request, "certificates/checked.html", certificate=found))


def checked(code: str, request: HttpRequest) -> Certificate | None:
    """The certificate of a code, as it is stored, by one question whatever it is. Codes that no certificate
    has are counted by place. Raises TooMany.
    """
    found = Certificate.objects.select_related("replaced_by").filter(code=code).first()
    if found is None and over(WRONG_CODE, network_of(request)):
        raise TooMany("С этого места слишком много раз спросили коды, которых нет. Подождите 10 минут.")
    return found


def _url(code: str) -> str:
    return reverse("certificates:check", args=[spaced(code)])


def _unseen(answer: HttpResponse) -> HttpResponse:
    """No search engine keeps it, and no other site learns the code from the address."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
