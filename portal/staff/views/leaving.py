"""The last day of work, a dismissal that was a mistake, a return."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.errors import Forbidden
from portal.staff import access, services
from portal.staff.forms import DismissalForm, ReturnForm
from portal.staff.leaving import consequences_of
from portal.staff.views.people import crumbs_of, url_of
from portal.ui.shortcuts import done, page, version_of

LEAD_OF_RETURN = "Имя, документы и вход в портал остаются прежними. Если увольнения не было, отмените его."
LEAD_OF_GUEST = (
    "Имя, документы и вход в портал остаются прежними. Дни гостя заканчиваются раньше первого дня работы."
)


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The person leaves the school."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_enter_person(by):
        raise Forbidden("Увольнение отмечают куратор и специалист по кадрам.")
    form = DismissalForm(request.POST or None, initial={"on": clock.today()}, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.dismiss_person(found, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, url_of(found), "Записано. Должности в портале закончатся этим днём.")
    return page(
        request,
        "staff/dismiss.html",
        form=form,
        heading=f"Увольнение: {found.short_name}",
        consequences=consequences_of(found, by),
        submit="Записать увольнение",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_POST
def dismissal_back(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The dismissal was a mistake."""
    found = access.person_for(request.actor, pk)
    services.take_dismissal_back(found, by=request.actor, version=version_of(request))
    return done(
        request,
        url_of(found),
        "Увольнения не было: человек снова в списке, вход в портал открыт. Должности в портале, которые с "
        "увольнением закончились, директор даёт заново.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_on(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Somebody who has worked here is back, or a guest begins to work."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_enter_person(by):
        raise Forbidden("Приём отмечают куратор и специалист по кадрам.")
    form = ReturnForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.take_on(found, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, url_of(found), "Записано. Прежние дни остались в карточке.")
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=f"{'Принять снова' if found.work else 'Принять на работу'}: {found.short_name}",
        lead=LEAD_OF_RETURN if found.work else LEAD_OF_GUEST,
        submit="Записать приём",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )
