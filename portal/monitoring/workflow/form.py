"""SM-11b: the school's form from the campaign's letter to the city's answer.

`overdue` is seen from the day (`SchoolForm.is_overdue`), and the city's check has no state of its own here:
the school knows «сдана», «сдана с опозданием», «принята», «возвращена», «сбор отменён». What is handed over
after the term or after the closing goes by `submit_late`, with a word why (`municipality.lateness` is the one
rule of both contours). Evidence is said in words: files come with the room of campaigns.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.text import quoted
from portal.core.workflow import (
    Baton,
    Begins,
    Guard,
    Move,
    Place,
    Told,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_paper,
    nobody,
)
from portal.exchange import send
from portal.monitoring import access
from portal.monitoring.models import SchoolForm
from portal.monitoring.states import HANDED, WITH_SCHOOL
from portal.monitoring.states import FormState as S
from portal.monitoring.workflow.numbers import CHECKS, COMPLETE, EXPLAINED, Numbers, frozen, write_values
from portal.municipality.letters import FORM_SUBMITTED
from portal.staff.selectors import Holders
from tenants.addresses import school_url
from tenants.context import school_here


@dataclass(frozen=True, kw_only=True)
class Answer:
    """When the city has answered."""

    answered_at: dt.datetime | None = None


def _in_time(form: SchoolForm, by: Actor) -> bool:
    return not form.is_late_now


def _out_of_time(form: SchoolForm, by: Actor) -> bool:
    return form.is_late_now


def _stamp_signed(form: SchoolForm, move: Move[Any]) -> None:
    form.signed_by, form.signed_at = move.by.user, clock.now()


def _stamp_handed_over(form: SchoolForm, move: Move[Any]) -> None:
    form.was_late = form.is_late_now
    form.late_reason = move.comment if form.is_late_now else ""
    form.submitted_at, form.answer, form.answered_at = clock.now(), "", None


def _send_to_city(form: SchoolForm, move: Move[Any]) -> None:
    """The city gets a frozen revision, the journal of disclosure a line."""
    title = f"{form.title}, редакция {form.revision}"
    send(FORM_SUBMITTED, frozen(form), topic=form.uuid, by=move.by, title=title)


def _write_answer(form: SchoolForm, move: Move[Answer]) -> None:
    form.answer, form.answered_at = move.comment, move.asked.answered_at or clock.now()


def _write_word_of_city(form: SchoolForm, move: Move[Any]) -> None:
    form.answer, form.answered_at = move.comment, clock.now()


def _next_revision(form: SchoolForm, move: Move[Any]) -> None:
    form.revision += 1
    form.earlier_late, form.returned_at = form.was_late, form.answered_at


def _is_late(form: SchoolForm, move: Move[Any]) -> None:
    form.was_late = True


def _is_not_late(form: SchoolForm, move: Move[Any]) -> None:
    form.was_late = False


def _principal_and_curator(form: SchoolForm) -> Iterable[UUID]:
    holders = Holders.here()
    return {*holders.accounts(Office.PRINCIPAL), *holders.accounts(Office.CURATOR)}


def _cancelled(form: SchoolForm) -> str:
    return f"Город отменил сбор {quoted(form.title)}: форму сдавать не нужно."


def _page(form: SchoolForm) -> str:
    return school_url(school_here().code, "monitoring:form", form.uuid)


_TO_CHECK = Baton("за куратором и директором", "проверить числа и сдать")
_TO_ANSWER = Baton("за Управлением образования", "принять или вернуть")
_DONE = Place("Сдана")
_BY_LETTER = nobody("О конце сбора и о новом сроке говорит письмо кампании.")

SCHOOL_FORM: Workflow[SchoolForm] = Workflow(
    name="school_form",
    code="SM-11b",
    title="Форма школы",
    model=SchoolForm,
    steps=("Заполнена порталом", "В работе", "Подписана", "Сдана", "Принята городом"),
    told=nobody("Директор и куратор видят, что дальше, на своей главной странице."),
    paper=no_paper("Форму T-39 составляют, когда её сдают."),
    begins=Begins(
        states=(S.NOT_STARTED,),
        baton=Baton("за порталом", "посчитать, что он может"),
        lane=Place("Заполнена порталом"),
    ),
    transitions=(
        Transition(
            verb="prefill",
            label="Заполнить порталом",
            sources=(S.NOT_STARTED,),
            target=S.PREFILLED,
            rule=by_time,
            journal="Форма заполнена порталом",
            baton=_TO_CHECK,
            lane=Place("Заполнена порталом"),
            seed="4.2(8)",
        ),
        Transition(
            verb="fill",
            label="Записать числа",
            sources=(S.PREFILLED, S.IN_WORK, S.RETURNED),
            target=S.IN_WORK,
            rule=access.can_fill_form,
            asks=Numbers,
            checks=CHECKS,
            follows=(write_values,),
            page="fill",
            journal="Числа формы записаны",
            baton=_TO_CHECK,
            lane=Place("В работе"),
        ),
        Transition(
            verb="sign",
            label="Подписать форму",
            sources=(S.PREFILLED, S.IN_WORK),
            target=S.DIRECTOR_SIGNED,
            rule=access.can_sign_form,
            guards=(COMPLETE, EXPLAINED),
            changes=(_stamp_signed,),
            page="hand_over",
            journal="Форма подписана",
            baton=Baton("за директором", "сдать форму"),
            lane=Place("Подписана"),
        ),
        Transition(
            verb="submit",
            label="Сдать форму",
            sources=(S.DIRECTOR_SIGNED,),
            target=S.SUBMITTED,
            rule=access.can_sign_form,
            guards=(
                Guard(
                    "in_time",
                    "Срок прошёл или сбор закончен: форму ещё можно сдать с опозданием. Откройте страницу "
                    "заново и напишите, почему позже.",
                    _in_time,
                ),
            ),
            changes=(_stamp_handed_over,),
            follows=(_send_to_city,),
            page="hand_over",
            journal="Форма сдана",
            said="Форма сдана. Эстафета у Управления образования.",
            baton=_TO_ANSWER,
            lane=_DONE,
            paper="T-39",
            seed="4.2(8), 6.2",
        ),
        Transition(
            verb="submit_late",
            label="Сдать форму с опозданием",
            sources=(S.DIRECTOR_SIGNED,),
            target=S.LATE_SUBMITTED,
            rule=access.can_sign_form,
            guards=(
                Guard(
                    "late", "Форма сдаётся вовремя: пояснять нечего. Откройте страницу заново.", _out_of_time
                ),
            ),
            needs_comment=True,
            changes=(_stamp_handed_over,),
            follows=(_send_to_city,),
            page="hand_over",
            journal="Форма сдана с опозданием",
            said="Форма сдана с опозданием. Эстафета у Управления образования.",
            baton=_TO_ANSWER,
            lane=_DONE,
            paper="T-39",
        ),
        Transition(
            verb="accept",
            label="Город принял",
            sources=HANDED,
            target=S.ACCEPTED,
            rule=by_time,
            asks=Answer,
            changes=(_write_answer,),
            journal="Город принял форму",
            baton=no_baton("Форма принята."),
            lane=Place("Принята городом"),
        ),
        Transition(
            verb="return",
            label="Город вернул",
            sources=HANDED,
            target=S.RETURNED,
            rule=by_time,
            asks=Answer,
            changes=(_write_answer, _next_revision),
            journal="Город вернул форму",
            baton=Baton("за куратором и директором", "поправить и сдать ещё раз"),
            lane=Place("В работе", stopped="Возвращена"),
        ),
        Transition(
            verb="mark_late",
            label="Сбор закончили раньше, чем форма дошла",
            sources=(S.SUBMITTED,),
            target=S.LATE_SUBMITTED,
            rule=by_time,
            changes=(_is_late,),
            journal="Форма считается сданной с опозданием: сбор закончили раньше, чем она дошла",
            told=_BY_LETTER,
            baton=_TO_ANSWER,
            lane=_DONE,
        ),
        Transition(
            verb="in_time",
            label="Срок продлён: сдана вовремя",
            sources=(S.LATE_SUBMITTED,),
            target=S.SUBMITTED,
            rule=by_time,
            changes=(_is_not_late,),
            journal="Форма считается сданной вовремя: срок продлили",
            told=_BY_LETTER,
            baton=_TO_ANSWER,
            lane=_DONE,
        ),
        Transition(
            verb="cancel",
            label="Город отменил сбор",
            sources=(*WITH_SCHOOL, *HANDED),
            target=S.CANCELLED,
            rule=by_time,
            changes=(_write_word_of_city,),
            journal="Город отменил сбор",
            told=(Told(_principal_and_curator, _cancelled, _page, kind="campaign_cancelled"),),
            baton=no_baton("Сдавать форму не нужно."),
            lane=Place("", stopped="Сбор отменён"),
        ),
    ),
)
