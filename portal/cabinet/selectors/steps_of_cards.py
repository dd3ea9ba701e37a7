"""«Что дальше» before there is a pair: whom to help, and whose word a mentor's card waits for. At most three
queries.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.offices import Office
from portal.cabinet.selectors.at_hand import LONGEST
from portal.core import clock
from portal.core.actor import Actor
from portal.core.counting import home_numbers
from portal.core.next_steps import NextStep
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.states import CardState, NeedState
from portal.mentoring.models import PairMentee
from portal.mentoring.states import OPEN_PAIRS
from portal.municipality.indicators import share_of
from portal.staff.selectors import Holders
from portal.ui.words import plural
from tenants.links import link

WAITING = (CardState.CANDIDATE, CardState.RECOMMENDED, CardState.CONFIRMED)


def waiting_cards(by: Actor) -> QuerySet[MentorCard]:
    """Cards that wait for somebody's word: all for the offices, the own one for its mentor."""
    waiting = MentorCard.objects.filter(state__in=WAITING, principal_word_on=None)
    if by.can("mentor_card:recommend") or by.can("mentor_card:confirm"):
        return waiting
    return waiting.filter(person__user=by.user)


def card_steps(by: Actor, holders: Holders) -> list[NextStep]:
    """The cards that wait for this person's word, and the own one that waits for another's."""
    if not home_numbers(by)["cards"]:
        return []
    rows = waiting_cards(by).select_related("person").order_by("id")[:LONGEST]
    return [step for card in rows if (step := _of_office(card, by) or _of_owner(card, by, holders))]


def _of_office(card: MentorCard, by: Actor) -> NextStep | None:
    who, url, since = (
        card.person.short_name,
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
    if not by.is_person(card.person.user):
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


def need_steps(by: Actor) -> list[NextStep]:
    """Whom to help: the needs that wait, or, in a school without any, the question itself."""
    if not by.can("need:accept"):
        return []
    waiting = [_of_need(need) for need in _waiting_needs()[:LONGEST]]
    return waiting or ([] if MenteeNeed.objects.exists() else _first_need(by))


def own_needs(by: Actor) -> QuerySet[MenteeNeed]:
    """The reader's own ones for which no pair is open."""
    rows = MenteeNeed.objects.filter(person__user=by.user, state__in=(NeedState.NEW, NeedState.ACCEPTED))
    return rows.exclude(_is_paired())


def _is_paired() -> Exists:
    return Exists(PairMentee.objects.filter(need=OuterRef("pk"), pair__state__in=OPEN_PAIRS))


def _waiting_needs() -> QuerySet[MenteeNeed]:
    """New ones, and accepted ones for which no pair is open."""
    alone = Q(state=NeedState.ACCEPTED) & ~_is_paired()
    rows = MenteeNeed.objects.filter(Q(state=NeedState.NEW) | alone)
    return rows.select_related("person").order_by("actualised_on", "pk")


def _of_need(need: MenteeNeed) -> NextStep:
    if need.state == NeedState.NEW:
        return NextStep(
            "need_to_accept",
            f"Новая потребность: {need.person.short_name}",
            need.request[:140],
            link("mentor_bank:need", need.uuid),
            "Посмотреть",
            waiting_since=need.actualised_on,
            icon="person-raised-hand",
            weight=30,
        )
    return NextStep(
        "pair_to_propose",
        f"Предложите наставника: {need.person.short_name}",
        need.request[:140],
        link("mentoring:propose", need.uuid),
        "Подобрать",
        waiting_since=need.actualised_on,
        icon="people",
        weight=35,
    )


def _first_need(by: Actor) -> list[NextStep]:
    """Mentoring begins with the question whom to help, when the people are there."""
    young = share_of("young", home_numbers(by)).whole
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
