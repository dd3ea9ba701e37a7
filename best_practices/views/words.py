"""Words that search understands: the methodist adds, changes and puts away."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices import access, services
from best_practices.forms import SearchWordForm
from best_practices.words import words_found
from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.ui.shortcuts import done, page, version_of


@require_safe
def words(request: PortalRequest) -> HttpResponse:
    """All notions: what search understands, and what it does not any more."""
    _teaching(request)
    text = request.GET.get("q", "").strip()
    rows = words_found(text[:80])
    return page(
        request,
        "best_practices/words.html",
        q=text,
        used=[row for row in rows if row.is_used],
        away=[row for row in rows if not row.is_used],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def word_new(request: PortalRequest) -> HttpResponse:
    """A new notion; a word may come along from a question that found nothing."""
    by = _teaching(request)
    form = SearchWordForm(request.POST or None, initial={"names": request.GET.get("word", "")[:80]})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.add_search_word(form.lines, by=by, sure=form.is_sure)
        if not form.refused:
            return done(request, reverse("expertise:words"), "Записано: поиск уже понимает эти слова.")
        form.ask_if_sure()
    return page(request, "best_practices/word_new.html", form=form, crumbs=_crumbs())


@require_http_methods(["GET", "HEAD", "POST"])
def word(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The names of one notion."""
    by, found = request.actor, access.search_word_for(request.actor, pk)
    form = SearchWordForm(
        request.POST or None, initial={"names": "\n".join(found.names)}, version=found.version
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.change_search_word(found, form.lines, by=by, sure=form.is_sure, version=form.version)
        if not form.refused:
            return done(request, reverse("expertise:words"), "Записано: поиск уже понимает иначе.")
        form.ask_if_sure()
    return page(request, "best_practices/word.html", form=form, word=found, crumbs=_crumbs())


@require_POST
def word_use(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Put away, or understood again."""
    by = request.actor
    found = access.search_word_for(by, pk)
    used = request.POST.get("used") == "yes"
    services.use_search_word(found, used, by=by, version=version_of(request))
    told = "поиск снова понимает эту строку" if used else "убрано, поиск этого больше не понимает"
    return done(request, reverse("expertise:words"), f"«{found}»: {told}.")


def _teaching(request: PortalRequest) -> Actor:
    if not access.can_edit_search_words(request.actor):
        raise Forbidden("Словам поиск учит методист.")
    return request.actor


def _crumbs() -> list[tuple[str, str]]:
    return [("Слова поиска", reverse("expertise:words"))]
