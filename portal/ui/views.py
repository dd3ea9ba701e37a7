"""The component page, the page of the look, and the pages of errors."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from portal.ui import prefs, samples
from portal.ui.fields import CardField
from portal.ui.forms import PageForm
from portal.ui.shortcuts import done, error_page, page


class PrefsForm(PageForm):
    """How the portal looks for this person."""

    vision = CardField(
        label="Цвета",
        choices=prefs.CHOICES["vision"],
        required=False,
        notes={
            "": "светлая или тёмная тема ниже",
            "black-on-white": "версия для слабовидящих",
            "white-on-black": "версия для слабовидящих",
            "blue-on-sky": "версия для слабовидящих",
        },
    )
    theme = forms.ChoiceField(
        label="Тема", choices=prefs.CHOICES["theme"], required=False, widget=forms.RadioSelect
    )
    size = forms.ChoiceField(
        label="Размер текста", choices=prefs.CHOICES["size"], required=False, widget=forms.RadioSelect
    )
    spacing = forms.ChoiceField(
        label="Расстояния между буквами и строками",
        choices=prefs.CHOICES["spacing"],
        required=False,
        widget=forms.RadioSelect,
    )
    images = forms.ChoiceField(
        label="Рисунки", choices=prefs.CHOICES["images"], required=False, widget=forms.RadioSelect
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    hide_optional = True


def _back_to(request: HttpRequest, wanted: str) -> str:
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse("ui_prefs")


@require_http_methods(["GET", "HEAD", "POST"])
def prefs_page(request: HttpRequest) -> HttpResponse:
    """«Вид и доступность»: works without scripts and before sign-in."""
    if request.method == "POST":
        form = PrefsForm(request.POST)
        form.is_valid()
        answer = done(
            request,
            _back_to(request, form.cleaned_data.get("next", "")),
            "Вид изменён. Он запомнен на этом устройстве.",
        )
        prefs.save(
            request, answer, prefs.Prefs.of({k: v for k, v in form.cleaned_data.items() if k != "next"})
        )
        return answer
    now = prefs.prefs_of(request)
    came_from = request.META.get("HTTP_REFERER", "")
    form = PrefsForm(initial={**vars(now), "next": came_from if reverse("ui_prefs") not in came_from else ""})
    return page(request, "ui/prefs.html", form=form)


@require_safe
def component_page(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return page(request, "ui/components.html", **samples.page_context(request))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Static: nothing that may itself be broken."""
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form opened long ago or with cookies switched off."""
    return error_page(
        request,
        403,
        sentence="Страница была открыта слишком давно, и мы не уверены, что это вы. Обновите её и повторите.",
        code="csrf",
    )
