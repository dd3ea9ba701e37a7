"""Pages of schools: the list, a new one, the agreement, opening, inviting the principal."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import audit
from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Invalid
from portal.municipality import naming, services
from portal.municipality.access import school_for
from portal.municipality.exports import schools_xlsx
from portal.municipality.forms import AgreementForm, NamesForm, NewSchoolForm, PrincipalForm, SchoolFilters
from portal.municipality.indicators import COUNTERS
from portal.municipality.requisites import genitives_of
from portal.municipality.selectors import Invited, principal_invitation, schools_visible_to
from portal.municipality.services import Requisites
from portal.municipality.views import acting
from portal.municipality.workflow import SCHOOL
from portal.ui.lists import ListPage
from portal.ui.parts import Empty, walk_of
from portal.ui.shortcuts import done, only_while, page, passed, version_of
from portal.ui.step_button import pressed
from tenants.models import School, SchoolState

_WITH_PAGE = ("sign_docs", "open")
_MENDED = "Записано. Директору покажем перечень чисел ещё раз, если он изменился."


@require_safe
def schools(request: PortalRequest) -> HttpResponse:
    """All schools, by state and then by number."""
    acting(request, "school:read")
    may_open = acting(request).can("school:open")
    empty = Empty(
        "Школ пока нет",
        "Начните с первой: внесите реквизиты, запишите соглашение, откройте.",
        reverse("municipality:school_new") if may_open else "",
        "Подключить школу",
    )
    listing = ListPage(
        request,
        schools_visible_to(acting(request)),
        filters=SchoolFilters,
        empty=empty,
        export=schools_xlsx,
        per_page=50,
    )
    return listing.answer("municipality/schools.html", may_open=may_open)


@require_http_methods(["GET", "HEAD", "POST"])
def school_new(request: PortalRequest) -> HttpResponse:
    """A draft of a school."""
    acting(request, "school:open")
    form = NewSchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            school = services.add_school(Requisites(**form.cleaned_data), by=acting(request))
        if not form.refused:
            return done(request, _url(school), "Школа записана. Дальше соглашение.")
    return page(request, "municipality/school_new.html", form=form, crumbs=_crumbs())


@require_http_methods(["GET", "HEAD", "POST"])
def school_edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Mend requisites that were typed wrong or have changed."""
    found = school_for(acting(request), pk)
    acting(request, "school:open")
    only_while(
        request,
        found.state != SchoolState.ARCHIVED,
        _url(found),
        f"Реквизиты сейчас не правят. Школа: {found.get_state_display()}.",
    )
    initial = {name: getattr(found, name) for name in NewSchoolForm.base_fields}
    form = NewSchoolForm(request.POST or None, initial=initial, version=found.version)
    if found.state not in services.WITHOUT_ADDRESS:
        form.fields["code"].disabled = True
        form.fields["code"].help_text = "Адрес школы уже у людей: он не меняется"
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.edit_school(
                found, Requisites(**form.cleaned_data), by=acting(request), version=form.version
            )
        if not form.refused:
            return done(request, *_after_edit(found, form))
    return page(request, "municipality/school_edit.html", form=form, school=found, crumbs=_crumbs(found))


def _after_edit(found: School, form: NewSchoolForm) -> tuple[str, str]:
    """Where to, and with which words: another name is to be seen in its case."""
    typed = form.cleaned_data
    if (typed["full_name"], typed["short_name"]) == (found.full_name, found.short_name):
        return _url(found), "Реквизиты записаны. Бумаги, которые уже подписаны, остались прежними."
    url = reverse("municipality:school_names", args=[found.uuid])
    return url, "Реквизиты записаны. Проверьте, как новое название склоняется в документах."


@require_safe
def school(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A school as the city knows it: how far it has come, and what to do next."""
    found = school_for(acting(request), pk)
    invited = principal_invitation(found)
    return page(
        request,
        "municipality/school.html",
        crumbs=_crumbs(),
        school=found,
        invited=invited,
        **_opening_context(request, found),
        steps=walk_of(SCHOOL, found),
        why=audit.why(found, SCHOOL),
        whose_move=str(SCHOOL.baton_of(found) or ""),
        facts=_facts(found),
        agreed=[COUNTERS[key] for key in found.agreed_counters if key in COUNTERS],
        **_moves(request, found),
        may_edit=found.state != SchoolState.ARCHIVED and acting(request).can("school:open"),
        may_invite=found.state == SchoolState.SCHEMA_CREATED and acting(request).can("school:open"),
        invited_note=_invited_note(found, invited),
    )


def _moves(request: PortalRequest, found: School) -> dict[str, Any]:
    offers = SCHOOL.offers(found, acting(request))
    return {
        "offers": [offer for offer in offers if offer.transition.verb not in _WITH_PAGE],
        "verbs": [offer.transition.verb for offer in offers],
    }


def _opening_context(request: PortalRequest, found: School) -> dict[str, Any]:
    """The progress is polled only by the page of whoever started it (decisions.md)."""
    opening: Any = getattr(found, "opening", None)
    running = opening is not None and opening.is_wanted and not opening.has_stopped
    return {
        "opening": opening,
        "running": running,
        "polls": running and opening.created_by == acting(request).user,
    }


def _facts(found: School) -> list[tuple[str, str]]:
    agreement = (
        f"№ {found.agreement_number} от {found.agreement_on:%d.%m.%Y}"
        if found.agreement_on
        else "ещё не записано"
    )
    rows = [
        ("Полное название", found.full_name),
        ("В документах", f"директору {genitives_of(found)[1]}"),
        ("Адрес в портале", f"/s/{found.code}/"),
        ("ИНН", found.inn),
        ("ОГРН", found.ogrn),
        ("Район", found.district),
        ("Адрес", found.address),
        ("Сайт", found.site_url),
        ("Соглашение", agreement),
        ("Директор", found.principal_name),
    ]
    return [(name, value) for name, value in rows if value]


def _invited_note(found: School, invited: Invited | None) -> str:
    if invited is None and found.principal_email:
        return (
            f"Письмо на {found.principal_email} отправляется. Обновите страницу через минуту: здесь появится "
            "срок приглашения."
        )
    if invited is None:
        return "Школа открыта. Пригласите директора: он назначит куратора и утвердит Положение."
    if invited.is_dead:
        return "Прежнее приглашение уже не действует. Отправьте новое."
    return (
        f"Письмо ушло на {found.principal_email} и действует до {clock.local(invited.expires_at):%d.%m.%Y}. "
        "Новое письмо отменит прежнее."
    )


def _crumbs(found: School | None = None) -> list[tuple[str, str]]:
    links = [("Школы", reverse("municipality:schools"))]
    return [*links, (found.short_name, _url(found))] if found else links


def _url(found: School) -> str:
    return reverse("municipality:school", args=[found.uuid])


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: PortalRequest, pk: UUID) -> HttpResponse:
    """How papers decline the school's name: a proposal, what comes of it, and the last word of a person."""
    found = school_for(acting(request), pk)
    acting(request, "school:open")
    full, short = genitives_of(found)
    form = NamesForm(
        request.POST or None, version=found.version, initial={"full_genitive": full, "short_genitive": short}
    )
    if request.method == "POST" and form.is_valid():
        if request.POST.get("look"):
            full, short = form.cleaned_data["full_genitive"], form.cleaned_data["short_genitive"]
        else:
            with form.catching():
                naming.name_school(found, by=acting(request), version=form.version, **form.cleaned_data)
            if not form.refused:
                return done(
                    request,
                    _url(found),
                    "Записано. Так школа будет названа в новых документах, подписанные не изменятся.",
                )
    lines = [
        f"Директору {short}",
        f"УТВЕРЖДЕНО приказом директора {short}",
        f"Настоящее Положение {full} разработано…",
    ]
    return page(
        request,
        "municipality/names.html",
        heading="Название школы в документах",
        form=form,
        lines=lines,
        crumbs=_crumbs(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The agreement and the numbers that flow by themselves."""
    found = school_for(acting(request), pk)
    acting(request, "school:open")
    written = found.state != SchoolState.DRAFT
    possible = not written or (found.agreement_on is not None and found.state != SchoolState.ARCHIVED)
    only_while(
        request, possible, _url(found), f"Соглашение сейчас не правят. Школа: {found.get_state_display()}."
    )
    form = AgreementForm(request.POST or None, version=found.version, initial=_agreement_of(found))
    said = SCHOOL.said("sign_docs", found.state) or _MENDED
    if request.method == "POST" and form.is_valid():
        with form.catching():
            _write_agreement(found, form, acting(request))
        if not form.refused:
            return done(request, _url(found), said)
    return page(request, "municipality/agreement.html", form=form, school=found, crumbs=_crumbs(found))


def _write_agreement(found: School, form: AgreementForm, by: Actor) -> None:
    """As the step, or, once it is made, as a mending of what it wrote."""
    if found.state == SchoolState.DRAFT:
        SCHOOL.move(found, "sign_docs", by=by, version=form.version, asked=form.asked())
    else:
        services.mend_agreement(found, form.asked(), by=by, version=form.version)


def _agreement_of(found: School) -> dict[str, Any]:
    if found.state == SchoolState.DRAFT:
        return {"agreed_counters": list(COUNTERS)}
    return {name: getattr(found, name) for name in ("agreement_number", "agreement_on", "agreed_counters")}


@require_POST
def opening(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ask to open the school; the work is done in the background."""
    found = school_for(acting(request), pk)
    services.ask_to_open(found, by=acting(request), version=version_of(request))
    return done(request, _url(found), "Открываем школу. Это займёт несколько секунд.")


@require_safe
def progress(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The progress bar alone, for the starter's page; when the opening is over the whole page is loaded
    anew.
    """
    found = school_for(acting(request), pk)
    context = _opening_context(request, found)
    answer = render(request, "municipality/opening.html", {"school": found, **context})
    if not context["running"]:
        answer["HX-Redirect"] = _url(found)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Invite the principal, or invite again."""
    found = school_for(acting(request), pk)
    acting(request, "school:open")
    if request.method != "POST" and found.state != SchoolState.SCHEMA_CREATED:
        return passed(request, _url(found), "Директора приглашают, когда школа открыта, и пока он не вошёл.")
    form = PrincipalForm(
        request.POST or None,
        initial={"name": found.principal_name, "email": found.principal_email},
        version=found.version,
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.invite_principal(found, by=acting(request), version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, _url(found), "Письмо уходит. Эстафета у директора.")
    return page(request, "municipality/invite.html", form=form, school=found, crumbs=_crumbs(found))


@require_POST
def move(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Transitions without a page of their own."""
    found, verb = school_for(acting(request), pk), request.POST.get("verb", "")
    if verb in _WITH_PAGE:
        raise Invalid("verb", "У этого действия своя страница.")
    return done(request, _url(found), pressed(request, SCHOOL, found, by=acting(request)))
