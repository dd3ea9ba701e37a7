"""SM-8 for an order: it is signed on paper and registered here."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.core.workflow import (
    Baton,
    Begins,
    Check,
    Guard,
    Move,
    Told,
    Transition,
    Workflow,
    no_baton,
    no_lane,
    no_paper,
    nobody,
)
from portal.local_acts import access
from portal.local_acts.models import Order
from portal.local_acts.states import OrderCode
from portal.local_acts.states import OrderState as S
from portal.local_acts.workflow.typed import is_past, tell_city_of_step
from portal.school_records.models import Numerator, StoredFile
from portal.staff.models import Person
from portal.staff.selectors import holders_of, principal_now
from portal.staff.services import give_office
from tenants.addresses import school_url
from tenants.context import school_here

LONGEST = 40


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What stands on the signed paper, and the paper itself."""

    number: str
    signed_on: dt.date
    scan: StoredFile | None


def _has_number(order: Order, move: Move[Registration]) -> bool:
    return bool(move.asked.number.strip())


def _number_fits(order: Order, move: Move[Registration]) -> bool:
    return len(move.asked.number.strip()) <= LONGEST


def _is_signed(order: Order, move: Move[Registration]) -> bool:
    return is_past(move.asked.signed_on)


def _number_is_free(order: Order, move: Move[Registration]) -> bool:
    taken = Order.objects.filter(
        series=order.series,
        year=move.asked.signed_on.year,
        number=move.asked.number.strip(),
        state=S.REGISTERED,
    )
    return not taken.exclude(pk=order.pk).exists()


def _has_scan(order: Order, move: Move[Registration]) -> bool:
    return bool(move.asked.scan or order.scan_id)


def _registered_today(order: Order, by: Actor) -> bool:
    return order.registered_at is not None and clock.local(order.registered_at).date() == clock.today()


def _gives_no_office(order: Order, by: Actor) -> bool:
    return not access.gives_office(order)


def _is_not_amended(order: Order, by: Actor) -> bool:
    return not order.amended_by.filter(state=S.REGISTERED).exists()


def _write_registration(order: Order, move: Move[Registration]) -> None:
    order.number, order.signed_on = move.asked.number.strip(), move.asked.signed_on
    order.scan = move.asked.scan or order.scan
    order.year = move.asked.signed_on.year
    order.registered_at, order.registered_by = clock.now(), move.by.user


def _forget_registration(order: Order, move: Move[Any]) -> None:
    order.number, order.signed_on, order.scan, order.year = "", None, None, None
    order.registered_at = order.registered_by = None


def _remember_number(order: Order, move: Move[Any]) -> None:
    """The next suggestion follows the greatest number that was really used."""
    match = re.match(r"\d{1,6}", order.number)
    if match is None or order.year is None:
        return
    row, _ = Numerator.objects.select_for_update().get_or_create(series=order.series, year=order.year)
    if int(match[0]) > row.last:
        row.last = int(match[0])
        row.save_change("last")


def _install_curator(order: Order, move: Move[Any]) -> None:
    """The order T-04 gives the office: a letter to the city, an invitation for whoever has not joined. Raises
    Conflict for whoever is no deputy any more: then nothing is registered.
    """
    if order.code != OrderCode.CURATOR:
        return
    person = Person.objects.prefetch_related("employments").get(uuid=order.subject)
    if not person.is_deputy or person.has_left:
        raise Conflict(
            "curator_not_deputy",
            "Этот человек уже не заместитель директора: отмените проект и назначьте другого (Положение, "
            "6.1).",
        )
    valid_to = order.details.get("valid_to")
    give_office(
        person,
        "curator",
        basis=order.basis,
        valid_from=dt.date.fromisoformat(order.details["valid_from"]),
        valid_to=dt.date.fromisoformat(valid_to) if valid_to else None,
        by=move.by,
    )
    tell_city_of_step("curator_appointed", move.by)


def _principal(order: Order) -> Iterable[UUID | None]:
    """Whoever else has registered it: the principal hears at once, and may take it back today."""
    head = principal_now()
    return [*holders_of("principal")] or [head.user if head else None]


def _registered(order: Order) -> str:
    return (
        f"Зарегистрирован приказ № {order.number}: {order.title}. Если это ошибка, отмените регистрацию "
        "сегодня."
    )


def _keepers(order: Order) -> Iterable[UUID | None]:
    """They have it on the table again. Of the order of a pair they and its people hear from the pair."""
    return [] if order.code == OrderCode.PAIR else holders_of("personnel_officer")


def _taken_back(order: Order) -> str:
    return f"Регистрация приказа отменена, он снова проект: {order.title}"


def _page(order: Order) -> str:
    return school_url(school_here().code, "local_acts:order", order.uuid)


_TO_SIGN = Baton("за директором", "подписать; зарегистрирует он же или специалист по кадрам")

ORDER: Workflow[Order] = Workflow(
    name="order",
    code="SM-8",
    title="Приказ",
    model=Order,
    lane=no_lane("У приказа один шаг, его состояние стоит знаком на его странице."),
    begins=Begins(states=(S.DRAFT,), baton=_TO_SIGN),
    transitions=(
        Transition(
            verb="register",
            label="Зарегистрировать подписанный",
            sources=(S.DRAFT, S.ON_APPROVAL, S.APPROVED),
            target=S.REGISTERED,
            rule=access.can_register_order,
            asks=Registration,
            checks=(
                Check("number", "Укажите номер приказа.", _has_number, field="number"),
                Check("number_long", "Номер длиннее 40 знаков: проверьте.", _number_fits, field="number"),
                Check(
                    "signed_on",
                    "Укажите день подписания: не позже сегодняшнего.",
                    _is_signed,
                    field="signed_on",
                ),
                Check(
                    "number_taken",
                    "Приказ с таким номером в этом году уже есть. Проверьте номер.",
                    _number_is_free,
                    field="number",
                ),
                Check("scan", "Приложите скан подписанного приказа.", _has_scan, field="scan"),
            ),
            changes=(_write_registration,),
            follows=(_remember_number, _install_curator),
            final="Номер и дата запишутся в журнал: зарегистрированный приказ не правят, изменения вносят "
            "новым приказом.",
            journal="Приказ зарегистрирован",
            told=(Told(_principal, _registered, _page, kind="order:registered"),),
            baton=no_baton("Приказ действует."),
            paper=", ".join(OrderCode.values),
            seed="ГОСТ Р 7.0.97",
        ),
        Transition(
            verb="take_back",
            label="Отменить регистрацию",
            sources=(S.REGISTERED,),
            target=S.DRAFT,
            rule=access.can_take_back_registration,
            guards=(
                Guard(
                    "not_today",
                    "Отменить регистрацию можно только в тот же день. Теперь приказ меняют другим приказом.",
                    _registered_today,
                ),
                Guard(
                    "gives_office",
                    "Приказ уже дал должность. Закончите её на странице должности: права снимутся сразу.",
                    _gives_no_office,
                ),
                Guard(
                    "amended",
                    "Этот приказ уже изменён другим. Сначала отмените регистрацию того приказа.",
                    _is_not_amended,
                ),
            ),
            needs_comment=True,
            changes=(_forget_registration,),
            quiet=True,
            journal="Регистрация приказа отменена",
            said="Регистрация отменена: приказ снова проект, а что из него следовало, того больше нет.",
            told=(Told(_keepers, _taken_back, _page),),
            baton=_TO_SIGN,
            paper=no_paper("Подписанная бумага снова проект."),
        ),
        Transition(
            verb="cancel",
            label="Не издавать приказ",
            sources=(S.DRAFT, S.ON_APPROVAL, S.APPROVED),
            target=S.CANCELLED,
            rule=access.can_cancel_order,
            quiet=True,
            final="Этот проект приказа закроется. Если приказ понадобится, его составят заново.",
            journal="Проект приказа отменён",
            told=nobody("Проект видел только тот, кто его готовил."),
            baton=no_baton("Отменённый проект не возвращают: составляют новый."),
            paper=no_paper("Проект остался проектом."),
        ),
    ),
)
