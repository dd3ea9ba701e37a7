"""Own searches of the bank: saved, listed, renamed, deleted; the link of a letter that ends such letters."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices import access
from best_practices.forms import SavedSearchForm
from best_practices.news import stop_news
from best_practices.own_bank import own_page, reader_of_bank, who_stops
from best_practices.questions import Asked
from best_practices.saved import LONGEST_TITLE, SavedSearch
from best_practices.services import saved
from best_practices.states import Often
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core.errors import Forbidden, NotVisible
from portal.ui.shortcuts import done, page


@require_safe
def searches(request: PortalRequest) -> HttpResponse:
    """All of the person, the last saved first; each opens its answers of today."""
    own = SavedSearch.objects.filter(user=signed_in_person(request)).order_by("-pk")
    rows = [(search, own_page("bank:find", search.asked)) for search in own]
    crumbs = [("Мои данные", reverse("me"))]
    return page(request, "best_practices/searches.html", rows=rows, never=Often.NEVER, crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def search_new(request: PortalRequest) -> HttpResponse:
    """The question of a page of answers; the name is proposed."""
    person, asked = signed_in_person(request), Asked.of(request.GET)
    if reader_of_bank(person, request.memberships) is None:
        raise Forbidden("Поиски сохраняют те, кто читает банк: педагоги школ города и работники Управления.")
    proposed = {"title": Truncator(asked.in_words).chars(LONGEST_TITLE), "often": Often.WEEKLY}
    form = SavedSearchForm(request.POST or None, initial=proposed)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            saved.save_search(asked, **form.cleaned_data, by=request.actor)
        if not form.refused:
            return done(request, reverse("own_bank:searches"), "Поиск сохранён.")
    crumbs = [("Банк практик", asked.address()), ("Мои поиски", reverse("own_bank:searches"))]
    return page(request, "best_practices/search_new.html", form=form, asked=asked, crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Its name, and how often to write."""
    found = access.saved_search_for(request.actor, pk)
    kept = {"title": found.title, "often": found.often}
    form = SavedSearchForm(request.POST or None, initial=kept, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            saved.change_search(found, **form.cleaned_data, by=request.actor, version=form.version)
        if not form.refused:
            return done(request, reverse("own_bank:searches"), "Записано.")
    crumbs = [("Мои данные", reverse("me")), ("Мои поиски", reverse("own_bank:searches"))]
    return page(
        request,
        "best_practices/search.html",
        form=form,
        search=found,
        answers=own_page("bank:find", found.asked),
        crumbs=crumbs,
    )


@require_POST
def search_delete(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Deleted at once; pressed again, it is gone already."""
    found = access.saved_search_for(request.actor, pk)
    saved.delete_search(found, by=request.actor)
    return done(request, reverse("own_bank:searches"), f"Поиск «{found.title}» удалён.")


@never_cache
@csrf_exempt  # a mail program presses the button without a page (RFC 8058); the link is the whole right
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: PortalRequest, key: str) -> HttpResponse:
    """The page with the button: a link that stopped by itself would be pressed by mail scanners."""
    person = who_stops(key)
    if person is None:
        raise NotVisible
    if request.method == "POST":
        stop_news(person)
    answer = page(request, "best_practices/stop.html", is_stopped=request.method == "POST")
    answer["Referrer-Policy"] = "no-referrer"
    return answer
