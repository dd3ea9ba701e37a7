"""SM-8 for a local act: accepted, approved by order, in force until the next one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import (
    Baton,
    Begins,
    Check,
    Guard,
    Move,
    Place,
    Transition,
    Workflow,
    no_baton,
    no_paper,
    nobody,
)
from portal.local_acts import access
from portal.local_acts.models import LocalAct
from portal.local_acts.states import ActState as A
from portal.local_acts.workflow.typed import is_past, tell_city_of_step
from portal.school_records.models import StoredFile

COUNCIL = "педагогическим советом"


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The marks «Принято» and «Согласовано». `adopted_by`: the body that adopted it, as the mark says it; a
    school without a union asks none.
    """

    minutes_number: str
    minutes_on: dt.date
    union_on: dt.date | None = None
    union_number: str = ""
    has_no_union: bool = False
    adopted_by: str = COUNCIL


@dataclass(frozen=True, kw_only=True)
class Approval:
    """The mark «Утверждено»; without a day of its own the act is in force from the day of the order."""

    number: str
    approved_on: dt.date
    in_force_from: dt.date | None
    scan: StoredFile | None


def _has_text(act: LocalAct, by: Actor) -> bool:
    return bool(act.chapters)


def _its_day_has_come(act: LocalAct, by: Actor) -> bool:
    return act.in_force_from is not None and act.in_force_from <= clock.today()


def _minutes_have_number(act: LocalAct, move: Move[Marks]) -> bool:
    return bool(move.asked.minutes_number.strip())


def _council_has_met(act: LocalAct, move: Move[Marks]) -> bool:
    return is_past(move.asked.minutes_on)


def _union_has_agreed(act: LocalAct, move: Move[Marks]) -> bool:
    if move.asked.has_no_union:
        return move.asked.union_on is None
    return move.asked.union_on is not None and is_past(move.asked.union_on)


def _order_has_number(act: LocalAct, move: Move[Approval]) -> bool:
    return bool(move.asked.number.strip())


def _order_is_signed(act: LocalAct, move: Move[Approval]) -> bool:
    return is_past(move.asked.approved_on)


def _not_before_minutes(act: LocalAct, move: Move[Approval]) -> bool:
    return all(move.asked.approved_on >= day for day in (act.minutes_on, act.union_on) if day)


def _starts_not_before(act: LocalAct, move: Move[Approval]) -> bool:
    return move.asked.in_force_from is None or move.asked.in_force_from >= move.asked.approved_on


def _has_scan(act: LocalAct, move: Move[Approval]) -> bool:
    return bool(move.asked.scan or act.scan_id)


def _write_marks(act: LocalAct, move: Move[Marks]) -> None:
    act.adopted_by = move.asked.adopted_by.strip() or COUNCIL
    act.minutes_number, act.minutes_on = move.asked.minutes_number.strip(), move.asked.minutes_on
    act.union_number, act.union_on = move.asked.union_number.strip(), move.asked.union_on
    act.has_no_union = move.asked.has_no_union


def _write_approval(act: LocalAct, move: Move[Approval]) -> None:
    act.number, act.approved_on = move.asked.number.strip(), move.asked.approved_on
    act.in_force_from = move.asked.in_force_from or move.asked.approved_on
    act.scan = move.asked.scan or act.scan


def _repeal_former(act: LocalAct, move: Move[Any]) -> None:
    """One act of a kind is in force, the database sees to it: the former one makes room before this one is
    saved.
    """
    for former in LocalAct.objects.filter(kind=act.kind, state=A.IN_FORCE):
        ACT.move(former, "repeal", by=move.by)


def _tell_city(act: LocalAct, move: Move[Any]) -> None:
    tell_city_of_step("act_in_force", move.by)


_PRINCIPAL = "за директором"

ACT: Workflow[LocalAct] = Workflow(
    name="local_act",
    code="SM-8",
    title="Локальный акт",
    model=LocalAct,
    steps=("Проект", "Принято и согласовано", "Утверждено приказом", "Действует"),
    told=nobody("Положение ведёт директор; с первого дня оно открыто каждому педагогу школы."),
    begins=Begins(
        states=(A.DRAFT,),
        baton=Baton(_PRINCIPAL, "записать, когда Положение приняли и согласовали"),
        lane=Place("Проект"),
    ),
    transitions=(
        Transition(
            verb="approve",
            label="Принять и согласовать",
            sources=(A.DRAFT, A.ON_APPROVAL),
            target=A.APPROVED,
            rule=access.can_approve_act,
            guards=(Guard("no_text", "В акте пока нет ни одной главы.", _has_text),),
            asks=Marks,
            checks=(
                Check(
                    "minutes_number",
                    "Укажите номер протокола, которым приняли Положение.",
                    _minutes_have_number,
                    field="minutes_number",
                ),
                Check(
                    "minutes_on",
                    "Укажите день протокола: не позже сегодняшнего.",
                    _council_has_met,
                    field="minutes_on",
                ),
                Check(
                    "union_on",
                    "Укажите день, когда акт согласовала профсоюзная организация, не позже сегодняшнего. "
                    "Если её в школе нет, отметьте это и оставьте день пустым.",
                    _union_has_agreed,
                    field="union_on",
                ),
            ),
            changes=(_write_marks,),
            journal="Положение принято и согласовано",
            said="Записано. Распечатайте Положение, подпишите и утвердите приказом.",
            baton=Baton(_PRINCIPAL, "утвердить приказом"),
            lane=Place("Принято и согласовано"),
            paper="T-02",
            seed="6.1",
        ),
        Transition(
            verb="register",
            label="Утвердить приказом",
            sources=(A.APPROVED,),
            target=A.REGISTERED,
            rule=access.can_approve_act,
            asks=Approval,
            checks=(
                Check("number", "Укажите номер приказа об утверждении.", _order_has_number, field="number"),
                Check(
                    "approved_on",
                    "Укажите день приказа: не позже сегодняшнего.",
                    _order_is_signed,
                    field="approved_on",
                ),
                Check(
                    "before_minutes",
                    "Приказ не может быть раньше протокола и согласия профсоюза.",
                    _not_before_minutes,
                    field="approved_on",
                ),
                Check(
                    "in_force_from",
                    "Акт не может начать действовать раньше, чем его утвердили.",
                    _starts_not_before,
                    field="in_force_from",
                ),
                Check(
                    "scan",
                    "Приложите скан подписанного акта: первую страницу с грифами или весь документ.",
                    _has_scan,
                    field="scan",
                ),
            ),
            changes=(_write_approval,),
            journal="Положение утверждено приказом",
            baton=no_baton("День, с которого Положение действует, придёт сам."),
            lane=Place("Утверждено приказом"),
            paper="T-02",
            seed="6.1",
        ),
        Transition(
            verb="enact",
            label="Ввести в действие",
            sources=(A.REGISTERED,),
            target=A.IN_FORCE,
            rule=access.can_put_in_force,
            guards=(
                Guard("too_early", "День, с которого акт действует, ещё не наступил.", _its_day_has_come),
            ),
            changes=(_repeal_former,),
            follows=(_tell_city,),
            quiet=True,
            journal="Положение вступило в силу",
            baton=no_baton("Положение действует, пока его не заменит новое."),
            lane=Place(""),
            paper=no_paper("Подписанное Положение уже приложено."),
        ),
        Transition(
            verb="repeal",
            label="Признать утратившим силу",
            sources=(A.IN_FORCE,),
            target=A.REPEALED,
            rule=access.can_put_in_force,
            quiet=True,
            final="Положение перестанет действовать, и вернуть его нельзя: новое готовят, утверждают и "
            "регистрируют заново.",
            journal="Положение утратило силу",
            baton=no_baton("Положение, которое утратило силу, не возвращают."),
            lane=Place("Действует", stopped="Утратило силу"),
            paper=no_paper("Его заменяет новое Положение."),
        ),
        Transition(
            verb="reject",
            label="Отклонить проект",
            sources=(A.DRAFT, A.ON_APPROVAL, A.APPROVED),
            target=A.REJECTED,
            rule=access.can_approve_act,
            needs_comment=True,
            quiet=True,
            final="Отклонённый проект не продолжить. Новый готовится одним нажатием, реквизиты нужно будет "
            "ввести снова.",
            journal="Проект Положения отклонён",
            baton=no_baton("Отклонённый проект не продолжают: готовят новый."),
            lane=Place("Принято и согласовано", stopped="Отклонено"),
            paper=no_paper("Проект остаётся проектом."),
        ),
    ),
)
