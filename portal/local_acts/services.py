"""Writes about local acts and orders."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock, one_at_a_time
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.documents.word.reading import lines_of
from portal.files.storing import kind_of, name_of, store
from portal.local_acts import access, own_text
from portal.local_acts.models import OWN, LocalAct, Order
from portal.local_acts.polozhenie import Polozhenie, load_template
from portal.local_acts.selectors import OPEN_ORDERS, act_in_work, curator_order
from portal.local_acts.selectors import suggested_number as suggested_number
from portal.local_acts.states import ActKind, ActState, OrderCode, OrderState
from portal.local_acts.workflow import ACT, ORDER
from portal.local_acts.workflow.acts import Approval
from portal.local_acts.workflow.orders import Registration
from portal.municipality.models import DepartmentName
from portal.municipality.requisites import genitives_of
from portal.staff.models import Person
from portal.staff.services.offices import refuse_without_work
from tenants.context import school_here

# ── Local acts ──────────────────────────────────────────────────────────────────────────────────────


def municipal_text() -> Polozhenie:
    """The municipal template of the Положение with this school's name in it."""
    department = DepartmentName.here()
    return load_template().filled(
        {
            "school_genitive": genitives_of(school_here())[0],
            "city_genitive": settings.CITY_NAME_GENITIVE,
            "department": department.name,
            "department_genitive": department.in_genitive,
            "methodical_body": department.methodical_body,
            "council": department.council,
        }
    )


@transaction.atomic
def load_municipal_act(*, by: Actor) -> LocalAct:
    """A draft of the school's Положение from the municipal template. A draft that is there already is
    returned.
    """
    if not access.can_prepare_act(by):
        raise Forbidden("Локальные акты готовят директор и куратор.")
    one_at_a_time("local_acts.act")
    known = act_in_work(ActKind.POLOZHENIE)
    if known is not None:
        return known
    text = municipal_text()
    chapters = [
        {
            "id": chapter.id,
            "number": f"{chapter.id}.",
            "title": chapter.title,
            "paragraphs": [
                {"id": p.id, "kind": p.kind, "number": p.number, "text": p.text} for p in chapter.paragraphs
            ],
        }
        for chapter in text.chapters
    ]
    act = LocalAct.objects.create(
        kind=ActKind.POLOZHENIE, title=text.title, chapters=chapters, created_by=by.user
    )
    audit.record(by, "prepared", act)
    return act


@transaction.atomic
def load_own_act(upload: Any, *, by: Actor) -> LocalAct:
    """A draft from the school's own Word file, split by its headings; a draft that is there gets the new text
    instead of its own. Raises Forbidden, Invalid at `file`, Conflict when the text is adopted already.
    """
    if not access.can_prepare_act(by):
        raise Forbidden("Локальные акты готовят директор и куратор.")
    lines = lines_of(_word_of(upload))
    before, chapters = own_text.split(own_text.parted(lines))
    if not lines:
        raise Invalid("file_empty", "В файле нет текста: возможно, это скан. Нужен документ Word.", "file")
    if not chapters:
        before, chapters = [], own_text.split_at(own_text.parted(lines), {0})[1]
    one_at_a_time("local_acts.act")
    act = act_in_work(ActKind.POLOZHENIE) or LocalAct(kind=ActKind.POLOZHENIE, created_by=by.user)
    if act.state != ActState.DRAFT:
        raise Conflict(
            "act_adopted", "Положение уже принято: отклоните проект, и можно загрузить новый текст."
        )
    if act.is_own_text and (act.left_out, act.chapters) == (before, chapters):
        return act
    title = own_text.title_of(before) or act.title or "Положение о наставничестве"
    _write_text(act, title=title[:255], before=before, chapters=chapters)
    act.template_version = OWN
    if act.pk is None:
        act.save()
    else:
        act.save_change("title", "left_out", "chapters", "template_version")
    audit.record(by, "text_loaded", act)
    return act


@transaction.atomic
def split_act(
    act: LocalAct, *, title: str, begins: Collection[int], by: Actor, version: int | None = None
) -> LocalAct:
    """Chapters begin where a person says, by the places of lines in the whole text. Raises Forbidden, Stale,
    Conflict, Invalid.
    """
    if not access.can_prepare_act(by):
        raise Forbidden("Локальные акты готовят директор и куратор.")
    act = lock(LocalAct, act.pk)
    act.check_version(version)
    if act.state != ActState.DRAFT or not act.is_own_text:
        raise Conflict("act_adopted", "Текст делят на главы, пока он проект школы.")
    if not begins:
        raise Invalid("begins", "Отметьте хотя бы одну строку: с неё начнётся первая глава.", "begins")
    before, chapters = own_text.split_at(own_text.parts_of(act.left_out, act.chapters), begins)
    if (act.title, act.left_out, act.chapters) == (title.strip(), before, chapters):
        return act
    _write_text(act, title=title.strip(), before=before, chapters=chapters)
    act.save_change("title", "left_out", "chapters")
    audit.record(by, "text_split", act)
    return act


def _write_text(act: LocalAct, *, title: str, before: list[str], chapters: list[dict[str, Any]]) -> None:
    act.title = title
    act.left_out = before
    act.chapters = chapters


def _word_of(upload: Any) -> bytes:
    """The content of a Word file by its name and its first bytes. Raises Invalid at `file`."""
    content: bytes = upload.read()
    kind_of(name_of(upload), content[:16], ("docx",), "file")
    return content


@transaction.atomic
def register_act(
    act: LocalAct,
    *,
    number: str,
    approved_on: dt.date,
    scan: Any,
    by: Actor,
    in_force_from: dt.date | None = None,
    version: int | None = None,
) -> LocalAct:
    """The step, and its scan (an upload or a StoredFile)."""
    approval = Approval(
        number=number, approved_on=approved_on, in_force_from=in_force_from, scan=_stored(scan, by)
    )
    return ACT.move(act, "register", by=by, version=version, asked=approval)


@transaction.atomic
def enact_due_acts(by: Actor) -> int:
    """What time does each night: acts whose day has come. A second run finds none."""
    due = list(
        LocalAct.objects.filter(state=ActState.REGISTERED, in_force_from__lte=clock.today()).order_by(
            "in_force_from", "id"
        )
    )
    for act in due:
        ACT.move(act, "enact", by=by)
    return len(due)


# ── Orders ──────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def draft_order(
    code: str,
    title: str,
    *,
    subject: UUID,
    by: Actor,
    people: Iterable[UUID] = (),
    details: dict[str, Any] | None = None,
    series: str = "н",
    amends: Order | None = None,
) -> Order:
    """A draft from data; `people` are the people whom it names. An open draft with the same code about the
    same thing is returned, so a repeated call makes no second.
    """
    if not access.can_draft_order(by, code):
        raise Forbidden("Приказы готовят куратор и специалист по кадрам.")
    one_at_a_time(f"local_acts.order.{code}")
    known = Order.objects.filter(code=code, subject=subject, state__in=OPEN_ORDERS).first()
    if known is not None:
        return known
    order = Order.objects.create(
        code=code,
        title=title[:255],
        subject=subject,
        people=list(people),
        details=details or {},
        series=series,
        amends=amends,
        created_by=by.user,
    )
    audit.record(by, "drafted", order)
    return order


@transaction.atomic
def register_order(
    order: Order, *, number: str, signed_on: dt.date, scan: Any, by: Actor, version: int | None = None
) -> Order:
    """The step, and its scan (an upload or a StoredFile)."""
    paper = Registration(number=number, signed_on=signed_on, scan=_stored(scan, by))
    return ORDER.move(order, "register", by=by, version=version, asked=paper)


@transaction.atomic
def amend_order(order: Order, *, changes: str, grounds: str = "", by: Actor) -> Order:
    """What is registered is not rewritten: the draft of an order that changes it, names it, and goes its own
    way. Raises Forbidden, Conflict, Invalid.
    """
    if not access.can_amend_order(by, order):
        raise Forbidden("Приказы готовят директор, куратор и специалист по кадрам.")
    if order.state != OrderState.REGISTERED:
        raise Conflict(
            "not_registered", "Этот приказ ещё не зарегистрирован: его проект можно просто поправить."
        )
    lines = [line.strip() for line in changes.splitlines() if line.strip()]
    if not lines:
        raise Invalid("changes", "Напишите, что изменить: каждое изменение с новой строки.", "changes")
    title = f"О внесении изменений в приказ № {order.number} от {order.signed_on:%d.%m.%Y}"
    return draft_order(
        OrderCode.CHANGE,
        title,
        subject=order.uuid,
        people=order.people,
        details={"changes": lines, "grounds": grounds.strip()},
        series=order.series,
        amends=order,
        by=by,
    )


def _stored(scan: Any, by: Actor) -> Any:
    return store(scan, by=by, field="scan") if isinstance(scan, UploadedFile) else scan


# ── The curator (T-04) ──────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def appoint_curator(
    person: Person, *, valid_from: dt.date, valid_to: dt.date | None = None, by: Actor
) -> Order:
    """Draft the order about the curator. Raises Forbidden, Invalid at `person` (not a deputy: Положение
    6.1) or `valid_to`, Conflict (a draft is open).
    """
    if not access.can_appoint_curator(by):
        raise Forbidden("Куратора назначает директор.")
    if not person.is_deputy or not person.is_available:
        raise Invalid(
            "curator_not_deputy",
            "Куратором может быть только работающий заместитель директора (Положение, 6.1).",
            "person",
        )
    if valid_to is not None and valid_to <= valid_from:
        raise Invalid("period", "Окончание должно быть позже начала.", "valid_to")
    refuse_without_work(person, valid_from)
    one_at_a_time(f"local_acts.order.{OrderCode.CURATOR}")
    known = curator_order()
    if known is not None and known.subject != person.uuid:
        raise Conflict(
            "curator_order_open", "Проект приказа о кураторе уже есть. Зарегистрируйте его или отмените."
        )
    details = {"valid_from": valid_from.isoformat(), "valid_to": valid_to.isoformat() if valid_to else ""}
    return draft_order(
        OrderCode.CURATOR,
        f"О назначении куратора: {person.short_name}",
        subject=person.uuid,
        people=[person.uuid],
        by=by,
        details=details,
    )
