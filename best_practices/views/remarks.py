"""The methodist's remarks about a practice, each to a field of its text."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from best_practices import access, services
from best_practices.forms_of_remarks import RemarksForm
from best_practices.reading import sections_of
from best_practices.remarks import own_of_city
from best_practices.verdict import UNDER_REVIEW
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.ui.shortcuts import done, only_while, page


@require_http_methods(["GET", "HEAD", "POST"])
def remarks(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What is to be mended, field by field; it goes to the school when the practice is returned."""
    by = request.actor
    found = access.practice_for(by, pk)
    back = reverse("expertise:practice", args=[found.uuid])
    if not access.can_lead_practice(by, found):
        raise Forbidden("Замечания от города пишет методист.")
    word = "Замечания пишут, пока практика на проверке или на экспертизе."
    only_while(request, found.state in UNDER_REVIEW, back, word)
    form = RemarksForm(request.POST or None, remarks=own_of_city(found), version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.write_remarks(found, form.written, by=by, version=form.version)
        if not form.refused:
            said = "Замечания записаны. Школа получит их, когда вы вернёте практику на доработку."
            return done(request, back, said)
    return page(
        request,
        "best_practices/remarks.html",
        form=form,
        practice=found,
        text=found.text,
        sections=sections_of(found.text),
        back_url=back,
        crumbs=[("Практики школ", reverse("expertise:practices")), (found.title, back)],
    )
