"""What the room hands out: the Положение (T-02) and orders in Word, with previews. Rooms above give theirs by
`order_paper` and `CHECKS`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase

from portal.core import clock
from portal.core.actor import Actor
from portal.core.wiring import Table
from portal.documents import forms, word_pdf
from portal.documents.forms.orders import ChangeOrder, CuratorOrder
from portal.documents.forms.polozhenie import ActChapter, ActParagraph, PolozhenieForm
from portal.documents.sheets import Column, Lines, write_sheet
from portal.documents.word.preview import Block
from portal.files.answers import attachment
from portal.local_acts.access import act_for, order_for
from portal.local_acts.models import LocalAct, Order, heading_of
from portal.local_acts.states import OrderCode
from portal.papers import freezing as papers
from portal.papers.kinds import PaperKind
from portal.staff.exports import XLSX, named_person, school_form
from portal.staff.models import Person

Make = Callable[[Order, Actor], forms.Form]
"""From an order to its document."""
Check = Callable[[Order, Actor], list[tuple[str, str]]]
"""«Всё ли готово»: lines ("ok" or "no", words)."""


@dataclass(frozen=True)
class OrderChecks:
    """What must be ready before an order of the code is signed."""

    code: str
    check: Check


CHECKS: Table[OrderChecks] = Table(lambda of: of.code)
DRAFT = "Проект: действует после подписи и регистрации"


def order_paper(code: str, make: Make) -> PaperKind:
    """How the orders of a room become documents: it gives this to `papers.KINDS`. Registered, they are
    frozen.
    """
    return PaperKind(
        code,
        OrderCode(code).label,
        "order",
        ("register",),
        door=order_for,
        form=make,
        name=order_name,
        draft=DRAFT,
        taken_back_by=("take_back",),
        applies=lambda order: order.code == code,
        rows=Order.objects.visible_to,
    )


def order_name(order: Order) -> str:
    """«Приказ № 41-н от 01.09.2026 О закреплении: Кравцов Б. И.»: how the file of an order is called."""
    return (
        f"Приказ № {order.number} от {order.signed_on:%d.%m.%Y} {order.title}"
        if order.signed_on
        else f"Приказ {order.title}"
    )


def has_document(order: Order) -> bool:
    return order.code in papers.KINDS


def order_word(order: Order, by: Actor) -> HttpResponseBase:
    """The order as a Word file: as it was registered, or its draft."""
    return papers.answer(papers.KINDS[order.code], order, by)


def order_preview(order: Order, by: Actor) -> list[Block]:
    """What the paper says, with the inserted data marked while it is a draft."""
    return papers.blocks_of(papers.KINDS[order.code], order, by) if has_document(order) else []


def order_shown(order: Order) -> papers.Shown | None:
    """The frozen paper of the order, or that it is a draft."""
    return papers.shown(papers.KINDS[order.code], order) if has_document(order) else None


def order_checks(order: Order, by: Actor) -> list[tuple[str, str]]:
    return CHECKS[order.code].check(order, by) if order.code in CHECKS else []


def act_form(act: LocalAct) -> PolozhenieForm:
    """T-02 of this school."""
    chapters = tuple(
        ActChapter(
            heading_of(chapter),
            tuple(ActParagraph(p["kind"], p["number"], p["text"]) for p in chapter["paragraphs"]),
        )
        for chapter in act.chapters
    )
    return PolozhenieForm(
        school=school_form(act.approved_on),
        chapters=chapters,
        title=act.title,
        adopted_by=act.adopted_by,
        has_no_union=act.has_no_union,
        adopted_on=act.minutes_on,
        adopted_no=act.minutes_number,
        agreed_on=act.union_on,
        agreed_no=act.union_number,
        approved_on=act.approved_on,
        approved_no=act.number,
    )


def act_name(act: LocalAct) -> str:
    """How the file of the Положение is called."""
    return (
        f"{act.title}, приказ № {act.number} от {act.approved_on:%d.%m.%Y}" if act.approved_on else act.title
    )


ACT = PaperKind(
    "T-02",
    "Положение о системе наставничества",
    "local_act",
    ("register",),
    door=act_for,
    form=lambda act, by: act_form(act),
    name=act_name,
    draft="Проект: действует после утверждения приказом",
)


def act_word(act: LocalAct, by: Actor) -> HttpResponseBase:
    """The Положение as a Word file: as it was approved, or its draft."""
    return papers.answer(ACT, act, by)


def act_shown(act: LocalAct) -> papers.Shown:
    """The frozen Положение, or that it is a draft."""
    return papers.shown(ACT, act)


def pdf_is_available() -> bool:
    """PDF of an act is made by LibreOffice where it is installed."""
    return word_pdf.available()


def act_pdf(act: LocalAct) -> tuple[str, bytes]:
    """Name and content of the draft of the Положение as a PDF; takes seconds, so only jobs call it. Raises
    Unavailable where there is no LibreOffice.
    """
    form = act_form(act)
    return f"{act_name(act)}, проект.pdf", word_pdf.convert(form.docx(draft=ACT.draft))


def curator_form(order: Order, by: Actor) -> forms.Form:
    """T-04 from the order's own data."""
    person = Person.objects.prefetch_related("employments").get(uuid=order.subject)
    until = order.details.get("valid_to")
    return CuratorOrder(
        school=school_form(order.signed_on),
        curator=named_person(person, "заместитель директора", on=order.signed_on),
        since=dt.date.fromisoformat(order.details["valid_from"]),
        until=dt.date.fromisoformat(until) if until else None,
        number=order.number,
        signed_on=order.signed_on,
    )


def curator_checks(order: Order, by: Actor) -> list[tuple[str, str]]:
    """Whether the order about the curator can be signed."""
    person = Person.objects.prefetch_related("employments").get(uuid=order.subject)
    return [
        ("ok" if person.is_deputy else "no", "должность: заместитель директора"),
        ("ok" if person.is_available else "no", "работает в школе"),
        ("ok" if person.email or person.user else "no", "есть почта для приглашения в портал"),
    ]


def change_form(order: Order, by: Actor) -> forms.Form:
    """The order that changes another one: it names it, and says what is changed."""
    old = order.amends
    if old is None or old.signed_on is None:
        raise ValueError("An order of change names the registered order that it changes")
    people = (
        Person.objects.filter(uuid__in=order.people)
        .prefetch_related("employments")
        .order_by("name_key", "id")
    )
    return ChangeOrder(
        school=school_form(order.signed_on),
        of_number=old.number,
        of_day=old.signed_on,
        of_title=old.title,
        changes=tuple(order.details["changes"]),
        grounds=order.details.get("grounds", ""),
        acquainted=tuple(named_person(person, on=order.signed_on) for person in people),
        number=order.number,
        signed_on=order.signed_on,
    )


PAPERS = (ACT, order_paper(OrderCode.CURATOR, curator_form), order_paper(OrderCode.CHANGE, change_form))
CHECKS_OF_ORDERS = (OrderChecks(OrderCode.CURATOR, curator_checks),)


_ORDERS = (
    Column("title", "Приказ", width=60),
    Column("code", "Форма", width=10),
    Column("number", "Номер", width=14),
    Column("signed", "Подписан", "date", width=14),
    Column("made", "Подготовлен", "date", width=14),
    Column("state", "Состояние", width=20),
)


def orders_table(rows: Iterable[Order]) -> HttpResponse:
    """Orders of the list; the reading of those they are about is noted."""
    found = list(rows)
    lines: Lines = (
        {
            "title": row.title,
            "code": row.code,
            "number": row.number,
            "signed": row.signed_on,
            "made": clock.local(row.created_at).date(),
            "state": row.get_state_display(),
        }
        for row in found
    )
    return attachment(write_sheet("Приказы", _ORDERS, lines), f"Приказы {clock.today():%d.%m.%Y}.xlsx", XLSX)
