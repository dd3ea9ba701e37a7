"""«Что дальше» of mentor and mentee; those of offices stand beside it. A constant number of queries."""

import datetime as dt
from dataclasses import dataclass

from portal.accounts.offices import Office
from portal.cabinet.selectors.at_hand import own_meetings, own_pairs, own_programmes
from portal.cabinet.selectors.steps_of_cards import card_steps, need_steps, own_needs
from portal.cabinet.selectors.steps_of_ends import steps_of_ends
from portal.cabinet.selectors.steps_of_meetings import meeting_steps
from portal.cabinet.selectors.steps_of_offices import office_steps, psychologists_for
from portal.core import clock
from portal.core.actor import Actor
from portal.core.counting import home_numbers
from portal.core.next_steps import Holder, NextStep
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.states import ConsentState, PairRole, PairState
from portal.pair_work.access.programmes import Approval
from portal.pair_work.ending import results_are_due
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import ProgrammeState
from portal.staff.selectors import Holders, holder_of
from tenants.links import link

S = ProgrammeState
PROGRAMME_DUE = dt.timedelta(days=14)


def next_steps(by: Actor) -> list[NextStep]:
    """Own steps of the pair's people, then those of the offices. At most twenty-two queries, however many
    pairs.
    """
    if not by.user:
        return []
    holders = Holders.here()
    return [
        *_of_person(by, holders),
        *need_steps(by),
        *office_steps(by, holders),
        *steps_of_ends(by, holders),
        *card_steps(by, holders),
    ]


def _of_person(by: Actor, holders: Holders) -> list[NextStep]:
    own = OwnWork(own_pairs(by), own_programmes(by), own_meetings(by))
    return steps_of_own(own, by, holders) + _own_needs(by, holders)


@dataclass(frozen=True)
class OwnWork:
    """Open pairs of the reader with their programmes and, by the day, their meetings."""

    pairs: list[Pair]
    programmes: list[Programme]
    meetings: list[Meeting]


def steps_of_own(own: OwnWork, by: Actor, holders: Holders) -> list[NextStep]:
    """The home page asks of all pairs of the reader, the page of a pair of that one."""
    pairs, texts = own.pairs, own.programmes
    steps = _asked_consents(by, pairs)
    by_pk = {pair.pk: pair for pair in pairs}
    programmes = [text for text in texts if text.state != S.COMPLETED]
    readers = Readers(holders, _said(programmes, by))
    steps += [
        step
        for programme in programmes
        if (step := _programme(programme, by_pk[programme.pair_id], by, readers))
    ]
    active = [pair for pair in pairs if pair.state == PairState.ACTIVE]
    with_text = {text.pair_id for text in texts}
    done = with_text - {programme.pair_id for programme in programmes}
    steps += [
        _write(pair) for pair in active if pair.pk not in with_text and pair.role_of(by) == PairRole.MENTOR
    ]
    steps += [_ending(pair, holders) for pair in active if pair.pk in done]
    steps += [_forming(pair, holders) for pair in pairs if pair.state in FORMING]
    return steps + meeting_steps(pairs, own.meetings, by, done)


def _asked_consents(by: Actor, pairs: list[Pair]) -> list[NextStep]:
    """The reader's own word, which pairs in the making wait for."""
    return [
        _consent(consent, pair)
        for pair in pairs
        for consent in pair.consents.all()
        if pair.state == PairState.CONSENT_PENDING
        and consent.state == ConsentState.DRAFT
        and consent.person_id in _selves(pair, by)
    ]


def _selves(pair: Pair, by: Actor) -> set[int]:
    """Under which numbers the reader stands in the pair."""
    return {person.pk for person in (pair.mentor, *pair.people) if by.is_person(person.user)}


FORMING = (PairState.PSYCH_CHECK, PairState.ORDER_DRAFT)
"""The pair has agreed, and the school goes on."""


def _forming(pair: Pair, holders: Holders) -> NextStep:
    """What the pair itself waits for after its consents."""
    if pair.state == PairState.ORDER_DRAFT:
        who, why = holders.of(Office.PRINCIPAL), "Согласия собраны, приказ ждёт подписи."
    else:
        able = psychologists_for(pair, holders)
        who = holder_of(able, note=Office.PSYCHOLOGIST.label) if able else holders.of(Office.CURATOR)
        why = "Согласия собраны, школа решает о паре."
    since = clock.local(pair.updated_at).date()
    return NextStep(
        "own_pair_forms",
        f"Ваша пара: {pair.title}",
        why,
        link("cabinet:pair", pair.uuid),
        who=who,
        waiting_since=since,
    )


def _ending(pair: Pair, holders: Holders) -> NextStep:
    """The work is done: nothing more is written or planned, the principal has the last word."""
    since, why = clock.local(pair.updated_at).date(), "Программа завершена. Пару завершит директор."
    return NextStep(
        "own_pair_ends",
        f"Ваша пара: {pair.title}",
        why,
        link("cabinet:pair", pair.uuid),
        who=holders.of(Office.PRINCIPAL),
        waiting_since=since,
    )


def _said(programmes: list[Programme], by: Actor) -> set[tuple[int, int]]:
    """To which revisions the reader has agreed."""
    asked = [programme for programme in programmes if programme.state in (S.AGREED_BY_PAIR, S.CORRECTION)]
    return {
        (programme.pk, answer.revision)
        for programme in asked
        for answer in programme.confirmations.all()
        if answer.person_id in _selves(programme.pair, by)
    }


def _consent(consent: MentoringConsent, pair: Pair) -> NextStep:
    other = pair.mentor if consent.role == PairRole.MENTEE else pair.mentee
    word = "Вам предлагают наставника" if consent.role == PairRole.MENTEE else "Вас просят стать наставником"
    return NextStep(
        "consent_to_give",
        f"{word}: {other.short_name}",
        "Посмотрите условия и ответьте. Можно отказаться без объяснений.",
        link("mentoring:consent", consent.uuid),
        "Ответить",
        waiting_since=consent.asked_on,
        icon="file-earmark-check",
        weight=10,
    )


def goals_hint(pair: Pair) -> str:
    """What the form of the programme will have ready: the difficulties, if the mentee shows them to the
    mentor.
    """
    agreed = [
        consent
        for consent in pair.consents.all()
        if consent.role == PairRole.MENTEE and consent.shows_profile
    ]
    if any(consent.state == ConsentState.GIVEN for consent in agreed):
        return "Цели подставлены из затруднений, останется план."
    return "Затруднения наставляемый показывать не стал: о целях договоритесь вместе."


def _write(pair: Pair) -> NextStep:
    due = pair.started_on + PROGRAMME_DUE if pair.started_on else None
    return NextStep(
        "programme_to_write",
        f"Напишите программу: {pair.mentee.short_name}",
        goals_hint(pair),
        link("pair_work:programme_new", pair.uuid),
        "Написать программу",
        due=due,
        icon="signpost",
        weight=20,
    )


@dataclass(frozen=True)
class Readers:
    """Who reads programmes, and which ones the reader of the page has answered already."""

    holders: Holders
    said: set[tuple[int, int]]


def _programme(programme: Programme, pair: Pair, by: Actor, readers: Readers) -> NextStep | None:
    if programme.state == S.FINAL_REVIEW:
        why = "Оцените каждую цель: каждый свою половину."
        return NextStep(
            "goals_to_rate",
            "Подведите итоги программы",
            why,
            link("pair_work:programme", programme.uuid),
            "Оценить цели",
            icon="flag",
            weight=30,
        )
    return (
        _of_mentor(programme, pair, readers)
        if pair.role_of(by) == PairRole.MENTOR
        else _of_mentee(programme, pair, readers.said)
    )


def _of_mentee(programme: Programme, pair: Pair, said: set[tuple[int, int]]) -> NextStep | None:
    waits = programme.state == S.AGREED_BY_PAIR or (
        programme.state == S.CORRECTION and programme.submitted_on is not None
    )
    if not waits or (programme.pk, programme.revision) in said:
        return None
    title = f"{pair.mentor.short_name}: программа готова"
    why = "Всё так? Согласитесь или попросите поправить."
    return NextStep(
        "programme_to_confirm",
        title,
        why,
        link("pair_work:programme", programme.uuid),
        "Посмотреть программу",
        icon="check2-square",
        weight=12,
    )


WRITING = {
    S.RETURNED: ("programme_returned", "Программа вернулась", "Поправить программу", "arrow-return-left", 15),
    S.DRAFT: ("programme_draft", "Допишите программу", "Дописать", "signpost", 25),
    S.CORRECTION: ("programme_to_correct", "Уточните программу", "Уточнить", "signpost", 25),
}
"""What the mentor writes: situation, title, button, icon, weight."""
READING = (S.AGREED_BY_PAIR, S.SMO_REVIEW, S.CURATOR_REVIEW)
"""Where another reads it."""


def _reader(programme: Programme, pair: Pair, readers: Readers) -> Holder:
    if programme.state == S.SMO_REVIEW:
        return readers.holders.of(Office.ASSOCIATION_LEAD)
    if programme.state == S.CURATOR_REVIEW:
        return readers.holders.of(Office(Approval.here().of(pair)))
    return holder_of(pair.people)


def _of_mentor(programme: Programme, pair: Pair, readers: Readers) -> NextStep | None:
    state, mentee = S(programme.state), pair.mentee.short_name
    if state in WRITING and not (state == S.CORRECTION and programme.submitted_on is not None):
        situation, title, button, icon, weight = WRITING[state]
        why = programme.answer[:140] or "Черновик ждёт вас."
        return NextStep(
            situation,
            f"{title}: {mentee}",
            why,
            link("pair_work:programme_edit", programme.uuid),
            button,
            icon=icon,
            weight=weight,
        )
    if state == S.IN_PROGRESS and pair.state == PairState.ACTIVE and results_are_due(programme):
        return _finish(programme, mentee)
    if state not in READING:
        return None
    who, url = _reader(programme, pair, readers), link("pair_work:programme", programme.uuid)
    why = "Отправлена, ответ ещё не пришёл."
    return NextStep(
        "programme_with_others",
        f"Программа: {mentee}",
        why,
        url,
        who=who,
        waiting_since=programme.submitted_on,
    )


def _finish(programme: Programme, mentee: str) -> NextStep:
    """Nobody but the mentor can call for the results, so whoever can is told when the day has come."""
    why = (
        "Последний день программы наступил."
        if programme.ends_on <= clock.today()
        else "Почти все дела плана сделаны."
    )
    why, url = f"{why} Дальше каждый оценит свою половину целей.", link("pair_work:programme", programme.uuid)
    return NextStep(
        "programme_to_finish",
        f"Подведите итоги: {mentee}",
        why,
        url,
        "К программе",
        due=programme.ends_on,
        icon="flag",
        weight=28,
    )


def _own_needs(by: Actor, holders: Holders) -> list[NextStep]:
    if by.can("need:accept") or not home_numbers(by)["own needs"]:
        return []
    return [
        NextStep(
            "own_need_waits",
            "Ваша потребность в наставнике",
            f"Состояние: {row.get_state_display()}.",
            link("mentor_bank:need", row.uuid),
            who=holders.of(Office.CURATOR),
            waiting_since=row.actualised_on,
        )
        for row in own_needs(by)[:1]
    ]
