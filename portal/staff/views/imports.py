"""Loading the list of staff: the file, the progress, the rows, the decision."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden, NotVisible
from portal.core.sorting import folded
from portal.staff import access, exports, services
from portal.staff.cells.column_words import WHOLE_NAME
from portal.staff.import_forms import AcceptForm, UploadListForm, columns_form, row_form
from portal.staff.list_rows import CAN_BE_EMPTY, NAME_PARTS, TITLES, in_words, restored
from portal.staff.models import ImportRow, Person, StaffImport
from portal.staff.name_forms import RenameForm, renamed_of
from portal.staff.selectors.tables import layout_with_samples
from portal.staff.states import ImportState, RowChoice, RowVerdict
from portal.staff.table_layout import restored_layout
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
    "changed": ("Изменилось", (RowVerdict.CHANGED,)),
    "known": ("Уже есть", (RowVerdict.KNOWN, RowVerdict.TWIN)),
    "accepted": ("Записаны", (RowVerdict.ACCEPTED,)),
    "all": ("Все", tuple(RowVerdict)),
}
PER_PAGE = 50
NAMES = {WHOLE_NAME, *NAME_PARTS}


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
            return done(request, columns_url(made) if made.state == ImportState.COLUMNS else url_of(made))
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
    form = AcceptForm(request.POST or None, version=found.version)
    if request.method == "POST":
        answer = _decide(request, found, form)
        if answer is not None:
            return answer
    working = found.state in WORKING
    context: dict[str, Any] = {
        "one": found,
        "working": working,
        "polls": working and by.is_person(found.created_by),
        "url": url_of(found),
        "ready": found.good + found.changed,
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
        context |= _rows(request, found) | {"form": form, "asks_day": _asks_day(found)}
    if found.layout:
        context["layout"] = restored_layout(found.layout)
    return page(
        request, "staff/import.html", lane=walk_of(IMPORT, found), headline=_headline(found), **context
    )


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What is in which column: as the portal has understood it, to be mended and confirmed."""
    by = request.actor
    found = access.import_for(by, pk)
    only_while(
        request,
        found.state in (ImportState.COLUMNS, ImportState.READY),
        url_of(found),
        f"Столбцы сейчас не меняют. Файл: {found.get_state_display()}.",
    )
    layout = layout_with_samples(found)
    form = columns_form(layout)(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.choose_columns(found, form.chosen, by=by, version=form.version)
        if not form.refused:
            return done(request, url_of(found))
    return page(
        request,
        "staff/import_columns.html",
        form=form,
        one=found,
        layout=layout,
        lane=walk_of(IMPORT, found),
        crumbs=[*crumbs_of(), ("Загрузка списка", url_of(found))],
    )


def columns_url(staff_import: StaffImport) -> str:
    return reverse("staff:import_columns", args=[staff_import.uuid])


def _to_write(found: StaffImport) -> int:
    done = found.rows.filter(verdict__in=(RowVerdict.GOOD, RowVerdict.ACCEPTED)).count()
    return done + found.changed


def _asks_day(found: StaffImport) -> bool:
    """Whether the list says anything of people who are here already."""
    of_known = found.rows.filter(verdict__in=(RowVerdict.GOOD, RowVerdict.CHANGED), person__isnull=False)
    return of_known.exists()


def _decide(request: PortalRequest, found: StaffImport, form: AcceptForm) -> HttpResponse | None:
    """Nothing where the day that was typed must be mended first."""
    by, verb = request.actor, request.POST.get("verb", "")
    if verb == "cancel":
        said = IMPORT.said(verb, found.state)
        IMPORT.move(found, verb, by=by, version=version_of(request))
        return done(request, reverse("staff:import_new"), said)
    if verb != "confirm":
        raise NotVisible
    if form.is_valid():
        with form.catching():
            IMPORT.move(found, verb, by=by, version=form.version, asked=form.asked())
        if not form.refused:
            return done(request, url_of(found))
    return None


def _headline(found: StaffImport) -> str:
    if found.state == ImportState.FAILED:
        return "Файл не прочитался"
    if found.state == ImportState.COLUMNS:
        return "Скажите, что в каком столбце"
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
    ready = found.good + found.changed
    if not ready and not found.bad:
        return (
            "Новых людей в файле нет: решите, брать ли изменения"
            if found.rows.filter(verdict=RowVerdict.CHANGED).exists()
            else "Новых людей в файле нет: все уже в списке"
        )
    good = f"{ready} {plural(ready, 'строку,строки,строк')} можно принять" if ready else "Принять пока нечего"
    return f"{good}, {found.bad} нужно поправить" if found.bad else good


def _asked_first(found: StaffImport) -> str:
    """Which rows the page opens with."""
    if found.bad:
        return "bad"
    if found.state == ImportState.ACCEPTED:
        return "accepted"
    if found.good:
        return "good"
    return "changed" if found.rows.filter(verdict=RowVerdict.CHANGED).exists() else "all"


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
    """A row as it will be written, all columns; where it was understood, what stood in the file beside it."""
    wrong = {error["field"] for error in row.errors}
    if wrong & NAMES:
        wrong |= {"last_name"}
    said = _said(row)
    mendable = row.staff_import.state in (ImportState.READY, ImportState.ACCEPTED)
    args = [row.staff_import.uuid, row.number]
    more = [key for key in TITLES if key in said and key not in SHOWN and key not in NAMES]
    return {
        "row": row,
        "url": reverse("staff:import_row", args=args) if row.errors and mendable else "",
        "decide_url": reverse("staff:import_decide", args=args) if mendable else "",
        "cells": [(CALLED.get(key, TITLES[key]), *said[key], key in wrong) for key in SHOWN],
        "more": [(TITLES[key], *said[key]) for key in more],
        "errors": [
            {**error, "choices": _choices(error), "can_be_empty": error["field"] in CAN_BE_EMPTY}
            for error in row.errors
        ],
        "asks": row.verdict == RowVerdict.CHANGED,
        "doubt": any(change["field"] in NAMES for change in row.changes),
        "renames": renames(row),
        "rename_url": reverse("staff:import_rename", args=args) if mendable else "",
    }


CALLED = {"last_name": "Имя"}


def renames(row: ImportRow) -> bool:
    """Whether a name that is known would become another one: a change of it, or a mistake."""
    return any(change["field"] in NAMES and change["stored"] for change in row.changes)


def _said(row: ImportRow) -> dict[str, tuple[str, str]]:
    """Column → (what will be written, what stood in the file when that is said otherwise)."""
    values, raw = restored(row.parsed), row.raw
    found: dict[str, tuple[str, str]] = {}
    for key in TITLES:
        if key in SHOWN or values.get(key) is not None or raw.get(key):
            found[key] = _beside(in_words(key, values.get(key)), str(raw.get(key) or ""))
    whole = " ".join(str(values.get(part) or raw.get(part) or "") for part in NAME_PARTS)
    typed = raw.get(WHOLE_NAME) or " ".join(str(raw.get(part) or "") for part in NAME_PARTS)
    found["last_name"] = _beside(" ".join(whole.split()), str(typed))
    more = [in_words("position", code) for code, _ in values.get("more_posts") or ()]
    if more:
        found["position"] = (", ".join([found["position"][0], *more]), found["position"][1])
    return {key: said for key, said in found.items() if key in SHOWN or said[0] != "пусто"}


def _beside(words: str, typed: str) -> tuple[str, str]:
    typed = " ".join(typed.split())
    same = not typed or folded(words) == folded(typed)
    return words or typed or "пусто", typed if words and not same else ""


def _choices(error: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What a question may be answered with by one press: the word shown, and what it sends."""
    proposals = error.get("proposals", ())
    return [(word, word.split(", ") if error["field"] == "subjects" else [word]) for word in proposals]


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
    parts = " ".join(found.raw.get(part) or "" for part in NAME_PARTS).strip()
    name = found.raw.get(WHOLE_NAME) or parts
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=f"Строка {number}",
        lead=name or "Имя не заполнено",
        submit="Исправить строку",
        back_url=back,
        crumbs=[*crumbs_of(), ("Загрузка списка", url_of(found.staff_import))],
    )


@require_POST
def decide(request: PortalRequest, pk: UUID, number: int) -> HttpResponse:
    """Whether the changes of a row are taken, left, or are another person's."""
    found = access.row_for(request.actor, pk, number)
    decided = services.decide_row(
        found, request.POST.get("choice", ""), by=request.actor, version=version_of(request)
    )
    shown = "all" if decided.choice == RowChoice.OTHER else "changed"
    return done(request, f"{url_of(decided.staff_import)}?show={shown}", _decided_word(decided))


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: PortalRequest, pk: UUID, number: int) -> HttpResponse:
    """The person of the row is called otherwise since a day."""
    by = request.actor
    found = access.row_for(by, pk, number)
    back = f"{url_of(found.staff_import)}?show=changed"
    is_open = found.staff_import.state in (ImportState.READY, ImportState.ACCEPTED)
    asked = is_open and found.verdict == RowVerdict.CHANGED and renames(found)
    only_while(request, asked, back, "О смене имени в этой строке решать уже нечего.")
    form = RenameForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            said = renamed_of(form.cleaned_data)
            services.decide_row(found, RowChoice.TAKE, by=by, version=form.version, renamed=said)
        if not form.refused:
            return done(request, back, f"Строка {number}: имя сменится, когда вы примете список.")
    person = Person.objects.get(uuid=str(found.person))
    now = ", ".join(str(change["now"]) for change in found.changes if change["field"] in NAMES)
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading="Имя сменилось",
        lead=f"Было: {person.full_name}. В файле: {now}.",
        submit="Имя сменилось",
        back_url=back,
        crumbs=[*crumbs_of(), ("Загрузка списка", url_of(found.staff_import))],
    )


def _decided_word(row: ImportRow) -> str:
    words = {
        RowChoice.TAKE: "изменения запишем, когда вы примете список.",
        RowChoice.LEAVE: "карточка останется как есть.",
        RowChoice.OTHER: "это другой человек.",
    }
    return f"Строка {row.number}: {words[RowChoice(row.choice)]}"


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
