"""Which call of the city a practice answers."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.core.reading import weighing
from portal.school_practices import access, calls
from portal.school_practices.forms_of_calls import CallNamedForm
from portal.ui.shortcuts import done, only_while, page

LEFT = "Практика уже не у авторов: отметить поиск можно, пока она в школе."


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The choice of one, or of none."""
    by = request.actor
    with weighing():  # whether one writes it is asked, and nobody is named
        found = access.practice_for(by, pk)
        is_own = access.is_writer(by, found)
    if not is_own:
        raise Forbidden("Поиск, на который отвечает практика, называют её авторы.")
    url = reverse("school_practices:practice", args=[pk])
    only_while(request, found.state in access.ANSWERABLE, url, LEFT)
    kept = {"call": found.answers_call}
    form = CallNamedForm(
        request.POST or None, named=calls.call_of(found), initial=kept, version=found.version
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            calls.name_call(found, form.cleaned_data["call"], by=by, version=form.version)
        if not form.refused:
            return done(request, url, "Записано.")
    return page(
        request,
        "school_practices/call.html",
        form=form,
        practice=found,
        back=(found.title, url),
    )
