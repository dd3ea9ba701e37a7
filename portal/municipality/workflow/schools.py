"""SM-17: a school from a draft to its work, and out of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.core import clock
from portal.core.workflow import (
    Baton,
    Begins,
    Check,
    Move,
    Place,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_paper,
    nobody,
)
from portal.municipality import access
from portal.municipality.campaign_letters import ask_school
from portal.municipality.indicators import COUNTERS
from portal.municipality.selectors import open_campaigns
from tenants.lookup import forget
from tenants.models import School
from tenants.models import SchoolState as S

STEPS = (S.PRINCIPAL_JOINED, S.CURATOR_APPOINTED, S.ACT_IN_FORCE, S.STAFF_IMPORTED)
"""Steps that the school itself makes, in the order of SM-17."""
_JOINING = (S.SCHEMA_CREATED, *STEPS)
"""A school that never came to work is archived; only one that works is suspended and resumed."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What is written of the agreement: its paper, and the numbers that flow by themselves."""

    agreement_number: str
    agreement_on: dt.date
    agreed_counters: list[str]


def _has_number(school: School, move: Move[Agreement]) -> bool:
    return bool(move.asked.agreement_number.strip())


def _has_day(school: School, move: Move[Agreement]) -> bool:
    return move.asked.agreement_on <= clock.today()


def _only_known_counters(school: School, move: Move[Agreement]) -> bool:
    return set(move.asked.agreed_counters) <= set(COUNTERS)


def _write_agreement(school: School, move: Move[Agreement]) -> None:
    school.agreement_number = move.asked.agreement_number.strip()
    school.agreement_on = move.asked.agreement_on
    school.agreed_counters = [key for key in COUNTERS if key in move.asked.agreed_counters]


def _write_reason(school: School, move: Move[Any]) -> None:
    """The school's people read it on every page and in every refusal."""
    school.suspended_because = move.comment


def _forget_reason(school: School, move: Move[Any]) -> None:
    school.suspended_because = ""


def _ask_of_campaigns(school: School, move: Move[Any]) -> None:
    """A school that begins to work (again) is asked by campaigns whose term is ahead."""
    for campaign in open_campaigns().filter(due_school__gte=clock.today()):
        ask_school(campaign, school, by=move.by)


def _look_up_anew(school: School, move: Move[Any]) -> None:
    """What requests remember of schools is asked of the database again."""
    forget()


def _after_opening(school: School) -> Baton:
    """Nobody but the department can go on until the principal has a letter."""
    if school.principal_email:
        return Baton("за директором", "принять приглашение")
    return Baton("за Управлением", "пригласить директора")


SCHOOL: Workflow[School] = Workflow(
    name="school",
    code="SM-17",
    title="Подключение школы",
    model=School,
    steps=(
        "Черновик",
        "Соглашение подписано",
        "Школа открыта",
        "Директор вошёл",
        "Куратор назначен",
        "Положение действует",
        "Сотрудники внесены",
        "Работает",
    ),
    told=nobody("Людей школы в этом контуре нет, специалист видит шаг в списке «Что дальше»."),
    paper=no_paper("Шаг портала, бумаги у него нет."),
    begins=Begins(
        states=(S.DRAFT,),
        lane=Place("Черновик"),
        baton=Baton("за Управлением", "записать соглашение"),
    ),
    transitions=(
        Transition(
            verb="sign_docs",
            label="Записать соглашение",
            sources=(S.DRAFT,),
            target=S.DOCS_SIGNED,
            rule=access.can_connect_school,
            asks=Agreement,
            checks=(
                Check(
                    "agreement_number",
                    "Напишите номер соглашения.",
                    _has_number,
                    field="agreement_number",
                ),
                Check(
                    "agreement_on",
                    "Напишите дату соглашения: не позже сегодняшнего дня.",
                    _has_day,
                    field="agreement_on",
                ),
                Check(
                    "known_counters",
                    "Выберите числа из перечня.",
                    _only_known_counters,
                    field="agreed_counters",
                ),
            ),
            changes=(_write_agreement,),
            page="agreement",
            journal="Соглашение записано",
            said="Соглашение записано. Теперь школу можно открыть.",
            baton=Baton("за Управлением", "открыть школу"),
            lane=Place("Соглашение подписано"),
            paper="соглашение и поручение на обработку данных",
        ),
        Transition(
            verb="open",
            label="Открыть школу",
            sources=(S.DOCS_SIGNED,),
            target=S.SCHEMA_CREATED,
            rule=access.can_connect_school,
            page="open",
            journal="Школа открыта",
            baton=_after_opening,
            lane=Place("Школа открыта"),
        ),
        Transition(
            verb="principal_joined",
            label="Директор вошёл",
            sources=(S.SCHEMA_CREATED,),
            target=S.PRINCIPAL_JOINED,
            rule=by_time,
            follows=(_look_up_anew,),
            journal="Директор вошёл",
            baton=Baton("за директором", "назначить куратора"),
            lane=Place("Директор вошёл"),
        ),
        Transition(
            verb="curator_appointed",
            label="Куратор назначен",
            sources=(S.PRINCIPAL_JOINED,),
            target=S.CURATOR_APPOINTED,
            rule=by_time,
            follows=(_look_up_anew,),
            journal="Куратор назначен",
            baton=Baton("за директором", "утвердить Положение"),
            lane=Place("Куратор назначен"),
            paper="T-04",
            seed="6.1",
        ),
        Transition(
            verb="act_in_force",
            label="Положение действует",
            sources=(S.CURATOR_APPOINTED,),
            target=S.ACT_IN_FORCE,
            rule=by_time,
            follows=(_look_up_anew,),
            journal="Положение школы вступило в силу",
            baton=Baton("за куратором", "внести сотрудников"),
            lane=Place("Положение действует"),
            paper="T-02",
        ),
        Transition(
            verb="staff_imported",
            label="Сотрудники внесены",
            sources=(S.ACT_IN_FORCE,),
            target=S.STAFF_IMPORTED,
            rule=by_time,
            follows=(_look_up_anew,),
            journal="Сотрудники внесены",
            baton=Baton("за Управлением", "отметить, что школа работает"),
            lane=Place("Сотрудники внесены"),
        ),
        Transition(
            verb="activate",
            label="Отметить, что школа работает",
            sources=(S.STAFF_IMPORTED,),
            target=S.ACTIVE,
            rule=access.can_connect_school,
            follows=(_ask_of_campaigns, _look_up_anew),
            journal="Школа начала работать",
            baton=no_baton("Школа работает."),
            lane=Place("Работает"),
        ),
        Transition(
            verb="suspend",
            label="Приостановить работу школы",
            sources=(S.ACTIVE,),
            target=S.SUSPENDED,
            rule=access.can_connect_school,
            needs_comment=True,
            changes=(_write_reason,),
            follows=(_look_up_anew,),
            quiet=True,
            final="Люди школы смогут читать и выгружать, писать до возобновления никто не сможет. Работу "
            "школы можно возобновить здесь же.",
            journal="Работа школы приостановлена",
            said="Школа приостановлена: её люди читают и выгружают, записать там ничего нельзя, письма к ней "
            "ждут. Возобновить можно на этой странице.",
            told=nobody("Люди школы читают причину на каждой странице и в каждом отказе."),
            baton=no_baton("Работа школы стоит, пока Управление её не возобновит."),
            lane=Place("", stopped="Приостановлена"),
        ),
        Transition(
            verb="resume",
            label="Возобновить работу школы",
            sources=(S.SUSPENDED,),
            target=S.ACTIVE,
            rule=access.can_connect_school,
            changes=(_forget_reason,),
            follows=(_ask_of_campaigns, _look_up_anew),
            journal="Работа школы возобновлена",
            told=nobody("Надпись о причине уходит со страниц школы."),
            baton=no_baton("Школа работает."),
            lane=Place("Работает"),
        ),
        Transition(
            verb="archive",
            label="Убрать школу в архив",
            sources=(S.DRAFT, S.DOCS_SIGNED, *_JOINING, S.SUSPENDED),
            target=S.ARCHIVED,
            rule=access.can_connect_school,
            needs_comment=True,
            follows=(_look_up_anew,),
            quiet=True,
            final="Из архива школу не вернуть, войти в неё больше нельзя. То, что она передала городу, "
            "остаётся.",
            journal="Школа убрана в архив",
            said="Школа в архиве: войти в неё больше нельзя. То, что она передала городу, остаётся.",
            told=nobody("В школу больше никто не входит."),
            baton=no_baton("Из архива школы не возвращаются."),
            lane=Place("", stopped="В архиве"),
        ),
    ),
)
