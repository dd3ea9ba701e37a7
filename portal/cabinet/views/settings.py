"""How mentoring works in this school, and advice put off."""

import datetime as dt

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.request import PortalRequest
from portal.cabinet.forms.settings import SettingsForm
from portal.cabinet.services.advice import put_off_advice
from portal.cabinet.services.settings import decide_order
from portal.core.errors import Forbidden
from portal.mentor_bank.models import MentoringSettings
from portal.ui.shortcuts import done, page
from tenants.links import link


@require_http_methods(["GET", "HEAD", "POST"])
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
            decide_order(form.young(), by=by, version=form.version, **form.decided())
        if not form.refused:
            return done(request, reverse("cabinet:settings"), _said(form.young().since))
    return page(
        request,
        "mentor_bank/form.html",
        form=form,
        title="Как устроено наставничество",
        submit="Сохранить порядок",
        crumbs=[("Пары", reverse("mentoring:pairs"))],
        lead="Пороги и сроки взяты из рекомендаций города. Школа может решить иначе своим локальным актом.",
    )


def _said(since: dt.date | None) -> str:
    young = f" Срок молодого педагога действует с {since:%d.%m.%Y}." if since else ""
    return f"Записано. Новый порядок действует с сегодняшнего дня.{young}"


@require_POST
def advice_later(request: PortalRequest, code: str) -> HttpResponse:
    """«Не сейчас» beside an advice of the home page."""
    put_off_advice(code, by=request.actor)
    return done(request, link("home"), "Хорошо, вернёмся к этому через месяц.")
