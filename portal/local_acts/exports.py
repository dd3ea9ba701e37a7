"""What the room hands out: the Положение (T-02) and orders in Word, with previews. Rooms above add their orders by `provide`."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from portal.core.actor import Actor
from portal.documents import forms, word_pdf
from portal.documents.word import WORD, render_docx
from portal.documents.word.preview import Block, preview
from portal.local_acts.models import LocalAct, Order
from portal.local_acts.states import OrderCode
from portal.staff.exports import attachment, person_of, school_form
from portal.staff.models import Employee

Make = Callable[[Order, Actor], tuple[str, Any] | forms.Form]
"""From an order to its document: a form of `portal.documents.forms`, or (name of the template, context)."""
Check = Callable[[Order, Actor], list[tuple[str, str]]]
"""«Всё ли готово»: lines ("ok" or "no", words)."""

_makers: dict[str, Make] = {}
_checks: dict[str, Check] = {}


def provide(code: str, make: Make, check: Check | None = None) -> None:
    """A room says how its orders become documents, and (optionally) what must be ready before they are signed."""
    _makers[code] = make
    if check is not None:
        _checks[code] = check


def order_document(order: Order, by: Actor) -> tuple[str, Any]:
    """Template and context of the order's document. Raises KeyError for a code that no room provides."""
    made = _makers[order.code](order, by)
    return (made.template, made) if isinstance(made, forms.Form) else made


def has_document(order: Order) -> bool:
    return order.code in _makers


def order_word(order: Order, by: Actor) -> Any:
    """The order as a Word file."""
    template, context = order_document(order, by)
    return attachment(render_docx(template, context, title=order.title), f"{order.code} {order.title}.docx".replace("/", "-"), WORD)


def order_preview(order: Order, by: Actor) -> list[Block]:
    """What the paper will say, with the inserted data marked."""
    return preview(*order_document(order, by)) if has_document(order) else []


def order_checks(order: Order, by: Actor) -> list[tuple[str, str]]:
    return _checks[order.code](order, by) if order.code in _checks else []


def act_form(act: LocalAct) -> forms.PolozhenieForm:
    """T-02 of this school."""
    chapters = tuple(
        forms.ActChapter(chapter["id"], chapter["title"], tuple(forms.ActParagraph(p["kind"], p["number"], p["text"]) for p in chapter["paragraphs"]))
        for chapter in act.chapters
    )
    return forms.PolozhenieForm(
        school=school_form(), chapters=chapters, adopted_on=act.minutes_on, adopted_no=act.minutes_number, agreed_on=act.union_on, agreed_no=act.union_number,
        approved_on=act.approved_on, approved_no=act.number,
    )  # fmt: skip


def act_word(act: LocalAct) -> Any:
    """The Положение as a Word file."""
    form = act_form(act)
    return attachment(form.docx(), form.file_name, WORD)


def pdf_is_available() -> bool:
    """PDF of an act is made by LibreOffice where it is installed."""
    return word_pdf.available()


def act_pdf(act: LocalAct) -> tuple[str, bytes]:
    """Name and content of the Положение as a PDF; takes seconds, so only jobs call it. Raises Unavailable where there is no LibreOffice."""
    form = act_form(act)
    return form.file_name.replace(".docx", ".pdf"), word_pdf.convert(form.docx())


def curator_form(order: Order, by: Actor) -> forms.Form:
    """T-04 from the order's own data."""
    employee = Employee.objects.prefetch_related("positions").get(uuid=order.subject)
    until = order.details.get("valid_to")
    return forms.CuratorOrder(
        school=school_form(), curator=person_of(employee, "заместитель директора"), since=dt.date.fromisoformat(order.details["valid_from"]),
        until=dt.date.fromisoformat(until) if until else None, number=order.number, signed_on=order.signed_on,
    )  # fmt: skip


def curator_checks(order: Order, by: Actor) -> list[tuple[str, str]]:
    """Whether the order about the curator can be signed."""
    employee = Employee.objects.prefetch_related("positions").get(uuid=order.subject)
    return [
        ("ok" if employee.is_deputy else "no", "должность: заместитель директора"),
        ("ok" if employee.is_working else "no", "работает в школе"),
        ("ok" if employee.email or employee.user else "no", "есть почта для приглашения в портал"),
    ]


provide(OrderCode.CURATOR, curator_form, curator_checks)
