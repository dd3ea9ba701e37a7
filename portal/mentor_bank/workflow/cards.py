"""SM-2: the card of a mentor. The thresholds of §6.1 are checked unless a waiver says why they do not apply.

The second word, the principal's, is a row of its own that keeps the state (decisions.md). The personnel
officer only reads cards (domain.md §2.2): whoever is dismissed leaves the bank by time.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import (
    Baton,
    Begins,
    Guard,
    Move,
    Told,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_lane,
    no_paper,
    nobody,
)
from portal.mentor_bank.access import cards as access
from portal.mentor_bank.models import CardStage, MentorCard, MentoringSettings
from portal.mentor_bank.pairing import PAIRS
from portal.mentor_bank.states import CardState as S
from portal.staff.models import Person
from portal.staff.selectors import has_consent, holders_of
from portal.staff.states import Category, ConsentKind
from tenants.links import link

_ORDER = (
    Category.NONE,
    Category.SZD,
    Category.FIRST,
    Category.HIGHEST,
    Category.PED_METHODIST,
    Category.PED_MENTOR,
)


def stage_is_enough(person: Person, rules: MentoringSettings) -> bool:
    """The teaching experience reaches the school's threshold."""
    return person.ped_stage_years is not None and person.ped_stage_years >= rules.min_stage_years


def category_is_enough(person: Person, rules: MentoringSettings) -> bool:
    """The category is not lower than the school's threshold."""
    return _ORDER.index(Category(person.category)) >= _ORDER.index(Category(rules.min_category))


def meets_thresholds(card: MentorCard, by: Actor) -> bool:
    rules = MentoringSettings.here()
    return bool(card.waiver.strip()) or (
        stage_is_enough(card.person, rules) and category_is_enough(card.person, rules)
    )


def _has_results(card: MentorCard, by: Actor) -> bool:
    return len(card.confirmed_results.strip()) >= 30 and card.willing and card.no_disciplinary


def _data_consent(card: MentorCard, by: Actor) -> bool:
    return has_consent(card.person, ConsentKind.PROCESSING)


def both_words(card: MentorCard, by: Actor) -> bool:
    return bool(card.curator_word_on and card.principal_word_on)


def _no_word_yet(card: MentorCard, by: Actor) -> bool:
    return card.principal_word_on is None


def no_open_pairs(card: MentorCard, by: Actor) -> bool:
    return not PAIRS().leads_any(card)


def leads_none(card: MentorCard, by: Actor) -> bool:
    return not PAIRS().works_with_any(card)


def _curator_word(card: MentorCard, move: Move[Any]) -> None:
    card.curator_word_on, card.curator_word_by = clock.today(), move.by.user


def _principal_word(card: MentorCard, move: Move[Any]) -> None:
    card.principal_word_on, card.principal_word_by = clock.today(), move.by.user


def _owner(card: MentorCard) -> Iterable[UUID | None]:
    return [card.person.user]


def _owner_who_works(card: MentorCard) -> Iterable[UUID | None]:
    """Whoever has left the school does not read it."""
    return [card.person.user] if card.person.is_available else []


def _owner_hears(what: str) -> tuple[Told[MentorCard], ...]:
    """When it was the curator who made the step."""
    return (Told(_owner_who_works, lambda card: f"Ваша карточка наставника {what}", _page),)


def _owner_and_principals(card: MentorCard) -> Iterable[UUID | None]:
    return [card.person.user, *holders_of("principal")]


def _page(card: MentorCard) -> str:
    return link("mentor_bank:card", card.uuid)


def _after_curator(card: MentorCard) -> Baton:
    if card.principal_word_on is None:
        return Baton("за директором", "согласиться с наставником")
    return Baton("за куратором", "предложить пару")


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
LEADS_NONE = Guard("leads_a_pair", "Наставник ещё ведёт пару.", leads_none)
NO_PAIRS = Guard(
    "open_pairs",
    "У наставника есть открытые пары: сначала завершите их или замените наставника.",
    no_open_pairs,
)

_NEW_CARD = "Эта карточка закроется. Если человек снова соберётся в наставники, заводят новую."
_LEADS = no_baton("Наставник ведёт пару.")
_OVER = no_baton("Закрытую карточку не открывают: заводят новую.")

CARD = Workflow(
    name="mentor_card",
    code="SM-2",
    title="Карточка наставника",
    model=MentorCard,
    keeps=(CardStage.keep,),
    lane=no_lane("Карточка показывает, что проверено, списком отметок."),
    paper=no_paper("Наставников выгружают списком, бумаги у шага нет."),
    begins=Begins(
        states=(S.CANDIDATE,),
        baton=Baton("за ШМО или куратором", "рекомендовать или ответить, почему нет"),
    ),
    transitions=(
        Transition(
            verb="recommend",
            label="Рекомендовать",
            sources=(S.CANDIDATE,),
            target=S.RECOMMENDED,
            rule=access.can_recommend_card,
            guards=(RESULTS, THRESHOLDS),
            journal="Наставник рекомендован",
            told=nobody("Куратор видит карточку в «Что дальше»."),
            baton=Baton("за куратором", "подтвердить наставника"),
            seed="4.1",
        ),
        Transition(
            verb="confirm",
            label="Подтвердить наставника",
            sources=(S.RECOMMENDED,),
            target=S.CONFIRMED,
            rule=access.can_confirm_as_curator,
            guards=(PD, RESULTS, THRESHOLDS),
            changes=(_curator_word,),
            journal="Куратор подтвердил наставника",
            said="Наставник подтверждён. Теперь нужно слово директора.",
            told=(
                Told(
                    _owner_and_principals,
                    lambda card: f"{card.person.short_name}: наставник подтверждён",
                    _page,
                ),
            ),
            baton=_after_curator,
            seed="4.1",
        ),
        Transition(
            verb="endorse",
            label="Согласиться с наставником",
            sources=(S.CONFIRMED,),
            target=S.CONFIRMED,
            rule=access.can_confirm_as_principal,
            guards=(NO_WORD, PD),
            changes=(_principal_word,),
            journal="Директор согласился с наставником",
            said="Записано: слово директора есть.",
            told=nobody("Слово директора видно на карточке."),
            baton=_after_curator,
            seed="4.1",
        ),
        Transition(
            verb="activate",
            label="Первая пара действует",
            sources=(S.CONFIRMED,),
            target=S.ACTIVE,
            rule=by_time,
            guards=(BOTH,),
            journal="Наставник ведёт пару",
            told=nobody("О том, что пара действует, говорит сама пара."),
            baton=_LEADS,
            seed="4.1",
        ),
        Transition(
            verb="free",
            label="Последняя пара закончилась",
            sources=(S.ACTIVE,),
            target=S.CONFIRMED,
            rule=by_time,
            guards=(LEADS_NONE,),
            journal="Наставник свободен: пар, которые он ведёт, больше нет",
            told=nobody("О том, что пара закончилась, говорит сама пара."),
            baton=_after_curator,
            seed="4.1",
        ),
        *(
            Transition(
                verb="reconfirm",
                label="Подтвердить на этот год",
                sources=(state,),
                target=state,
                rule=access.can_confirm_as_curator,
                guards=(PD, RESULTS, THRESHOLDS),
                changes=(_curator_word,),
                quiet=True,
                journal="Куратор подтвердил наставника ещё раз",
                told=nobody("Для наставника ничего не меняется: слово остаётся в силе."),
                baton=baton,
                seed="6.1 кур. (1)",
            )
            for state, baton in ((S.CONFIRMED, _after_curator), (S.ACTIVE, _LEADS))
        ),
        Transition(
            verb="pause",
            label="Поставить на паузу",
            sources=(S.CONFIRMED, S.ACTIVE),
            target=S.PAUSED,
            rule=access.can_pause_card,
            quiet=True,
            journal="Карточка поставлена на паузу",
            told=_owner_hears("на паузе: новых пар не предложат"),
            baton=Baton("за наставником или куратором", "снять с паузы"),
            seed="8.3 (2)",
        ),
        Transition(
            verb="resume",
            label="Снять с паузы",
            sources=(S.PAUSED,),
            target=S.CONFIRMED,
            rule=access.can_pause_card,
            journal="Карточка снята с паузы",
            told=_owner_hears("снята с паузы"),
            baton=_after_curator,
            seed="8.3 (2)",
        ),
        Transition(
            verb="reject",
            label="Не подтверждать",
            sources=(S.CANDIDATE, S.RECOMMENDED),
            target=S.REJECTED,
            rule=access.can_recommend_card,
            needs_comment=True,
            quiet=True,
            final=_NEW_CARD,
            journal="Наставник не подтверждён",
            told=(
                Told(
                    _owner,
                    lambda card: "Ваша карточка наставника не подтверждена: почему, сказано на её странице",
                    _page,
                ),
            ),
            baton=_OVER,
            seed="4.1",
        ),
        Transition(
            verb="archive",
            label="Убрать в архив",
            sources=(S.CANDIDATE, S.RECOMMENDED, S.CONFIRMED, S.ACTIVE, S.PAUSED),
            target=S.ARCHIVED,
            rule=access.can_archive_card,
            guards=(NO_PAIRS,),
            quiet=True,
            final=_NEW_CARD,
            journal="Карточка убрана в архив",
            told=_owner_hears("убрана в архив"),
            baton=_OVER,
            seed="4.1",
        ),
    ),
)
