"""Another school asks to let somebody of ours in again."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from portal.accounts.forms import AgreementForm
from portal.accounts.request import PortalRequest
from portal.staff import access, services
from portal.staff.views.people import crumbs_of, url_of
from portal.ui.shortcuts import done, only_while, page


@require_http_methods(["GET", "HEAD", "POST"])
def access_question(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Who asks and why; agreed, or refused with a reason."""
    found = access.access_question_for(request.actor, pk)
    back = url_of(found.person)
    only_while(request, found.answered_at is None, back, "Этот вопрос уже закрыт.")
    form = AgreementForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.answer_access_question(found, by=request.actor, version=form.version, **form.said)
        if not form.refused:
            return done(request, back, "Записано. Школа, которая просила, узнает ответ.")
    return page(
        request,
        "staff/access_question.html",
        form=form,
        question=found,
        is_of_address=bool(found.email),
        email=found.email,
        till_when=found.till_when,
        heading=f"Вернуть вход: {found.person.full_name}",
        lead=f"{found.asked_by} просит за человека, который не может войти. Он служит и у вас, поэтому без "
        "вашего согласия ничего не изменится.",
        submit="Ответить",
        back_url=url_of(found.person),
        crumbs=crumbs_of(found.person),
    )
