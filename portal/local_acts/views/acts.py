"""The Положение: reading by chapters, the marks of approval, Word."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import audit
from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.files.storing import download
from portal.local_acts import access, exports, own_text, printing, services
from portal.local_acts.forms import ApproveActForm, ChaptersForm, OwnTextForm, RegisterActForm
from portal.local_acts.models import LocalAct, heading_of
from portal.local_acts.selectors import act_in_work, pdf_of
from portal.local_acts.states import ActState
from portal.local_acts.workflow import ACT
from portal.ui.parts import walk_of
from portal.ui.shortcuts import done, page, passed

SIGNS = {
    "draft": "turn",
    "on_approval": "turn",
    "approved": "turn",
    "registered": "brand",
    "in_force": "ok",
    "rejected": "bad",
}


def url_of(act: LocalAct) -> str:
    return reverse("local_acts:act", args=[act.uuid])


def crumbs_of(act: LocalAct | None = None) -> list[tuple[str, str]]:
    own = [("Положение", url_of(act))] if act else []
    return [("Локальные акты", reverse("local_acts:acts")), *own]


@require_safe
def acts(request: PortalRequest) -> HttpResponse:
    """The act in force, the one in work, the former ones; or the way to the first."""
    by = request.actor
    visible = list(LocalAct.objects.visible_to(by).defer("chapters"))
    may_prepare = access.can_prepare_act(by) and act_in_work() is None
    return page(
        request,
        "local_acts/acts.html",
        rows=[(act, url_of(act), SIGNS.get(act.state, "idle")) for act in visible],
        may_prepare=may_prepare,
    )


@require_POST
def prepare(request: PortalRequest) -> HttpResponse:
    """A draft from the municipal template."""
    act = services.load_municipal_act(by=request.actor)
    return done(
        request,
        url_of(act),
        "Образец города загружен, название вашей школы уже в тексте. Прочитайте и утвердите.",
    )


@require_safe
def act(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Reading by chapters; beside it the marks and what can be done."""
    by = request.actor
    found = access.act_for(by, pk)
    approves = by.can("local_act:approve")
    return page(
        request,
        "local_acts/act.html",
        act=found,
        sign=SIGNS.get(found.state, "idle"),
        marks=_marks(found),
        lane=walk_of(ACT, found),
        why=audit.why(found, ACT),
        chapters=[(heading_of(chapter), chapter) for chapter in found.chapters],
        jump=[(heading_of(chapter), f"#p-{chapter['id']}") for chapter in found.chapters],
        rules_url=_rules_of(found, by),
        may_split=found.is_own_text and found.state == ActState.DRAFT and access.can_prepare_act(by),
        in_force=found.state == ActState.IN_FORCE,
        may_approve=approves and found.state in (ActState.DRAFT, ActState.ON_APPROVAL),
        may_register=approves and found.state == ActState.APPROVED,
        pdf_possible=exports.pdf_is_available(),
        pdf=pdf_of(found),
        shown=exports.act_shown(found),
        crumbs=crumbs_of(),
    )


def _rules_of(found: LocalAct, by: Actor) -> str:
    """Of a text of its own the portal knows nothing: what its rules need is a short form of a room above."""
    return reverse("cabinet:settings") if found.is_own_text and by.can("mentoring_settings:edit") else ""


def _marks(found: LocalAct) -> list[tuple[str, str]]:
    def day(value: Any) -> str:
        return f"{value:%d.%m.%Y}" if value else ""

    rows = [
        (
            "Принято",
            f"{found.adopted_by}, протокол № {found.minutes_number} от {day(found.minutes_on)}"
            if found.minutes_on
            else "",
        ),
        ("Согласовано", _union_of(found, day(found.union_on))),
        ("Утверждено", f"приказ № {found.number} от {day(found.approved_on)}" if found.approved_on else ""),
        ("Действует с", day(found.in_force_from)),
    ]
    return [(name, value) for name, value in rows if value]


def _union_of(found: LocalAct, day: str) -> str:
    if found.has_no_union:
        return "первичной профсоюзной организации нет"
    return f"профсоюзная организация, {day}" if day else ""


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: PortalRequest) -> HttpResponse:
    """The school's own text, from its Word file."""
    by = request.actor
    if not access.can_prepare_act(by):
        raise Forbidden("Локальные акты готовят директор и куратор.")
    known = act_in_work()
    if known is not None and known.state != ActState.DRAFT:
        return passed(
            request, url_of(known), "Положение уже принято: отклоните проект, и можно загрузить новый текст."
        )
    form = OwnTextForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            act = services.load_own_act(form.cleaned_data["file"], by=by)
        if not form.refused:
            return done(
                request,
                reverse("local_acts:act_chapters", args=[act.uuid]),
                "Текст загружен. Проверьте, так ли он разделён на главы.",
            )
    return page(
        request,
        "local_acts/edit.html",
        form=form,
        heading="Положение школы из Word",
        lead="Портал прочитает текст и разделит его на главы по заголовкам. Шапку и грифы он печатает сам, "
        "картинки и сноски в текст не войдут."
        + (" Текст проекта, который сейчас в портале, будет заменён." if known else ""),
        submit="Загрузить",
        back_url=reverse("local_acts:acts"),
        crumbs=crumbs_of(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def chapters(request: PortalRequest, pk: UUID) -> HttpResponse:
    """How the own text was split, and where else a chapter may begin."""
    by = request.actor
    found = access.act_for(by, pk)
    if not access.can_prepare_act(by):
        raise Forbidden("Локальные акты готовят директор и куратор.")
    if request.method != "POST" and not (found.is_own_text and found.state == ActState.DRAFT):
        return passed(request, url_of(found), "Текст делят на главы, пока он проект школы.")
    parts = own_text.parts_of(found.left_out, found.chapters)
    every = "every" in request.GET
    asked = [part for part in parts if every or own_text.looks_like_a_heading(part)]
    form = ChaptersForm(
        request.POST or None,
        version=found.version,
        lines=[(part.place, part.line.whole) for part in (parts if request.method == "POST" else asked)],
        initial={"title": found.title, "begins": [str(part.place) for part in parts if part.begins]},
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.split_act(found, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, url_of(found), "Записано. Прочитайте Положение и утвердите.")
    return page(
        request,
        "local_acts/chapters.html",
        form=form,
        act=found,
        left_out=found.left_out,
        more=len(parts) - len(asked),
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The council and the union have agreed."""
    by = request.actor
    found = access.act_for(by, pk)
    if not access.can_approve_act(by, found):
        raise Forbidden("Локальные акты утверждает директор.")
    if request.method != "POST" and ACT.row("approve", found.state) is None:
        return passed(request, url_of(found), f"Этот шаг уже позади: {found.get_state_display()}.")
    form = ApproveActForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        said = ACT.said("approve", found.state)
        with form.catching():
            ACT.move(found, "approve", by=by, version=form.version, asked=form.asked())
        if not form.refused:
            return done(request, url_of(found), said)
    return page(
        request,
        "local_acts/edit.html",
        form=form,
        heading="Принято и согласовано",
        lead="Сверьте номера и даты: поправить их можно, только отклонив проект и подготовив новый.",
        submit="Записать",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The order approves the act."""
    by = request.actor
    found = access.act_for(by, pk)
    if not access.can_approve_act(by, found):
        raise Forbidden("Локальные акты утверждает директор.")
    if request.method != "POST" and ACT.row("register", found.state) is None:
        return passed(
            request,
            url_of(found),
            f"Сейчас утверждать приказом рано или уже не нужно: {found.get_state_display()}.",
        )
    form = RegisterActForm(
        request.POST or None,
        request.FILES or None,
        version=found.version,
        initial={"number": services.suggested_number("од")},
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            moved = services.register_act(found, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            word = (
                "Положение действует."
                if moved.state == ActState.IN_FORCE
                else f"Положение начнёт действовать {moved.in_force_from:%d.%m.%Y}."
            )
            return done(request, url_of(found), word)
    return page(
        request,
        "local_acts/edit.html",
        form=form,
        heading="Утвердить приказом",
        lead="Сверьте номер и дату: зарегистрированное Положение не правят, его заменяют новым.",
        submit="Утвердить",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_safe
def act_word(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """T-02 in Word."""
    by = request.actor
    return exports.act_word(access.act_for(by, pk), by)


@require_http_methods(["GET", "HEAD", "POST"])
def act_pdf(request: PortalRequest, pk: UUID) -> HttpResponse:
    """T-02 as a PDF, where LibreOffice is installed: POST asks for it, GET shows how far it is."""
    by = request.actor
    url = reverse("local_acts:act_pdf", args=[pk])
    if request.method == "POST":
        printing.ask_for_pdf(access.act_for(by, pk), by=by)
        return done(request, url)
    found, asked = access.pdf_for(by, pk)
    waits = asked.is_waiting and not asked.is_stuck
    context: dict[str, Any] = {
        "act": found,
        "asked": asked,
        "url": url,
        "waits": waits,
        "polls": waits and by.is_person(asked.created_by),
        "crumbs": crumbs_of(found),
    }
    if request.headers.get("HX-Request"):
        return page(request, "local_acts/pdf_progress.html", **context) if waits else done(request, url)
    return page(request, "local_acts/pdf.html", **context)


@require_safe
def act_pdf_file(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The ready PDF."""
    _, asked = access.pdf_for(request.actor, pk)
    if asked.file is None:
        raise NotVisible
    return download(asked.file)  # type: ignore[return-value]


@require_safe
def act_scan(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The signed paper."""
    found = access.act_for(request.actor, pk)
    if found.scan is None:
        raise NotVisible
    return download(found.scan)  # type: ignore[return-value]
