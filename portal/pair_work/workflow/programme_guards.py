"""What must be true of a programme, with the sentence that says how to mend it."""

import datetime as dt
from collections.abc import Iterable

from portal.core import clock
from portal.core.actor import Actor
from portal.core.school_year import SchoolYear
from portal.core.workflow import Guard
from portal.mentor_bank import difficulties
from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.states import MentoringKind
from portal.mentoring.states import PairState
from portal.pair_work.ending import results_are_due
from portal.pair_work.models import Programme, ProgrammeConfirmation
from portal.pair_work.silence import correction_is_stuck, may_end_unrated, may_enter_agreement
from portal.pair_work.states import ProgrammeState as S
from portal.pair_work.workflow.texts import year_is_free

TYPICAL_DAYS = (85, 370)
"""3–12 months; another length is possible with a reason (§12)."""


def _has_goals(programme: Programme, by: Actor) -> bool:
    wanted = {*programme.difficulty_items, *([difficulties.FREE] if programme.free_difficulty else [])}
    return bool(wanted) and wanted <= set(programme.goals.values_list("difficulty", flat=True))


def _has_activities(programme: Programme, by: Actor) -> bool:
    least = 1 if MentoringKind.SPEED in programme.pair.kinds else 3
    return programme.activities.count() >= least


def _within(start: dt.date, end: dt.date, spans: Iterable[tuple[dt.date, dt.date]]) -> bool:
    return all(start <= a <= b <= end for a, b in spans)


def _dates_fit(programme: Programme, by: Actor) -> bool:
    """Inside the pair's period and inside one school year (it ends by 31 August)."""
    pair, year = programme.pair, SchoolYear(programme.year)
    begins = min(pair.planned_from, pair.started_on or pair.planned_from)
    return _within(
        max(begins, year.starts_on),
        min(pair.planned_to, year.ends_on),
        [(programme.starts_on, programme.ends_on)],
    )


def _plan_fits(programme: Programme, by: Actor) -> bool:
    return _within(
        programme.starts_on, programme.ends_on, programme.activities.values_list("starts_on", "ends_on")
    )


def _length_is_said(programme: Programme, by: Actor) -> bool:
    days = (programme.ends_on - programme.starts_on).days
    return (
        TYPICAL_DAYS[0] <= days <= TYPICAL_DAYS[1]
        or bool(programme.length_reason.strip())
        or MentoringKind.SPEED in programme.pair.kinds
    )


def _pair_works(programme: Programme, by: Actor) -> bool:
    return programme.pair.state == PairState.ACTIVE


def confirmed_by_all(programme: Programme, by: Actor) -> bool:
    """Every mentee agrees with this very revision."""
    said = set(
        ProgrammeConfirmation.objects.filter(programme=programme, revision=programme.revision).values_list(
            "person_id", flat=True
        )
    )
    return {person.pk for person in programme.pair.people if not person.has_left} <= said


def _corrected(programme: Programme, by: Actor) -> bool:
    """In a correction the mentor submits a new revision first."""
    return programme.state != S.CORRECTION or programme.submitted_on is not None


def _not_said_yet(programme: Programme, by: Actor) -> bool:
    return not ProgrammeConfirmation.objects.filter(
        programme=programme, revision=programme.revision, person__user=by.user
    ).exists()


def _starts_today(programme: Programme, by: Actor) -> bool:
    return programme.starts_on <= clock.today()


def _association_reviews(programme: Programme, by: Actor) -> bool:
    return MentoringSettings.here().association_reviews


def _association_is_silent(programme: Programme, by: Actor) -> bool:
    return not MentoringSettings.here().association_reviews


def _nearly_done(programme: Programme, by: Actor) -> bool:
    return results_are_due(programme)


def _goals_rated(programme: Programme, by: Actor) -> bool:
    return (
        not programme.goals.filter(mentor_rating="").exists()
        and not programme.goals.filter(mentee_rating="").exists()
    )


def _not_agreed_or_pair_over(programme: Programme, by: Actor) -> bool:
    return by.is_system or programme.state not in AGREED or not programme.pair.is_open


def onward(programme: Programme) -> str:
    """The step to the next reader, when the pair has agreed."""
    if programme.state == S.CORRECTION:
        return "continue"
    return "to_association" if MentoringSettings.here().association_reviews else "to_curator"


def _may_enter_agreement(programme: Programme, by: Actor) -> bool:
    return may_enter_agreement(programme)


def _correction_is_stuck(programme: Programme, by: Actor) -> bool:
    return correction_is_stuck(programme)


def _year_is_free(programme: Programme, by: Actor) -> bool:
    return year_is_free(programme)


def _may_end_unrated(programme: Programme, by: Actor) -> bool:
    return may_end_unrated(programme)


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
