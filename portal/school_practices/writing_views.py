"""Writing a practice: an ordinary form that a press saves, and that saves itself where there are scripts. Two
authors, and two tabs of one, see each other, and nothing typed is lost.
"""

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.entity import one_at_a_time
from portal.core.errors import DomainError, Forbidden, Stale
from portal.core.reading import weighing
from portal.school_practices import access, services
from portal.school_practices.forms import PracticeForm
from portal.school_practices.models import SchoolPractice
from portal.school_practices.sitting import Sitting
from portal.staff.selectors import person_of
from portal.ui.hidden_fields import UNREADABLE, VERSION, read_version
from portal.ui.shortcuts import done, page
from portal.ui.versions import differences

TAB, MORE = "tab", "more"
"""The number of the browser's tab, and the button that saves and gives more rows."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PortalRequest) -> HttpResponse:
    """Begin a practice: the title is enough."""
    by = request.actor
    if not access.can_draft_practice(by):
        raise Forbidden
    me = person_of(by)
    form = PracticeForm(request.POST or None, initial={"authors": [me.uuid] if me else []})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            practice = services.draft_practice(
                authors=list(form.cleaned_data["authors"]),
                by=by,
                sitting=Sitting(_tab(request)),
                **form.content(),
            )
        if not form.refused:
            return _saved(request, practice, "Черновик сохранён. Его видят только авторы.")
    save_url = reverse("school_practices:save_new")
    return page(
        request,
        "school_practices/edit.html",
        form=form,
        crumbs=_crumbs(),
        save_url=save_url,
        tab=_tab(request) or uuid4(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Write on."""
    by, sitting = request.actor, Sitting(_tab(request))
    practice = access.practice_for(by, pk)
    access.refuse_edit(by, practice)
    form = PracticeForm(request.POST or None, practice=practice, version=practice.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.edit_practice(
                practice,
                by=by,
                version=form.version,
                sitting=sitting,
                authors=list(form.cleaned_data["authors"]),
                answers=form.answers(),
                **form.content(),
            )
        if not form.refused:
            return _saved(request, practice, "Сохранено.")
    return page(
        request,
        "school_practices/edit.html",
        form=form,
        practice=practice,
        crumbs=_crumbs(practice),
        save_url=reverse("school_practices:save", args=[pk]),
        beside=sitting.beside(practice, by),
        tab=sitting.tab or uuid4(),
    )


def _saved(request: HttpRequest, practice: SchoolPractice, words: str) -> HttpResponse:
    """After a press: to the practice, or to the form once more, with more rows."""
    if MORE in request.POST:
        return done(request, f"{reverse('school_practices:edit', args=[practice.uuid])}#steps", words)
    return done(request, _url(practice), words)


@require_POST
def save_new(request: PortalRequest) -> HttpResponse:
    """The first save by itself, as soon as there is a title; of one tab it makes one draft."""
    by, sitting = request.actor, Sitting(_tab(request), by_itself=True)
    if not access.can_draft_practice(by):
        return _refused(request, Forbidden())
    one_at_a_time(f"practice of {sitting.tab}")
    known = SchoolPractice.objects.filter(created_by=by.user, begun_in=sitting.tab).first()
    if known is not None and sitting.tab is not None:  # an answer was lost, or the page has come by «back»
        return _begun(save(request, known.uuid), known)
    form = PracticeForm(request.POST)
    form.is_valid()
    if not {"title", "authors"} <= form.cleaned_data.keys():
        return _said(request, form, None)
    practice = services.draft_practice(
        authors=list(form.cleaned_data["authors"]), by=by, sitting=sitting, **form.content()
    )
    return _begun(_said(request, form, practice), practice)


def _begun(answer: HttpResponse, practice: SchoolPractice) -> HttpResponse:
    """The page that began a text goes on as the page of its editing."""
    if answer.status_code == HTTPStatus.OK:
        answer["HX-Replace-Url"] = reverse("school_practices:edit", args=[practice.uuid])
    return answer


@require_POST
def save(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A save by itself: what has no mistake is kept, and what has one is named. Stale: both texts, at the
    place.
    """
    by, sitting = request.actor, Sitting(_tab(request), by_itself=True)
    try:
        with weighing():  # one's own text: nobody is told of oneself each few seconds
            practice = access.practice_for(by, pk)
            access.refuse_edit(by, practice)
            form = PracticeForm(request.POST, practice=practice)
            form.is_valid()
            authors = list(form.cleaned_data.get("authors", [])) or None
            practice = services.edit_practice(
                practice,
                by=by,
                version=read_version(request.POST.get(VERSION) or UNREADABLE),
                sitting=sitting,
                authors=authors,
                answers=form.answers(),
                **form.content(),
            )
    except Stale as stale:
        return _both(request, form, cast(SchoolPractice, stale.current))
    except DomainError as refusal:
        return _refused(request, refusal)
    return _said(request, form, practice)


def _said(request: PortalRequest, form: PracticeForm, practice: SchoolPractice | None) -> HttpResponse:
    """«Черновик сохранён в 14:05», and which fields are not in it."""
    context: dict[str, Any] = {"practice": practice, "form": form, "at": clock.local(clock.now())}
    if practice is not None:
        context["save_url"] = reverse("school_practices:save", args=[practice.uuid])
    return render(request, "school_practices/writing/saved.html", context)


def _both(request: PortalRequest, form: PracticeForm, current: SchoolPractice) -> HttpResponse:
    """409: what is typed here and what is stored, where they differ; where they do not, nothing is lost."""
    with weighing():
        found = differences(form, current)
    if not found:
        return _said(request, form, current)
    theirs = {one.name: _as_typed(form, one.name) for one in found}
    context = {
        "practice": current,
        "found": [(one, theirs[one.name]) for one in found],
        "own": request.actor.is_person(current.written_by),
        "at": clock.local(current.updated_at),
    }
    answer = render(request, "school_practices/writing/both.html", context, status=HTTPStatus.CONFLICT)
    answer["HX-Retarget"] = "#conflict"
    return answer


def _as_typed(form: PracticeForm, name: str) -> Any:
    """What is stored, as the field would hold it; None where it is no text."""
    value = form.get_initial_for_field(form.fields[name], name)
    return value if isinstance(value, str) else None


def _refused(request: PortalRequest, refusal: DomainError) -> HttpResponse:
    context = {"sentence": refusal.sentence}
    return render(request, "school_practices/writing/refused.html", context, status=refusal.status)


def _url(practice: SchoolPractice) -> str:
    return reverse("school_practices:practice", args=[practice.uuid])


def _crumbs(*practices: SchoolPractice) -> list[tuple[str, str]]:
    here = ("Практики школы", reverse("school_practices:practices"))
    return [here, *((practice.title, _url(practice)) for practice in practices)]


@require_safe
def writing(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Who else is writing this text, and whether it has changed since the page was opened. Names nobody."""
    by = request.actor
    with weighing():
        practice = access.practice_for(by, pk)
    sitting = Sitting(_uuid(request.GET.get(TAB, "")))
    seen = read_version(request.GET.get(VERSION))
    context = {
        "beside": sitting.beside(practice, by),
        "changed": seen is not None and seen != practice.version and not sitting.goes_on(practice, by),
        "practice": practice,
    }
    return render(request, "school_practices/writing/beside.html", context)


def _tab(request: HttpRequest) -> UUID | None:
    return _uuid(request.POST.get(TAB, ""))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
