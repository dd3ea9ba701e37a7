"""SM-4: the programme. Written by the mentor, agreed by the pair, approved by the school; time starts it.

`submit` already brings it to `agreed_by_pair` («ждёт согласия»): each mentee's `confirm` is a row that keeps
the state, and the last one sends the programme on. Diagnostics (T-13) and the final report (T-16) belong to
later rooms: here `finish` looks at the plan and the days. A programme that the pair carries out is not
cancelled from above (Положение 2.3): it ends with its pair.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time
from portal.core.school_year import SchoolYear
from portal.mentoring import difficulties
from portal.mentoring.access import programmes as access
from portal.mentoring.ending import results_are_due
from portal.mentoring.models import MentoringSettings, Programme, ProgrammeConfirmation
from portal.mentoring.silence import correction_is_stuck, may_end_unrated, may_enter_agreement, to_answer_for
from portal.mentoring.states import MentoringKind, PairState
from portal.mentoring.states import ProgrammeState as S
from portal.mentoring.workflow.texts import adopt, bring_back, freeze, open_correction, reopen, year_is_free

TYPICAL_DAYS = (85, 370)
"""3–12 months; another length is possible with a reason (§12)."""


def _has_goals(programme: Programme, by: Actor, extra: Extra) -> bool:
    wanted = {*programme.difficulty_items, *([difficulties.FREE] if programme.free_difficulty else [])}
    return bool(wanted) and wanted <= set(programme.goals.values_list("difficulty", flat=True))


def _has_activities(programme: Programme, by: Actor, extra: Extra) -> bool:
    least = 1 if MentoringKind.SPEED in programme.pair.kinds else 3
    return programme.activities.count() >= least


def _within(start: dt.date, end: dt.date, spans: Iterable[tuple[dt.date, dt.date]]) -> bool:
    return all(start <= a <= b <= end for a, b in spans)


def _dates_fit(programme: Programme, by: Actor, extra: Extra) -> bool:
    """Inside the pair's period and inside one school year (it ends by 31 August)."""
    pair, year = programme.pair, SchoolYear(programme.year)
    begins = min(pair.planned_from, pair.started_on or pair.planned_from)
    return _within(
        max(begins, year.starts_on),
        min(pair.planned_to, year.ends_on),
        [(programme.starts_on, programme.ends_on)],
    )


def _plan_fits(programme: Programme, by: Actor, extra: Extra) -> bool:
    return _within(
        programme.starts_on, programme.ends_on, programme.activities.values_list("starts_on", "ends_on")
    )


def _length_is_said(programme: Programme, by: Actor, extra: Extra) -> bool:
    days = (programme.ends_on - programme.starts_on).days
    return (
        TYPICAL_DAYS[0] <= days <= TYPICAL_DAYS[1]
        or bool(programme.length_reason.strip())
        or MentoringKind.SPEED in programme.pair.kinds
    )


def _pair_works(programme: Programme, by: Actor, extra: Extra) -> bool:
    return programme.pair.state == PairState.ACTIVE


def confirmed_by_all(programme: Programme, by: Actor, extra: Extra) -> bool:
    """Every mentee agrees with this very revision."""
    said = set(
        ProgrammeConfirmation.objects.filter(programme=programme, revision=programme.revision).values_list(
            "employee_id", flat=True
        )
    )
    return {person.pk for person in programme.pair.people if person.is_working} <= said


def _corrected(programme: Programme, by: Actor, extra: Extra) -> bool:
    """In a correction the mentor submits a new revision first."""
    return programme.state != S.CORRECTION or programme.submitted_on is not None


def _not_said_yet(programme: Programme, by: Actor, extra: Extra) -> bool:
    return not ProgrammeConfirmation.objects.filter(
        programme=programme, revision=programme.revision, employee__user=by.user
    ).exists()


def _starts_today(programme: Programme, by: Actor, extra: Extra) -> bool:
    return programme.starts_on <= clock.today()


def _association_reviews(programme: Programme, by: Actor, extra: Extra) -> bool:
    return MentoringSettings.here().association_reviews


def _association_is_silent(programme: Programme, by: Actor, extra: Extra) -> bool:
    return not MentoringSettings.here().association_reviews


def _nearly_done(programme: Programme, by: Actor, extra: Extra) -> bool:
    return results_are_due(programme)


def _goals_rated(programme: Programme, by: Actor, extra: Extra) -> bool:
    return (
        not programme.goals.filter(mentor_rating="").exists()
        and not programme.goals.filter(mentee_rating="").exists()
    )


def _not_agreed_or_pair_over(programme: Programme, by: Actor, extra: Extra) -> bool:
    return by.is_system or programme.state not in AGREED or not programme.pair.is_open


def _say_yes(programme: Any, by: Actor, extra: Extra) -> None:
    person = next(person for person in programme.pair.people if by.is_person(person.user))
    ProgrammeConfirmation.objects.create(
        programme=programme, revision=programme.revision, employee=person, created_by=by.user
    )


def _say_yes_on_paper(programme: Any, by: Actor, extra: Extra) -> None:
    ProgrammeConfirmation.objects.bulk_create(
        ProgrammeConfirmation(
            programme=programme, revision=programme.revision, employee=person, created_by=by.user
        )
        for person in to_answer_for(programme)
    )


def _may_enter_agreement(programme: Programme, by: Actor, extra: Extra) -> bool:
    return may_enter_agreement(programme)


def _correction_is_stuck(programme: Programme, by: Actor, extra: Extra) -> bool:
    return correction_is_stuck(programme)


def _year_is_free(programme: Programme, by: Actor, extra: Extra) -> bool:
    return year_is_free(programme)


def _may_end_unrated(programme: Programme, by: Actor, extra: Extra) -> bool:
    return may_end_unrated(programme)


def _answer(programme: Any, by: Actor, extra: Extra) -> None:
    programme.answer = extra["comment"]


def _recommended(programme: Any, by: Actor, extra: Extra) -> None:
    programme.recommended_on = clock.today()


def _approved(programme: Any, by: Actor, extra: Extra) -> None:
    programme.approved_on, programme.approved_by = clock.today(), by.user


GOALS = Guard("goals", "К каждому выбранному затруднению нужна хотя бы одна цель.", _has_goals)
ACTIVITIES = Guard(
    "activities", "В плане нужно не меньше трёх дел (для скоростного наставничества одного).", _has_activities
)
DATES = Guard(
    "dates",
    "Срок программы должен лежать внутри срока пары и учебного года: не позже 31 августа.",
    _dates_fit,
)
PLAN = Guard("plan_dates", "Сроки дел должны лежать внутри срока программы.", _plan_fits)
LENGTH = Guard(
    "length", "Обычно программа длится от 3 до 12 месяцев. Напишите, почему здесь иначе.", _length_is_said
)
WORKS = Guard("pair_not_active", "Пара сейчас не действует.", _pair_works)
ALL_YES = Guard("not_confirmed", "Согласились ещё не все.", confirmed_by_all)
CORRECTED = Guard("not_corrected", "Сначала наставник отправит уточнённую программу.", _corrected)
FRESH = Guard("already_confirmed", "Вы уже согласились с этой редакцией.", _not_said_yet)
START = Guard("too_early", "День начала ещё не наступил.", _starts_today)
WITH_SMO = Guard("no_association", "В школе нет ШМО, которое смотрит программы.", _association_reviews)
NO_SMO = Guard("association", "Сначала программу смотрит ШМО.", _association_is_silent)
NEARLY = Guard(
    "not_finished",
    "Программа ещё идёт: закончить можно в последний день или когда сделано 90 % дел.",
    _nearly_done,
)
RATED = Guard("goals_not_rated", "Цели оценивают оба: наставник и наставляемый.", _goals_rated)
SILENT = Guard(
    "may_still_answer",
    "Наставляемый ещё может ответить сам: бумажное согласие записывают, если его нет в портале или прошла "
    "неделя.",
    _may_enter_agreement,
)
UNRATED = Guard(
    "may_still_rate",
    "Пара ещё может оценить цели сама: без оценок завершают через две недели или когда оценить уже некому.",
    _may_end_unrated,
)
STUCK = Guard(
    "may_still_correct",
    "Уточнение открыто недавно: без него продолжают, если за неделю ничего не изменилось или наставник ушёл.",
    _correction_is_stuck,
)
YEAR_FREE = Guard(
    "year_taken",
    "На учебный год прежней редакции у пары уже есть другая программа. Прежнюю можно вернуть, когда той не "
    "станет.",
    _year_is_free,
)
NOT_ABOVE = Guard(
    "pair_open",
    "Программу уже выполняют: она закончится вместе с парой. Изменить её пара может сама.",
    _not_agreed_or_pair_over,
)
TEXT = (GOALS, ACTIVITIES, DATES, PLAN, LENGTH, WORKS)
AGREED = (S.APPROVED, S.IN_PROGRESS, S.CORRECTION, S.FINAL_REVIEW)
OPEN = (
    S.DRAFT,
    S.AGREED_BY_PAIR,
    S.SMO_REVIEW,
    S.CURATOR_REVIEW,
    S.APPROVED,
    S.IN_PROGRESS,
    S.CORRECTION,
    S.FINAL_REVIEW,
    S.RETURNED,
)

PROGRAMME = Workflow(
    "programme",
    "Программа",
    Programme,
    (
        Transition(
            "submit",
            "Отправить на согласие",
            (S.DRAFT, S.RETURNED),
            S.AGREED_BY_PAIR,
            access.can_submit_programme,
            TEXT,
            (freeze,),
            document="T-11",
            seed="4.2 (2)",
        ),
        Transition(
            "confirm",
            "Согласиться с программой",
            (S.AGREED_BY_PAIR,),
            S.AGREED_BY_PAIR,
            access.can_confirm_programme,
            (FRESH,),
            (_say_yes,),
            document="T-11",
            seed="2.3",
        ),
        Transition(
            "enter_agreement",
            "Записать согласие с бумаги",
            (S.AGREED_BY_PAIR,),
            S.AGREED_BY_PAIR,
            access.can_enter_agreement,
            (SILENT,),
            (_say_yes_on_paper,),
            needs_comment=True,
            quiet=True,
            seed="2.3",
        ),
        Transition(
            "ask_changes",
            "Попросить поправить",
            (S.AGREED_BY_PAIR,),
            S.RETURNED,
            access.can_confirm_programme,
            (),
            (_answer,),
            needs_comment=True,
            quiet=True,
            seed="2.3",
        ),
        Transition(
            "to_association",
            "Передать ШМО",
            (S.AGREED_BY_PAIR,),
            S.SMO_REVIEW,
            by_time,
            (ALL_YES, WITH_SMO),
            seed="6.1 ШМО (2)",
        ),
        Transition(
            "to_curator",
            "Передать на утверждение",
            (S.AGREED_BY_PAIR,),
            S.CURATOR_REVIEW,
            by_time,
            (ALL_YES, NO_SMO),
            seed="4.2 (2)",
        ),
        Transition(
            "recommend",
            "Рекомендовать к утверждению",
            (S.SMO_REVIEW,),
            S.CURATOR_REVIEW,
            access.can_review_programme,
            effects=(_recommended,),
            seed="6.1 ШМО (2)",
        ),
        Transition(
            "skip_association",
            "Обойтись без ШМО",
            (S.SMO_REVIEW,),
            S.CURATOR_REVIEW,
            access.can_skip_association,
            needs_comment=True,
            quiet=True,
            seed="4.2 (2)",
        ),
        Transition(
            "return",
            "Вернуть наставнику",
            (S.SMO_REVIEW,),
            S.RETURNED,
            access.can_review_programme,
            (),
            (_answer,),
            needs_comment=True,
            quiet=True,
            seed="6.1 ШМО (2)",
        ),
        Transition(
            "approve",
            "Утвердить программу",
            (S.CURATOR_REVIEW,),
            S.APPROVED,
            access.can_approve_programme,
            (WORKS,),
            (_approved, adopt),
            document="T-11",
            seed="4.2 (2)",
        ),
        Transition(
            "return",
            "Вернуть наставнику",
            (S.CURATOR_REVIEW,),
            S.RETURNED,
            access.can_approve_programme,
            (),
            (_answer,),
            needs_comment=True,
            quiet=True,
            seed="4.2 (2)",
        ),
        Transition("start", "Начать", (S.APPROVED,), S.IN_PROGRESS, by_time, (START, WORKS), seed="4.2 (2)"),
        Transition(
            "correct",
            "Уточнить программу",
            (S.IN_PROGRESS,),
            S.CORRECTION,
            access.can_correct_programme,
            (),
            (open_correction,),
            needs_comment=True,
            quiet=True,
            seed="6.1 ШМО (4)",
        ),
        Transition(
            "submit_correction",
            "Отправить уточнение",
            (S.CORRECTION,),
            S.CORRECTION,
            access.can_submit_programme,
            TEXT,
            (freeze,),
            needs_comment=True,
            document="T-11",
            seed="2.3",
        ),
        Transition(
            "confirm",
            "Согласиться с уточнением",
            (S.CORRECTION,),
            S.CORRECTION,
            access.can_confirm_programme,
            (CORRECTED, FRESH),
            (_say_yes,),
            seed="2.3",
        ),
        Transition(
            "ask_changes",
            "Попросить поправить",
            (S.CORRECTION,),
            S.CORRECTION,
            access.can_confirm_programme,
            (CORRECTED,),
            (reopen,),
            needs_comment=True,
            quiet=True,
            seed="2.3",
        ),
        Transition(
            "enter_agreement",
            "Записать согласие с бумаги",
            (S.CORRECTION,),
            S.CORRECTION,
            access.can_enter_agreement,
            (CORRECTED, SILENT),
            (_say_yes_on_paper,),
            needs_comment=True,
            quiet=True,
            seed="2.3",
        ),
        Transition(
            "continue",
            "Продолжить по новой редакции",
            (S.CORRECTION,),
            S.IN_PROGRESS,
            by_time,
            (CORRECTED, ALL_YES),
            (adopt,),
            seed="2.3",
        ),
        Transition(
            "withdraw_correction",
            "Вернуться к утверждённой программе",
            (S.CORRECTION,),
            S.IN_PROGRESS,
            access.can_withdraw_correction,
            (STUCK, YEAR_FREE),
            (bring_back,),
            needs_comment=True,
            quiet=True,
            seed="2.3",
        ),
        Transition(
            "finish",
            "Подвести итоги",
            (S.IN_PROGRESS,),
            S.FINAL_REVIEW,
            access.can_submit_programme,
            (NEARLY,),
            seed="8.2",
        ),
        Transition(
            "complete",
            "Завершить программу",
            (S.FINAL_REVIEW,),
            S.COMPLETED,
            access.can_complete_programme,
            (RATED,),
            seed="8.2",
            final="Завершённую программу, её цели и дела больше не меняют.",
        ),
        Transition(
            "complete_unrated",
            "Завершить без оценок",
            (S.FINAL_REVIEW,),
            S.COMPLETED,
            access.can_complete_programme,
            (UNRATED,),
            needs_comment=True,
            quiet=True,
            seed="8.2",
            final="Завершённую программу, её цели и дела больше не меняют.",
        ),
        Transition(
            "cancel",
            "Отменить программу",
            OPEN,
            S.CANCELLED,
            access.can_cancel_programme,
            (NOT_ABOVE,),
            needs_comment=True,
            quiet=True,
            seed="4.2 (2)",
            final="Отменённую программу не продолжить. Паре можно написать новую.",
        ),
    ),
    code="SM-4",
)
