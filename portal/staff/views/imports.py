"""Loading the list of staff: the file, the progress, the rows, the decision."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden, NotVisible
from portal.staff import access, exports, services
from portal.staff.forms import UploadListForm, row_form
from portal.staff.list_rows import TITLES
from portal.staff.models import ImportRow, StaffImport
from portal.staff.states import ImportState, RowVerdict
from portal.staff.views.people import crumbs_of
from portal.staff.workflow import IMPORT
from portal.ui.parts import walk_of
from portal.ui.shortcuts import done, only_while, page, version_of
from portal.ui.words import plural

WORKING = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.ACCEPTING)
SHOWN = ("last_name", "birth_date", "position", "hired_on", "ped_stage_years", "rate")
KINDS = {
    "bad": ("С ошибками", (RowVerdict.BAD,)),
    "good": ("Можно записать", (RowVerdict.GOOD,)),
    "known": ("Уже есть", (RowVerdict.KNOWN, RowVerdict.TWIN)),
    "accepted": ("Записаны", (RowVerdict.ACCEPTED,)),
    "all": ("Все", tuple(RowVerdict)),
}
PER_PAGE = 50


def url_of(staff_import: StaffImport) -> str:
    return reverse("staff:import", args=[staff_import.uuid])


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: PortalRequest) -> HttpResponse:
    """Choose the file."""
    by = request.actor
    if not access.can_import_staff(by):
        raise Forbidden("Список сотрудников загружают куратор и специалист по кадрам.")
    form = UploadListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = services.upload_staff(form.cleaned_data["file"], by=by)
        if not form.refused:
            return done(request, url_of(made))
    last = StaffImport.objects.select_related("file")[:5]
    return page(
        request,
        "staff/import_new.html",
        form=form,
        crumbs=crumbs_of(),
        last=[(one, url_of(one)) for one in last],
    )


@require_safe
def sample(request: PortalRequest) -> HttpResponse:
    """The table to be filled."""
    if not access.can_import_staff(request.actor):
        raise Forbidden
    return exports.sample()


@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Progress while it works, rows and the decision when it is ready."""
    by = request.actor
    found = access.import_for(by, pk)
    if request.method == "POST":
        return _decide(request, found)
    working = found.state in WORKING
    context: dict[str, Any] = {
        "one": found,
        "working": working,
        "polls": working and by.is_person(found.created_by),
        "url": url_of(found),
        "crumbs": crumbs_of(),
        "done_rows": found.accepted if found.state == ImportState.ACCEPTING else found.checked,
        "all_rows": (_to_write(found) if found.state == ImportState.ACCEPTING else found.total) or 1,
    }
    if request.headers.get("HX-Request"):
        return (
            page(request, "staff/import_progress.html", **context)
            if working
            else done(request, url_of(found))
        )
    if not working:
        context |= _rows(request, found)
    return page(
        request, "staff/import.html", lane=walk_of(IMPORT, found), headline=_headline(found), **context
    )


def _to_write(found: StaffImport) -> int:
    return found.rows.filter(verdict__in=(RowVerdict.GOOD, RowVerdict.ACCEPTED)).count()


def _decide(request: PortalRequest, found: StaffImport) -> HttpResponse:
    by, verb, version = request.actor, request.POST.get("verb", ""), version_of(request)
    if verb not in ("confirm", "cancel"):
        raise NotVisible
    said = IMPORT.said(verb, found.state)
    IMPORT.move(found, verb, by=by, version=version)
    if verb == "confirm":
        return done(request, url_of(found))
    return done(request, reverse("staff:import_new"), said)


def _headline(found: StaffImport) -> str:
    if found.state == ImportState.FAILED:
        return "Файл не прочитался"
    if found.state == ImportState.CANCELLED:
        return "Ничего не записано"
    if found.state == ImportState.ACCEPTED:
        more = (
            f", ещё {found.good} {plural(found.good, 'исправлена,исправлены,исправлено')}"
            if found.good
            else ""
        )
        return (
            f"Готово: {found.accepted} "
            f"{plural(found.accepted, 'строка записана,строки записаны,строк записано')}{more}"
        )
    if not found.good and not found.bad:
        return "Новых людей в файле нет: все уже в списке"
    good = (
        f"{found.good} {plural(found.good, 'строку,строки,строк')} можно принять"
        if found.good
        else "Принять пока нечего"
    )
    return f"{good}, {found.bad} нужно поправить" if found.bad else good


def _asked_first(found: StaffImport) -> str:
    """Which rows the page opens with."""
    if found.bad:
        return "bad"
    if found.state == ImportState.ACCEPTED:
        return "accepted"
    return "good" if found.good else "all"


def _rows(request: PortalRequest, found: StaffImport) -> dict[str, object]:
    """Rows of the chosen kind, those with errors first; each with its sentence under it."""
    rows = access.rows_of(found, request.actor)
    kind = request.GET.get("show") or _asked_first(found)
    verdicts = KINDS.get(kind, KINDS["all"])[1]
    chosen = sorted(
        (row for row in rows if row.verdict in verdicts),
        key=lambda row: (row.verdict != RowVerdict.BAD, row.number),
    )
    pager = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    chips = [
        (label, f"?show={key}", sum(row.verdict in group for row in rows), key == kind)
        for key, (label, group) in KINDS.items()
    ]
    return {
        "rows": [_line(row) for row in pager],
        "pager": pager,
        "chips": [c for c in chips if c[2]],
        "kind": kind,
        "heads": [TITLES[key] for key in SHOWN],
        "shown": SHOWN,
    }


def _line(row: ImportRow) -> dict[str, object]:
    wrong = {error["field"] for error in row.errors}
    raw = {
        **row.raw,
        "last_name": " ".join(
            row.raw.get(part) or "" for part in ("last_name", "first_name", "middle_name")
        ).strip(),
    }
    wrong_name = wrong & {"last_name", "first_name", "middle_name"}
    cells = [
        (
            TITLES[key] if key != "last_name" else "Имя",
            raw.get(key) or "пусто",
            key in wrong or (key == "last_name" and bool(wrong_name)),
        )
        for key in SHOWN
    ]
    mendable = row.staff_import.state in (ImportState.READY, ImportState.ACCEPTED)
    url = (
        reverse("staff:import_row", args=[row.staff_import.uuid, row.number])
        if row.errors and mendable
        else ""
    )
    errors = [
        {**error, "words": error["instead"].split(", ") if error.get("near") else []} for error in row.errors
    ]
    return {
        "number": row.number,
        "url": url,
        "version": row.version,
        "cells": cells,
        "errors": errors,
        "note": row.note,
        "verdict": row.get_verdict_display(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: PortalRequest, pk: UUID, number: int) -> HttpResponse:
    """Mend a row on the page: the word that was proposed, or another one."""
    by = request.actor
    found = access.row_for(by, pk, number)
    back = f"{url_of(found.staff_import)}?show=bad"
    word = f"Строку сейчас не правят. Файл: {found.staff_import.get_state_display()}."
    only_while(
        request,
        found.staff_import.state in (ImportState.READY, ImportState.ACCEPTED),
        url_of(found.staff_import),
        word,
    )
    form = row_form(found)(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            mended = services.mend_row(found, form.values, by=by, version=form.version)
        if not form.refused:
            return done(
                request, back if mended.staff_import.bad else url_of(found.staff_import), _mended_word(mended)
            )
    name = " ".join(found.raw.get(part) or "" for part in ("last_name", "first_name", "middle_name")).strip()
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=f"Строка {number}",
        lead=name or "Имя не заполнено",
        submit="Исправить строку",
        back_url=back,
        crumbs=[*crumbs_of(), ("Загрузка из Excel", url_of(found.staff_import))],
    )


def _mended_word(row: ImportRow) -> str:
    if row.verdict == RowVerdict.BAD:
        return (
            f"Исправлено. В строке {row.number} осталось: "
            f"{', '.join(sorted({error['column'].lower() for error in row.errors}))}."
        )
    left = row.note[:1].lower() + row.note[1:]
    said = "теперь её можно принять" if row.verdict == RowVerdict.GOOD else left
    return f"Строка {row.number} исправлена: {said}."


@require_safe
def rows_to_mend(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The rows with errors as a table to be mended and loaded again."""
    by = request.actor
    found = access.import_for(by, pk)
    return exports.rows_to_mend(found, access.rows_of(found, by))
