"""Reference lists of the city: everybody who has signed in reads them, the department's specialist edits."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden, NotVisible
from portal.municipality import entries
from portal.municipality.access import can_edit_reference, entry_for
from portal.municipality.exports import entries_csv
from portal.municipality.forms import EntryForm
from portal.municipality.models import ReferenceEntry
from portal.municipality.reference import cases_of, proposed
from portal.municipality.selectors import entries_of
from portal.municipality.states import Book
from portal.municipality.views import acting
from portal.ui.shortcuts import done, page, version_of


@require_safe
def lists(request: PortalRequest) -> HttpResponse:
    """Which lists there are."""
    acting(request)
    return page(
        request,
        "municipality/reference.html",
        books=[(book, book.label.capitalize(), entries_of(book).filter(is_offered=True)) for book in Book],
    )


@require_safe
def entries_page(request: PortalRequest, book: str) -> HttpResponse:
    """One list: what is offered, and what is not any more."""
    by, of = acting(request), _book(book)
    rows = list(entries_of(of))
    return page(
        request,
        "municipality/reference_list.html",
        heading=of.label.capitalize(),
        book=of,
        offered=[_shown(row) for row in rows if row.is_offered],
        away=[_shown(row) for row in rows if not row.is_offered],
        may_edit=can_edit_reference(by),
        declined=bool(cases_of(of)),
        crumbs=_crumbs(),
    )


@require_safe
def entries_file(request: PortalRequest, book: str) -> HttpResponse:
    """The list as a table of open data."""
    acting(request)
    return entries_csv(_book(book))


@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: PortalRequest, book: str) -> HttpResponse:
    """A new line; then its page shows how papers will decline it."""
    by, of = acting(request, "reference:edit"), _book(book)
    form = EntryForm(request.POST or None, book=of)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = entries.add_entry(of, form.wording, by=by)
        if not form.refused:
            return done(
                request,
                reverse("municipality:reference_entry", args=[made.uuid]),
                "Добавлено, и это уже можно выбрать."
                + (" Проверьте, как портал это склоняет." if cases_of(of) else ""),
            )
    return page(request, "municipality/reference_new.html", form=form, crumbs=_crumbs(of))


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The words of a line, and its place."""
    by = acting(request)
    found = entry_for(by, pk)
    if not can_edit_reference(by):
        raise Forbidden("Справочники правит специалист Управления.")
    of = Book(found.book)
    form = EntryForm(request.POST or None, book=of, initial=EntryForm.known(found), version=found.version)
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["place"]
        with form.catching():
            entries.change_entry(found, form.wording, place=place, by=by, version=form.version)
        if not form.refused:
            return done(
                request,
                reverse("municipality:reference_list", args=[of]),
                "Записано. Подписанные документы сохраняют прежние слова.",
            )
    return page(
        request,
        "municipality/reference_entry.html",
        form=form,
        entry=found,
        is_standing=entries.is_standing(found),
        crumbs=_crumbs(of),
    )


@require_POST
def entry_offer(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Offered no more, or again."""
    by = acting(request)
    found = entry_for(by, pk)
    offered = request.POST.get("offered") == "yes"
    entries.offer_entry(found, offered, by=by, version=version_of(request))
    return done(
        request,
        reverse("municipality:reference_list", args=[found.book]),
        f"«{found.title}»: снова предлагаем."
        if offered
        else f"«{found.title}»: больше не предлагаем. У кого это записано, у тех и останется.",
    )


def _shown(row: ReferenceEntry) -> tuple[ReferenceEntry, str, str]:
    """A line, its genitive, and the other ways to write it."""
    cases = proposed(row.book, row.title) | row.cases
    return row, cases.get("genitive", ""), ", ".join(row.words)


def _book(code: str) -> Book:
    if code not in Book.values:
        raise NotVisible
    return Book(code)


def _crumbs(of: Book | None = None) -> list[tuple[str, str]]:
    first = [("Справочники", reverse("municipality:reference"))]
    return (
        [*first, (of.label.capitalize(), reverse("municipality:reference_list", args=[of]))] if of else first
    )
