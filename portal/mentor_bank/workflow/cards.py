"""SM-2: the card of a mentor. The thresholds of §6.1 are checked unless a waiver says why they do not apply.

The second word, the principal's, is a row of its own that keeps the state (decisions.md). The personnel
officer only reads cards (domain.md §2.2): whoever is dismissed leaves the bank by time.
"""

from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time
from portal.mentor_bank.access import cards as access
from portal.mentor_bank.models import MentorCard, MentoringSettings
from portal.mentor_bank.pairing import PAIRS
from portal.mentor_bank.states import CardState as S
from portal.staff.models import Employee
from portal.staff.selectors import has_consent
from portal.staff.states import Category, ConsentKind

_ORDER = (
    Category.NONE,
    Category.SZD,
    Category.FIRST,
    Category.HIGHEST,
    Category.PED_METHODIST,
    Category.PED_MENTOR,
)


def stage_is_enough(employee: Employee, rules: MentoringSettings) -> bool:
    """The teaching experience reaches the school's threshold."""
    return employee.ped_stage_years is not None and employee.ped_stage_years >= rules.min_stage_years


def category_is_enough(employee: Employee, rules: MentoringSettings) -> bool:
    """The category is not lower than the school's threshold."""
    return _ORDER.index(Category(employee.category)) >= _ORDER.index(Category(rules.min_category))


def meets_thresholds(card: MentorCard, by: Actor, extra: Extra) -> bool:
    rules = MentoringSettings.here()
    return bool(card.waiver.strip()) or (
        stage_is_enough(card.employee, rules) and category_is_enough(card.employee, rules)
    )


def _has_results(card: MentorCard, by: Actor, extra: Extra) -> bool:
    return len(card.confirmed_results.strip()) >= 30 and card.willing and card.no_disciplinary


def _data_consent(card: MentorCard, by: Actor, extra: Extra) -> bool:
    return has_consent(card.employee, ConsentKind.PROCESSING)


def both_words(card: MentorCard, by: Actor, extra: Extra) -> bool:
    return bool(card.curator_word_on and card.principal_word_on)


def _no_word_yet(card: MentorCard, by: Actor, extra: Extra) -> bool:
    return card.principal_word_on is None


def no_open_pairs(card: MentorCard, by: Actor, extra: Extra) -> bool:
    return not PAIRS().leads_any(card)


def _curator_word(card: Any, by: Actor, extra: Extra) -> None:
    card.curator_word_on, card.curator_word_by = clock.today(), by.user


def _principal_word(card: Any, by: Actor, extra: Extra) -> None:
    card.principal_word_on, card.principal_word_by = clock.today(), by.user


RESULTS = Guard(
    "results",
    "Опишите подтверждённые результаты (не меньше 30 знаков), отметьте готовность и отсутствие взысканий.",
    _has_results,
)
THRESHOLDS = Guard(
    "thresholds",
    "Стаж или категория ниже порога школы. Напишите в карточке, почему порог здесь не применяется.",
    meets_thresholds,
)
PD = Guard(
    "personal_consent",
    "Нет действующего согласия на обработку персональных данных. Его принимают на странице сотрудника.",
    _data_consent,
)
BOTH = Guard("both_words", "Нужно слово и куратора, и директора.", both_words)
NO_WORD = Guard("word_given", "Директор уже подтвердил наставника.", _no_word_yet)
NO_PAIRS = Guard(
    "open_pairs",
    "У наставника есть открытые пары: сначала завершите их или замените наставника.",
    no_open_pairs,
)

NEW_CARD = "Эта карточка закроется. Если человек снова соберётся в наставники, заводят новую."

CARD = Workflow(
    "mentor_card",
    "Карточка наставника",
    MentorCard,
    (
        Transition(
            "recommend",
            "Рекомендовать",
            (S.CANDIDATE,),
            S.RECOMMENDED,
            access.can_recommend_card,
            (RESULTS, THRESHOLDS),
            seed="4.1",
        ),
        Transition(
            "confirm",
            "Подтвердить наставника",
            (S.RECOMMENDED,),
            S.CONFIRMED,
            access.can_confirm_as_curator,
            (PD, RESULTS, THRESHOLDS),
            (_curator_word,),
            seed="4.1",
        ),
        Transition(
            "endorse",
            "Согласиться с наставником",
            (S.CONFIRMED,),
            S.CONFIRMED,
            access.can_confirm_as_principal,
            (NO_WORD, PD),
            (_principal_word,),
            seed="4.1",
        ),
        Transition(
            "activate", "Первая пара действует", (S.CONFIRMED,), S.ACTIVE, by_time, (BOTH,), seed="4.1"
        ),
        Transition(
            "pause",
            "Поставить на паузу",
            (S.CONFIRMED, S.ACTIVE),
            S.PAUSED,
            access.can_pause_card,
            quiet=True,
            seed="8.3 (2)",
        ),
        Transition(
            "resume", "Снять с паузы", (S.PAUSED,), S.CONFIRMED, access.can_pause_card, seed="8.3 (2)"
        ),
        Transition(
            "reject",
            "Не подтверждать",
            (S.CANDIDATE, S.RECOMMENDED),
            S.REJECTED,
            access.can_recommend_card,
            needs_comment=True,
            quiet=True,
            seed="4.1",
            final=NEW_CARD,
        ),
        Transition(
            "archive",
            "Убрать в архив",
            (S.CANDIDATE, S.RECOMMENDED, S.CONFIRMED, S.ACTIVE, S.PAUSED),
            S.ARCHIVED,
            access.can_archive_card,
            (NO_PAIRS,),
            quiet=True,
            seed="4.1",
            final=NEW_CARD,
        ),
    ),
    code="SM-2",
)
