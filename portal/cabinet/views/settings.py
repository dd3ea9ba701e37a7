"""How mentoring works in this school, and advice put off."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.request import PortalRequest
from portal.cabinet.forms.settings import SettingsForm
from portal.cabinet.services.advice import put_off_advice
from portal.core.errors import Forbidden
from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.services import decide_settings
from portal.ui.shortcuts import done, page
from tenants.links import link


@require_http_methods(["GET", "POST"])
def settings(request: PortalRequest) -> HttpResponse:
    by = request.actor
    if not by.can("mentoring_settings:edit"):
        raise Forbidden("Порядок наставничества меняют куратор и директор.")
    row = MentoringSettings.here()
    form = SettingsForm(
        request.POST or None, initial=SettingsForm.values_of(row), version=row.version if row.pk else 0
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            decide_settings(by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                reverse("cabinet:settings"),
                "Записано. Новый порядок действует с сегодняшнего дня.",
            )
    return page(
        request,
        "mentor_bank/form.html",
        form=form,
        title="Как устроено наставничество",
        submit="Сохранить порядок",
        crumbs=[("Пары", reverse("mentoring:pairs"))],
        lead="Пороги и сроки взяты из рекомендаций города. Школа может решить иначе своим локальным актом.",
    )


@require_POST
def advice_later(request: PortalRequest, code: str) -> HttpResponse:
    """«Не сейчас» beside an advice of the home page."""
    put_off_advice(code, by=request.actor)
    return done(request, link("home"), "Хорошо, вернёмся к этому через месяц.")
