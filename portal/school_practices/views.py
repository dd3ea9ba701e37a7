"""Pages of the school's practices: list, writing, the practice with its way, review, hand-over."""

from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices.answers import Answer, Words, fragment_of, page_number
from best_practices.letters import EXPERT_PROPOSED, PRACTICE_HANDED_OVER
from best_practices.reading import sections_of
from best_practices.selectors import address_in_bank
from best_practices.sheet_form import SheetForm
from best_practices.states import Form, Kind, Nomination
from portal import audit
from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, NotVisible
from portal.core.text import quoted
from portal.files.storing import download
from portal.papers import freezing as papers
from portal.school_practices import access, exports, services
from portal.school_practices.calls import call_of
from portal.school_practices.checking import waiting_in
from portal.school_practices.completeness import missing
from portal.school_practices.forms import AttachmentForm, ExpertOfferForm, PracticeFilters
from portal.school_practices.interest import not_to_ask
from portal.school_practices.models import ExpertOffer, SchoolPractice
from portal.school_practices.remarks import all_remarks_of, remarks_of, unanswered
from portal.school_practices.search import LONGEST, PAGE, AskedAtHome, continued, search_school_bank
from portal.school_practices.selectors import AUTHORS, practices_visible_to, silent_authors
from portal.school_practices.sending import author_cards
from portal.school_practices.standing import standing_of
from portal.school_practices.states import SchoolPracticeState as S
from portal.school_practices.thanked import thanks_in_words
from portal.school_practices.unclear import open_questions
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.search.engine import TITLE, Query
from portal.ui.lists import ListPage
from portal.ui.parts import Empty, walk_of
from portal.ui.shortcuts import done, page, version_of
from portal.ui.step_button import pressed

TYPED, MOST = 100, 8
"""Of what is being typed, and of what may follow it."""
_HAS_OWN_PAGE = ("hand_over", "resubmit")


def _url(practice: SchoolPractice) -> str:
    return reverse("school_practices:practice", args=[practice.uuid])


def _crumbs(practice: SchoolPractice | None = None) -> list[tuple[str, str]]:
    own = [(practice.title, _url(practice))] if practice else []
    return [("Практики школы", reverse("school_practices:practices")), *own]


FACETS = {
    "state": Words("Состояние", dict(S.choices)),
    "nomination": Words("Номинация", dict(Nomination.choices)),
}


@require_safe
def practices(request: PortalRequest) -> HttpResponse:
    """Own practices, those which wait for a review, and the school's bank; what answers a question of the
    search, when there is one.
    """
    by = request.actor
    if request.GET.get("q", "").strip():
        return _found(request)
    may_draft = access.can_draft_practice(by)
    empty = Empty(
        "Практик пока нет",
        "Практика начинается с одного удачного приёма пары. Опишите его, школа оценит.",
        reverse("school_practices:new") if may_draft else "",
        "Описать практику",
    )
    sorts = {"title": ("Название", ["title_key", "id"]), "changed": ("Изменена", ["updated_at", "id"])}
    listing = ListPage(
        request,
        practices_visible_to(by),
        filters=PracticeFilters,
        sorts=sorts,
        empty=empty,
        export=exports.practices_table,
    )
    return listing.answer(
        "school_practices/practices.html", may_draft=may_draft, may_propose=access.can_propose_expert(by)
    )


def _found(request: PortalRequest) -> HttpResponse:
    asked, number = AskedAtHome.of(request.GET), page_number(request.GET)
    query = Query(
        asked.text[:LONGEST],
        asked.picked,
        (number - 1) * PAGE,
        PAGE,
        order=asked.order,
        as_typed=asked.as_typed,
    )
    found, shown = search_school_bank(request.actor, query)
    prefetch_related_objects([one.practice for one in shown], AUTHORS)
    return page(
        request,
        "school_practices/found.html",
        shown=[
            (one.practice, one.hit.highlights.get(TITLE, ()), fragment_of(one.hit), _url(one.practice))
            for one in shown
        ],
        crumbs=_crumbs(),
        place="в практиках школы",
        **Answer(found, asked, FACETS, PAGE).for_page(number),
    )


@require_safe
def suggest(request: PortalRequest) -> HttpResponse:
    """The options of the list beside the box: words of what the reader may see."""
    lines = continued(request.actor, request.GET.get("q", "")[:TYPED], MOST)
    return render(request, "best_practices/suggest.html", {"lines": lines})


@require_safe
def practice(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The practice, where it is now, and what can be done."""
    by = request.actor
    found = access.practice_for(by, pk)
    authors = [authorship.person for authorship in found.authorships.all()]
    offers = SCHOOL_PRACTICE.offers(found, by)
    lacks = missing(found) if access.can_edit_practice(by, found) else {}
    context: dict[str, Any] = {
        "practice": found,
        "authors": authors,
        "lane": walk_of(SCHOOL_PRACTICE, found),
        "standing": standing_of(found),
        "offers": [o for o in offers if o.transition.verb not in _HAS_OWN_PAGE],
        "may_hand_over": any(o.transition.verb in _HAS_OWN_PAGE for o in offers),
        "lacks": list(lacks.values()),
        "may_edit": access.can_edit_practice(by, found),
        "text": found,
        "sections": sections_of(found),
        "facts": _facts(found),
        "attachment_form": AttachmentForm(),
        "crumbs": _crumbs(),
        "published": address_in_bank(found.mirror_code),
        "why": audit.why(found, SCHOOL_PRACTICE),
        "may_discard": access.can_discard_practice(by, found),
        "call": call_of(found),
        "may_name_call": found.state in access.ANSWERABLE and access.is_writer(by, found),
        "may_check": access.can_answer_finds(by, found),
        "unclear": open_questions(found) if access.can_answer_unclear(by, found) else [],
        "finds_waiting": len(waiting_in(found)) if access.can_answer_finds(by, found) else 0,
    }
    return page(request, "school_practices/practice.html", **context, **_reviewed(found, by))


def _reviewed(found: SchoolPractice, by: Actor) -> dict[str, Any]:
    """What colleagues have said of it, whether the reader may, and who among the authors is silent."""
    reviews = [review for review in found.reviews.all() if review.revision == found.revision]
    may_review = found.state == S.SCHOOL_REVIEW and access.can_review_practice(by, found)
    has_reviewed = any(by.is_person(review.reviewer) for review in reviews)
    sees = access.can_see_reviews(by, found)
    silent = silent_authors(found) if sees else set()
    return {
        "reviews": reviews if sees else [],
        "remarks": all_remarks_of(found) if sees and found.city_submissions else [],
        "may_review": may_review,
        "has_reviewed": has_reviewed,
        "may_review_first": may_review and not has_reviewed,
        "silent": silent,
        "me": next((author for author in silent if by.is_person(author.user)), None),
    }


def _facts(found: SchoolPractice) -> list[tuple[str, str]]:
    kinds = ", ".join(Kind(kind).label for kind in found.kinds)
    rows = [
        ("Номинация", Nomination(found.nomination).label if found.nomination else ""),
        ("Форма", Form(found.form).label if found.form else ""),
        ("Виды", kinds),
        ("Для кого", found.target_group),
        ("Время", found.timing),
        ("Номер в банке города", found.mirror_code),
        ("Поблагодарили", thanks_in_words(found)),
        ("Балл школы", f"{found.school_total} из 50".replace(".", ",") if found.school_total else ""),
    ]
    return [(name, value) for name, value in rows if value]


@require_POST
def move(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A step of the practice by a button."""
    by = request.actor
    found = access.practice_for(by, pk)
    return done(request, _url(found), pressed(request, SCHOOL_PRACTICE, found, by=by))


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The sheet of the school's review."""
    by = request.actor
    found = access.practice_for(by, pk)
    if not access.can_review_practice(by, found):
        raise Forbidden("Практику оценивает не автор и тот, кому это поручено.")
    if found.state != S.SCHOOL_REVIEW:
        raise Conflict(
            "wrong_state", f"Сейчас эту практику не оценивают. Практика: {found.get_state_display()}."
        )
    form = SheetForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.review_practice(found, by=by, version=form.version, **form.sheet())
        if not form.refused:
            return done(request, _url(found), "Оценка записана. Теперь можно принять практику в банк школы.")
    return page(
        request,
        "school_practices/review.html",
        form=form,
        practice=found,
        text=found,
        sections=sections_of(found),
        crumbs=_crumbs(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The only way out of the school: what goes, to whom, what stays."""
    by = request.actor
    found = access.practice_for(by, pk)
    offer = next((o for o in SCHOOL_PRACTICE.offers(found, by) if o.transition.verb in _HAS_OWN_PAGE), None)
    if offer is None:
        if not access.can_hand_over_practice(by, found):
            raise Forbidden("Передаёт практику директор, когда она принята школой.")
        raise Conflict("wrong_state", f"Сейчас передать нельзя. Практика: {found.get_state_display()}.")
    if request.method == "POST":
        verb = offer.transition.verb
        said = SCHOOL_PRACTICE.said(verb, found.state)
        SCHOOL_PRACTICE.move(found, verb, by=by, version=version_of(request))
        return done(request, _url(found), said)
    goes = [
        f"текст практики {quoted(found.title)}, редакция {found.revision}",
        f"авторы: {', '.join(card.full_name for card in author_cards(found))}",
        "итог оценки школы",
        *(["ответы авторов на замечания города"] if remarks_of(found) else []),
    ]
    named = call_of(found)
    goes += [f"на какой поиск города она отвечает: {quoted(named.text)}"] if named is not None else []
    kept = not_to_ask(found)
    goes.append(
        "номера тех, кого город не попросит оценить, без имён и причин: "
        f"{', '.join(person.short_name for person in kept) or 'никого'}"
    )
    stays = ["черновики и прежние редакции", "листы оценки школы и кто их писал", "пары, программы и встречи"]
    stays += ["приложенные файлы"] if found.attachments.all() else []
    return page(
        request,
        "school_practices/hand_over.html",
        practice=found,
        offer=offer,
        goes=goes,
        stays=stays,
        silent=silent_authors(found),
        finds_waiting=len(waiting_in(found)),
        unanswered=unanswered(found),
        may_edit=access.can_edit_practice(by, found),
        kind=PRACTICE_HANDED_OVER,
        back=(found.title, _url(found)),
    )


@require_POST
def attach(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Add a file to the practice."""
    by = request.actor
    found = access.practice_for(by, pk)
    access.refuse_edit(by, found)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        with form.catching():
            services.attach_file(found, form.cleaned_data["file"], title=form.cleaned_data["title"], by=by)
        if not form.refused:
            return done(request, _url(found), "Файл приложен.")
    return page(
        request, "school_practices/attach.html", form=form, practice=found, back=(found.title, _url(found))
    )


@require_POST
def remove_attachment(request: PortalRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Take a file away."""
    by = request.actor
    found = access.practice_for(by, pk)
    access.refuse_edit(by, found)
    services.remove_attachment(found, file, by=by)
    return done(request, _url(found), "Файл убран.")


@require_POST
def discard(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Delete a draft for good."""
    by = request.actor
    services.discard_draft(access.practice_for(by, pk), by=by, version=version_of(request))
    return done(request, reverse("school_practices:practices"), "Черновик удалён.")


@require_safe
def attachment(request: PortalRequest, pk: UUID, file: UUID) -> FileResponse:
    """A file of a practice that the actor may see."""
    found = access.practice_for(request.actor, pk)
    wanted = next((a for a in found.attachments.all() if a.file.uuid == file), None)
    if wanted is None:
        raise NotVisible
    return download(wanted.file)


@require_safe
def word(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """T-35: the card of the practice in Word."""
    by = request.actor
    return papers.answer(exports.CARD, access.practice_for(by, pk), by)


@require_http_methods(["GET", "HEAD", "POST"])
def experts(request: PortalRequest) -> HttpResponse:
    """Whom the school has proposed as experts of the city, what they said, and one more proposal."""
    by = request.actor
    if not access.can_propose_expert(by):
        raise Forbidden("Экспертов городу предлагают директор и куратор.")
    form = ExpertOfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.propose_expert(
                form.cleaned_data["person"],
                subjects=form.cleaned_data["subjects"],
                basis=form.cleaned_data["basis"],
                by=by,
            )
        if not form.refused:
            return done(
                request,
                reverse("school_practices:experts"),
                "Предложено. Человек ответит сам, и вы об этом узнаете.",
            )
    offers = list(ExpertOffer.objects.select_related("person")[:100])
    return page(
        request,
        "school_practices/experts.html",
        form=form,
        offers=offers,
        kind=EXPERT_PROPOSED,
        crumbs=_crumbs(),
    )
