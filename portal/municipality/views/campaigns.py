"""Pages of campaigns and of the forms that schools handed over."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import clock
from portal.municipality import services
from portal.municipality.access import campaign_for, can_accept_form, can_check_form, received_form_for
from portal.municipality.forms import CampaignForm, ReturnForm
from portal.municipality.indicators import INDICATORS
from portal.municipality.models import MonitoringCampaign, ReceivedForm
from portal.municipality.selectors import campaigns_visible_to, participations, shown_values
from portal.municipality.states import ReceivedState
from portal.municipality.views import acting
from portal.municipality.workflow import CAMPAIGN
from portal.ui.lists import ListPage
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, page, version_of


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, the newest first."""
    acting(request, "received_form:read")
    may_lead = acting(request).can("campaign:lead")
    url = reverse("municipality:campaign_new") if may_lead else ""
    empty = Empty(
        "Кампаний пока не было",
        "Соберите первые числа: выберите показатели и срок, школы получат форму, наполовину заполненную порталом.",
        url,
        "Подготовить кампанию",
    )
    return ListPage(request, campaigns_visible_to(acting(request)), empty=empty).answer("municipality/campaigns.html", may_lead=may_lead)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponse:
    """A draft of a campaign."""
    acting(request, "campaign:lead")
    form = CampaignForm(request.POST or None, initial={"open_from": clock.today(), "indicators": list(INDICATORS)})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            campaign = services.plan_campaign(by=acting(request), **form.cleaned_data)
        if not form.refused:
            return done(request, _url(campaign), "Кампания готова. Школы узнают о ней, когда вы откроете сбор.")
    return page(request, "municipality/campaign_new.html", form=form, crumbs=_crumbs())


@require_safe
def campaign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who has handed over, and who has not."""
    found = campaigns_visible_to(acting(request)).get(pk=campaign_for(acting(request), pk).pk)
    rows = participations(found)
    return page(
        request,
        "municipality/campaign.html",
        campaign=found,
        rows=rows,
        offers=CAMPAIGN.offers(found, acting(request)),
        crumbs=_crumbs(),
        indicators=[INDICATORS[code] for code in found.indicators if code in INDICATORS],
    )


@require_POST
def campaign_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open, close or cancel."""
    found = campaign_for(acting(request), pk)
    services.move_campaign(found, request.POST.get("verb", ""), by=acting(request), version=version_of(request), comment=request.POST.get("comment", ""))
    return done(request, _url(found), f"Записано. Кампания: {found.get_state_display()}.")


@require_http_methods(["GET", "HEAD", "POST"])
def received_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A form as the principal signed it; accept it or return it with a word."""
    found = received_form_for(acting(request), pk)
    returning = request.method == "POST" and request.POST.get("verb") == "return"
    form = ReturnForm(request.POST if returning else None, version=found.version, prefix=None)
    if request.method == "POST" and (not returning or form.is_valid()):
        with form.catching():
            verb, comment = ("return", form.cleaned_data["comment"]) if returning else ("accept", "")
            services.answer_form(found, verb, by=acting(request), version=version_of(request), comment=comment)
        if not form.refused:
            word = "Форма принята, числа попали в сводку." if verb == "accept" else "Форма возвращена. Эстафета у школы."
            return done(request, _url(found.campaign), word)
    return page(
        request,
        "municipality/received_form.html",
        received=found,
        form=form,
        values=shown_values(found),
        crumbs=_form_crumbs(found),
        may_accept=can_accept_form(acting(request), found),
        may_check=found.state == ReceivedState.SUBMITTED and can_check_form(acting(request), found),
    )


def _form_crumbs(found: ReceivedForm) -> list[tuple[str, str]]:
    return [*_crumbs(), (found.campaign.title, _url(found.campaign))]


def _crumbs() -> list[tuple[str, str]]:
    return [("Мониторинг", reverse("municipality:campaigns"))]


def _url(found: MonitoringCampaign) -> str:
    return reverse("municipality:campaign", args=[found.uuid])
