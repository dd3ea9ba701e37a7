"""«Что дальше» before there is a pair: whom to help, and whose word a mentor's card waits for. At most three
queries.
"""

from collections.abc import Iterable

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import NextStep
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.states import CardState
from portal.mentoring.selectors.figures import young_with_mentor
from portal.staff.selectors import Holders
from portal.ui.words import plural
from tenants.links import link

LONGEST = 20
WAITING = (CardState.CANDIDATE, CardState.RECOMMENDED, CardState.CONFIRMED)


def card_steps(by: Actor, holders: Holders) -> list[NextStep]:
    """The cards that wait for this person's word, and the own one that waits for another's."""
    waiting = (
        MentorCard.objects.filter(state__in=WAITING, principal_word_on=None)
        .select_related("employee")
        .order_by("id")
    )
    rows: Iterable[MentorCard] = (
        waiting[:LONGEST]
        if by.can("mentor_card:recommend") or by.can("mentor_card:confirm")
        else waiting.filter(employee__user=by.user)
    )
    return [step for card in rows if (step := _of_office(card, by) or _of_owner(card, by, holders))]


def _of_office(card: MentorCard, by: Actor) -> NextStep | None:
    who, url, since = (
        card.employee.short_name,
        link("mentor_bank:card", card.uuid),
        clock.local(card.updated_at).date(),
    )
    confirms = by.can("mentor_card:confirm")
    if card.state == CardState.CANDIDATE and by.can("mentor_card:recommend"):
        title = f"Хочет быть наставником: {who}"
        why = "Посмотрите карточку и рекомендуйте или ответьте, почему нет."
        return NextStep(
            "card_to_recommend",
            title,
            why,
            url,
            "Посмотреть карточку",
            waiting_since=since,
            icon="person-check",
            weight=32,
        )
    if card.state == CardState.RECOMMENDED and confirms and "curator" in by.offices:
        title, why = f"Подтвердите наставника: {who}", "Карточка рекомендована, нужно слово куратора."
        return NextStep(
            "card_to_confirm",
            title,
            why,
            url,
            "Посмотреть карточку",
            waiting_since=since,
            icon="person-check",
            weight=32,
        )
    if card.state == CardState.CONFIRMED and confirms and "principal" in by.offices:
        title, why = f"Согласитесь с наставником: {who}", "Куратор подтвердил, нужно и ваше слово."
        return NextStep(
            "card_to_endorse",
            title,
            why,
            url,
            "Посмотреть карточку",
            waiting_since=since,
            icon="person-check",
            weight=32,
        )
    return None


def _of_owner(card: MentorCard, by: Actor, holders: Holders) -> NextStep | None:
    if not by.is_person(card.employee.user):
        return None
    who = holders.of(Office.PRINCIPAL if card.state == CardState.CONFIRMED else Office.CURATOR)
    return NextStep(
        "own_card_waits",
        "Ваша карточка наставника",
        f"Состояние: {card.get_state_display()}.",
        link("mentor_bank:card", card.uuid),
        who=who,
        waiting_since=clock.local(card.updated_at).date(),
    )


def first_need_step(by: Actor) -> list[NextStep]:
    """A school that has its people but no need yet: mentoring begins with the question whom to help."""
    if not by.can("need:accept") or MenteeNeed.objects.exists():
        return []
    young = young_with_mentor().whole
    if not young:
        return []
    words = (
        f"В школе {young} {plural(young, 'молодой педагог,молодых педагога,молодых педагогов')}. Спросите, "
        "что даётся трудно, и запишите потребность."
    )
    return [
        NextStep(
            "need_to_record",
            "Кому нужна помощь?",
            words,
            link("mentor_bank:need_new"),
            "Записать потребность",
            icon="person-raised-hand",
            weight=35,
        )
    ]
