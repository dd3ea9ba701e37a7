"""What another school has not understood, and the word of the authors."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.school_practices import access
from portal.school_practices.forms import UnclearForm
from portal.school_practices.unclear import answer_unclear
from portal.ui.shortcuts import done, only_while, page


@require_http_methods(["GET", "HEAD", "POST"])
def unclear(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The words of the other school, and two ways: to change the text, or to answer."""
    by, row = request.actor, access.unclear_for(request.actor, pk)
    if not access.can_answer_unclear(by, row.practice):
        raise Forbidden("Отвечают авторы практики или директор.")
    own_page = reverse("school_practices:practice", args=[row.practice.uuid])
    only_while(request, row.closed_on is None, own_page, "Об этом уже решили.")
    form = UnclearForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            answer_unclear(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, own_page, "Записано: описание остаётся, каким было.")
    return page(
        request,
        "school_practices/unclear.html",
        form=form,
        question=row,
        practice=row.practice,
        crumbs=[("Практики школы", reverse("school_practices:practices")), (row.practice.title, own_page)],
    )
