"""The operator's page of the post: what waits, what has stopped and why; one more try, or put aside with a
reason.
"""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import NotVisible
from portal.municipality import mending
from portal.municipality.forms import SetAsideForm
from portal.municipality.selectors import post_health, stopped_letters
from portal.municipality.views import acting
from portal.ui.shortcuts import done, page


@require_safe
def post(request: PortalRequest) -> HttpResponse:
    """Stopped letters of the city's inbox and of the schools': the kind, the school and the trouble, never
    the content.
    """
    acting(request, "post:watch")
    letters = stopped_letters()
    standing = [one for one in letters if not one.set_aside_at]
    aside = [one for one in letters if one.set_aside_at]
    return page(request, "municipality/post.html", health=post_health(), letters=standing, aside=aside)


@require_POST
def retry(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Let a stopped letter try again."""
    mending.retry_letter(pk, box=_box(request.POST.get("box", "")), by=acting(request))
    return done(
        request,
        reverse("municipality:post"),
        "Письмо попробуем разобрать ещё раз. Обновите страницу через минуту.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The letter is not applied, with a reason; what stands behind it goes on."""
    by = acting(request)
    if not by.can("post:watch"):
        raise NotVisible
    if request.method != "POST" and (pk, _box(request.GET.get("box", ""))) not in {
        (one.uuid, one.box) for one in stopped_letters()
    }:
        raise NotVisible
    form = SetAsideForm(request.POST or None, initial={"box": request.GET.get("box", "")})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            mending.set_letter_aside(
                pk, reason=form.cleaned_data["reason"], box=form.cleaned_data["box"], by=by
            )
        if not form.refused:
            return done(
                request, reverse("municipality:post"), "Письмо отложено. То, что стояло за ним, идёт дальше."
            )
    return page(request, "municipality/set_aside.html", form=form, back_url=reverse("municipality:post"))


def _box(text: str) -> UUID | None:
    """The school in whose inbox the letter lies. Raises NotVisible for what is no number."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotVisible from None
