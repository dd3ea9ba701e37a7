"""SM-11b as the city sees it: `submitted`, or `late_submitted` when the form came after its term or after the
closing, until it is answered.
"""

from collections.abc import Callable
from typing import Any

from portal.core import clock
from portal.core.workflow import (
    Baton,
    Begins,
    Move,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_lane,
    no_paper,
    nobody,
)
from portal.exchange import send
from portal.municipality import access
from portal.municipality.letters import FORM_ANSWERED, AnsweredForm
from portal.municipality.models import ReceivedForm
from portal.municipality.states import HANDED
from portal.municipality.states import ReceivedState as R


def _write_answer(form: ReceivedForm, move: Move[Any]) -> None:
    form.checked_at, form.comment = clock.now(), move.comment


def _answer(accepted: bool) -> Callable[[ReceivedForm, Move[Any]], None]:
    def answer_to_school(form: ReceivedForm, move: Move[Any]) -> None:
        letter = AnsweredForm(
            form=form.form,
            revision=form.revision,
            accepted=accepted,
            comment=form.comment,
            answered_at=form.checked_at,
        )
        send(FORM_ANSWERED, letter, topic=form.form, by=move.by, school=form.school.uuid)

    return answer_to_school


def _in_time(form: ReceivedForm, move: Move[Any]) -> None:
    form.is_late = False


_TO_CHECK = Baton("за Управлением", "проверить форму")

RECEIVED: Workflow[ReceivedForm] = Workflow(
    name="received_form",
    code="SM-11b",
    title="Сданная форма",
    model=ReceivedForm,
    lane=no_lane("Город видит форму от сдачи до ответа: это один шаг."),
    paper=no_paper("Сводка T-40 складывается из принятых форм всех школ."),
    begins=Begins(states=HANDED, baton=_TO_CHECK),
    transitions=(
        Transition(
            verb="accept",
            label="Принять форму",
            sources=HANDED,
            target=R.ACCEPTED,
            rule=access.can_accept_form,
            changes=(_write_answer,),
            follows=(_answer(True),),
            journal="Форма школы принята",
            said="Форма принята, числа попали в сводку.",
            told=nobody("Школе отвечает письмо."),
            baton=no_baton("Числа приняты."),
            seed="6.2",
        ),
        Transition(
            verb="return",
            label="Вернуть с замечаниями",
            sources=HANDED,
            target=R.RETURNED,
            rule=access.can_check_form,
            needs_comment=True,
            changes=(_write_answer,),
            follows=(_answer(False),),
            journal="Форма возвращена школе",
            said="Форма возвращена. Эстафета у школы.",
            told=nobody("Школе отвечает письмо."),
            baton=Baton("за школой", "поправить и сдать ещё раз"),
            seed="6.2",
        ),
        Transition(
            verb="in_time",
            label="Срок продлён: сдана вовремя",
            sources=(R.LATE_SUBMITTED,),
            target=R.SUBMITTED,
            rule=by_time,
            changes=(_in_time,),
            journal="Форма сдана вовремя: срок продлён",
            told=nobody("О новом сроке каждой школе говорит письмо о продлении."),
            baton=_TO_CHECK,
        ),
    ),
)
