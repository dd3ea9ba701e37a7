"""Pages of campaigns and of the forms that schools handed over."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import audit
from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.municipality import services
from portal.municipality.access import (
    campaign_for,
    can_accept_form,
    can_check_form,
    can_lead_campaign,
    can_remind,
    received_form_for,
    school_for,
)
from portal.municipality.exports import campaign_xlsx, campaigns_xlsx
from portal.municipality.forms import CampaignForm, ReturnForm, TermForm
from portal.municipality.indicators import INDICATORS
from portal.municipality.models import MonitoringCampaign
from portal.municipality.selectors import campaigns_visible_to, participations, shown_values
from portal.municipality.states import HANDED, CampaignState
from portal.municipality.views import acting, uuid_of
from portal.municipality.workflow import CAMPAIGN, RECEIVED
from portal.ui.lists import ListPage
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, page, passed, version_of
from portal.ui.step_button import pressed
from tenants.addresses import city_url
from tenants.models import School


@require_safe
def campaigns(request: PortalRequest) -> HttpResponse:
    """All campaigns, the newest first."""
    acting(request, "received_form:read")
    may_lead = acting(request).can("campaign:lead")
    url = reverse("municipality:campaign_new") if may_lead else ""
    empty = Empty(
        "Кампаний пока не было",
        "Соберите первые числа: выберите показатели и срок, школы получат форму, наполовину заполненную "
        "порталом.",
        url,
        "Подготовить кампанию",
    )
    listing = ListPage(request, campaigns_visible_to(acting(request)), empty=empty, export=campaigns_xlsx)
    return listing.answer("municipality/campaigns.html", may_lead=may_lead)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: PortalRequest) -> HttpResponse:
    """A draft of a campaign."""
    acting(request, "campaign:lead")
    form = CampaignForm(
        request.POST or None, initial={"open_from": clock.today(), "indicators": list(INDICATORS)}
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            campaign = services.plan_campaign(by=acting(request), **form.cleaned_data)
        if not form.refused:
            return done(
                request, _url(campaign), "Кампания готова. Школы узнают о ней, когда вы откроете сбор."
            )
    return page(request, "municipality/campaign_new.html", form=form, crumbs=_crumbs())


@require_safe
def campaign(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Who has handed over, and who has not."""
    by = acting(request)
    found = campaigns_visible_to(by).get(pk=campaign_for(by, pk).pk)
    rows = participations(found)
    if request.GET.get("export"):
        return campaign_xlsx(found, rows)
    return page(
        request,
        "municipality/campaign.html",
        campaign=found,
        rows=rows,
        dues=[row for row in rows if row.due],
        why=audit.why(found, CAMPAIGN),
        offers=[offer for offer in CAMPAIGN.offers(found, by) if not offer.transition.page],
        may_lead=can_lead_campaign(by, found),
        may_extend=can_lead_campaign(by, found) and found.state in (CampaignState.OPEN, CampaignState.CLOSED),
        may_remind=can_remind(by) and found.state == CampaignState.OPEN,
        crumbs=_crumbs(),
        indicators=[INDICATORS[code] for code in found.indicators if code in INDICATORS],
    )


@require_POST
def campaign_move(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Open, close or cancel."""
    found = campaign_for(acting(request), pk)
    return done(request, _url(found), pressed(request, CAMPAIGN, found, by=acting(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Mend a draft."""
    found = campaign_for(acting(request), pk)
    acting(request, "campaign:lead")
    if request.method != "POST" and found.state != CampaignState.DRAFT:
        return passed(
            request,
            _url(found),
            "Школы уже заполняют форму: показатели не меняются. Срок открытого сбора можно продлить.",
        )
    initial = {name: getattr(found, name) for name in ("title", "indicators", "open_from", "due_school")}
    form = CampaignForm(request.POST or None, initial=initial, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.edit_campaign(found, by=acting(request), version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, _url(found), "Записано. Школы узнают о кампании, когда вы откроете сбор.")
    return page(
        request, "municipality/campaign_edit.html", form=form, campaign=found, crumbs=_form_crumbs(found)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_term(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A later term; a closed campaign goes on."""
    found = campaign_for(acting(request), pk)
    acting(request, "campaign:lead")
    if request.method != "POST" and found.state not in (CampaignState.OPEN, CampaignState.CLOSED):
        return passed(request, _url(found), "Продлевают срок сбора, который открыт или закончен.")
    form = TermForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        said = CAMPAIGN.said("extend", found.state)
        with form.catching():
            CAMPAIGN.move(
                found,
                "extend",
                by=acting(request),
                version=form.version,
                comment=form.cleaned_data["comment"],
                asked=form.asked(),
            )
        if not form.refused:
            return done(request, _url(found), said)
    return page(
        request, "municipality/campaign_term.html", form=form, campaign=found, crumbs=_form_crumbs(found)
    )


@require_POST
def campaign_remind(request: PortalRequest, pk: UUID) -> HttpResponse:
    """«Напомнить»: one school (`school`), or all with which the form is. The page it was pressed on comes
    back.
    """
    found = campaign_for(acting(request), pk)
    named = request.POST.get("school", "")
    school = school_for(acting(request), uuid_of(named)) if named else None
    new = services.remind(found, school, by=acting(request))
    url = city_url("oversight:city") if request.POST.get("back") == "city" else _url(found)
    return done(request, url, _reminded(school, new))


def _reminded(school: School | None, new: bool) -> str:
    if school is None:
        return "Напоминания уходят. Кому сегодня уже напомнили, второй раз не получит."
    return (
        f"{school.short_name}: напоминание ушло директору и куратору."
        if new
        else f"{school.short_name}: сегодня уже напомнили."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def received_form(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A form as the principal signed it; accept it or return it with a word."""
    found = received_form_for(acting(request), pk)
    returning = request.method == "POST" and request.POST.get("verb") == "return"
    form = ReturnForm(request.POST if returning else None, version=found.version, prefix=None)
    if request.method == "POST" and (not returning or form.is_valid()):
        verb, comment = ("return", form.cleaned_data["comment"]) if returning else ("accept", "")
        said = RECEIVED.said(verb, found.state)
        with form.catching():
            RECEIVED.move(found, verb, by=acting(request), version=version_of(request), comment=comment)
        if not form.refused:
            return done(request, _url(found.campaign), said)
    return page(
        request,
        "municipality/received_form.html",
        received=found,
        form=form,
        values=shown_values(found),
        crumbs=_form_crumbs(found.campaign),
        may_accept=can_accept_form(acting(request), found),
        may_check=found.state in HANDED and can_check_form(acting(request), found),
    )


def _form_crumbs(campaign: MonitoringCampaign) -> list[tuple[str, str]]:
    return [*_crumbs(), (campaign.title, _url(campaign))]


def _crumbs() -> list[tuple[str, str]]:
    return [("Мониторинг", reverse("municipality:campaigns"))]


def _url(found: MonitoringCampaign) -> str:
    return reverse("municipality:campaign", args=[found.uuid])
