"""SM-11b: the school's form from the campaign's letter to the city's answer.

`overdue` is seen from the day (`SchoolForm.is_overdue`), and the city's check has no state of its own here:
the school knows «сдана», «сдана с опозданием», «принята», «возвращена», «сбор отменён». What is handed over
after the term or after the closing goes by `submit_late`, with a word why (`municipality.lateness` is the one
rule of both contours). Evidence is said in words: files come with the room of campaigns.
"""

from collections.abc import Mapping
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time
from portal.exchange import send
from portal.monitoring import access
from portal.monitoring.differences import needs_words
from portal.monitoring.models import FormValue, SchoolForm
from portal.monitoring.states import HANDED, WITH_SCHOOL
from portal.monitoring.states import FormState as S
from portal.municipality.indicators import INDICATORS
from portal.municipality.letters import FORM_SUBMITTED, SubmittedForm
from portal.municipality.letters import FormValue as SentValue

ENOUGH_WORDS = 10


def _explained(code: str) -> Any:
    def explained(form: SchoolForm, by: Actor, extra: Extra) -> bool:
        typed: Mapping[str, int | None] | None = extra.get("declared", {}).get(code)
        words = str(extra.get("explanations", {}).get(code, "")).strip()
        value = form.values.filter(indicator=code).first() if typed is not None else None
        return value is None or len(words) >= ENOUGH_WORDS or not needs_words(value.counted, typed or {})

    return explained


def _possible(code: str) -> Any:
    part, whole = INDICATORS[code].keys

    def possible(form: SchoolForm, by: Actor, extra: Extra) -> bool:
        typed = extra.get("declared", {}).get(code) or {}
        return typed.get(part) is None or typed.get(whole) is None or typed[part] <= typed[whole]

    return possible


_WORDS = (
    "Число отличается от посчитанного больше чем на 5 % или портал его не считает. Напишите, откуда оно: это "
    "прочитает специалист Управления."
)
_FILL_GUARDS = (
    *(Guard(f"possible_{code}", "Часть не бывает больше целого: проверьте оба числа.", _possible(code),
            field=f"{code}_{row.keys[0]}")
      for code, row in INDICATORS.items() if row.is_share),
    *(Guard(f"explained_{code}", _WORDS, _explained(code),
            field=f"{code}_explanation") for code in INDICATORS),
)  # fmt: skip


def is_complete(form: SchoolForm, by: Actor, extra: Extra) -> bool:
    values = list(form.values.all())
    return {value.indicator for value in values} >= set(form.indicators) and all(
        value.declared.get(key) is not None for value in values for key in value.row.keys
    )


def is_explained(form: SchoolForm, by: Actor, extra: Extra) -> bool:
    return all(
        len(value.explanation) >= ENOUGH_WORDS or not needs_words(value.counted, value.declared)
        for value in form.values.all()
    )


def _write_values(form: SchoolForm, by: Actor, extra: Extra) -> None:
    for code, figures in extra.get("declared", {}).items():
        value = form.values.get(indicator=code)
        value.declared = dict(figures)
        value.explanation = str(extra.get("explanations", {}).get(code, "")).strip()
        value.save_change("declared", "explanation")


def _stamp_signed(form: SchoolForm, by: Actor, extra: Extra) -> None:
    form.signed_by, form.signed_at = by.user, clock.now()


def _in_time(form: SchoolForm, by: Actor, extra: Extra) -> bool:
    return not form.is_late_now


def _out_of_time(form: SchoolForm, by: Actor, extra: Extra) -> bool:
    return form.is_late_now


def _hand_over(form: SchoolForm, by: Actor, extra: Extra) -> None:
    form.was_late = form.is_late_now
    form.late_reason = str(extra.get("comment", "")).strip() if form.is_late_now else ""
    form.submitted_at, form.answer, form.answered_at = clock.now(), "", None
    send(
        FORM_SUBMITTED, frozen(form), topic=form.uuid, by=by, title=f"{form.title}, редакция {form.revision}"
    )


def frozen(form: SchoolForm) -> SubmittedForm:
    """What leaves the school: numbers and explanations of this revision."""
    rows: list[FormValue] = list(form.values.all())
    values = [
        SentValue(indicator=v.indicator, counted=v.counted, declared=v.declared, explanation=v.explanation)
        for v in rows
    ]
    return SubmittedForm(
        campaign=form.campaign,
        form=form.uuid,
        revision=form.revision,
        values=values,
        late_reason=form.late_reason,
    )


def _keep_answer(form: SchoolForm, by: Actor, extra: Extra) -> None:
    form.answer, form.answered_at = str(extra.get("comment", "")), extra.get("answered_at") or clock.now()


def _set_late(late: bool) -> Any:
    def set_late(form: SchoolForm, by: Actor, extra: Extra) -> None:
        form.was_late = late

    return set_late


def _next_revision(form: SchoolForm, by: Actor, extra: Extra) -> None:
    form.revision += 1
    form.earlier_late, form.returned_at = form.was_late, form.answered_at


SCHOOL_FORM = Workflow(
    "school_form",
    "Форма школы",
    SchoolForm,
    (
        Transition("prefill", "Заполнить порталом", (S.NOT_STARTED,), S.PREFILLED, by_time, seed="4.2(8)"),
        Transition(
            "fill",
            "Записать числа",
            (S.PREFILLED, S.IN_WORK, S.RETURNED),
            S.IN_WORK,
            access.can_fill_form,
            guards=_FILL_GUARDS,
            effects=(_write_values,),
            page="fill",
        ),
        Transition(
            "sign",
            "Подписать форму",
            (S.PREFILLED, S.IN_WORK),
            S.DIRECTOR_SIGNED,
            access.can_sign_form,
            page="hand_over",
            effects=(_stamp_signed,),
            guards=(
                Guard(
                    "complete",
                    "Заполните все числа формы: часть из них портал посчитать не может.",
                    is_complete,
                ),
                Guard(
                    "explained",
                    "Объясните числа, которые отличаются от посчитанных больше чем на 5 % или которых "
                    "портал не считает.",
                    is_explained,
                ),
            ),
        ),
        Transition(
            "submit",
            "Сдать форму",
            (S.DIRECTOR_SIGNED,),
            S.SUBMITTED,
            access.can_sign_form,
            effects=(_hand_over,),
            document="T-39",
            seed="4.2(8), 6.2",
            page="hand_over",
            guards=(
                Guard(
                    "in_time",
                    "Срок прошёл или сбор закончен: форму ещё можно сдать с опозданием. Откройте страницу "
                    "заново и напишите, почему позже.",
                    _in_time,
                ),
            ),
        ),
        Transition(
            "submit_late",
            "Сдать форму с опозданием",
            (S.DIRECTOR_SIGNED,),
            S.LATE_SUBMITTED,
            access.can_sign_form,
            effects=(_hand_over,),
            needs_comment=True,
            document="T-39",
            page="hand_over",
            guards=(
                Guard(
                    "late", "Форма сдаётся вовремя: пояснять нечего. Откройте страницу заново.", _out_of_time
                ),
            ),
        ),
        Transition("accept", "Город принял", HANDED, S.ACCEPTED, by_time, effects=(_keep_answer,)),
        Transition(
            "return", "Город вернул", HANDED, S.RETURNED, by_time, effects=(_keep_answer, _next_revision)
        ),
        Transition(
            "mark_late",
            "Сбор закончили раньше, чем форма дошла",
            (S.SUBMITTED,),
            S.LATE_SUBMITTED,
            by_time,
            effects=(_set_late(True),),
        ),
        Transition(
            "in_time",
            "Срок продлён: сдана вовремя",
            (S.LATE_SUBMITTED,),
            S.SUBMITTED,
            by_time,
            effects=(_set_late(False),),
        ),
        Transition(
            "cancel",
            "Город отменил сбор",
            (*WITH_SCHOOL, *HANDED),
            S.CANCELLED,
            by_time,
            effects=(_keep_answer,),
        ),
    ),
    code="SM-11b",
)
