"""«Что дальше» of curator, psychologist, ШМО and principal: pairs in the making, programmes to
approve.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from portal.accounts.offices import Office
from portal.cabinet.selectors.at_hand import (
    IN_THE_MAKING,
    LONGEST,
    MAY_BE_STUCK,
    leads_pairs,
    pairs_at_hand,
    reads_programmes,
    waiting_programmes,
)
from portal.cabinet.selectors.steps_of_stuck import paused_too_long, somebody_away, without_successor
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import Holder, NextStep
from portal.mentoring.models import Pair
from portal.mentoring.selectors.people import names_of
from portal.mentoring.states import FORMING, ConsentState, PairState
from portal.pair_work.access.programmes import Approval
from portal.pair_work.models import Programme
from portal.pair_work.silence import correction_is_stuck, may_end_unrated, to_answer_for, yet_to_rate
from portal.pair_work.states import ProgrammeState as S
from portal.staff.selectors import Holders, holder_of
from tenants.links import link

STUCK_DAYS = 3


def office_steps(by: Actor, holders: Holders) -> list[NextStep]:
    """Of the pairs and programmes that the home page has at hand."""
    steps: list[NextStep] = []
    if leads_pairs(by):
        forming = [pair for pair in pairs_at_hand(by) if pair.state in (*IN_THE_MAKING, *MAY_BE_STUCK)]
        steps += [step for pair in forming[:LONGEST] if (step := step_of_pair(pair, by, holders))]
    if reads_programmes(by):
        steps += _of_programmes(list(waiting_programmes(by))[: LONGEST * 3], by)
    return steps


def _of_programmes(programmes: list[Programme], by: Actor) -> list[NextStep]:
    """Who approves them is asked when there are any."""
    approval = Approval.here() if programmes else None
    made = (step_of_programme(programme, by, approval) for programme in programmes if approval)
    return [step for step in made if step]


def step_of_pair(pair: Pair, by: Actor, holders: Holders) -> NextStep | None:
    """The step of a pair in the making, for the office that holds the baton or watches it."""
    if pair.state in FORMING and any(person.has_left for person in (pair.mentor, *pair.people)):
        return _to_take_back(pair, by, holders)
    of_it = bool(pair.role_of(by))
    makers = [
        make
        for state, permission, make in MAKERS
        if state == pair.state and by.can(permission) and not (of_it and make is _to_conclude)
    ]
    return makers[0](pair, clock.local(pair.updated_at).date(), holders) if makers else None


def _to_take_back(pair: Pair, by: Actor, holders: Holders) -> NextStep | None:
    """Somebody's last day has come before the pair began: it will not, and the proposal is taken back."""
    if not any(by.can(right) for _, right, _ in MAKERS):
        return None
    gone = names_of([person for person in (pair.mentor, *pair.people) if person.has_left])
    return NextStep(
        "proposal_stale",
        f"Отзовите предложение: {pair.title}",
        f"{gone}: в школе больше не работает. Эта пара уже не начнётся.",
        link("cabinet:pair", pair.uuid),
        "Открыть пару",
        who=None if by.can("pair:lead") else holders.of(Office.CURATOR),
        waiting_since=clock.local(pair.updated_at).date(),
        icon="person-x",
        weight=25,
    )


def _to_ask(pair: Pair, since: dt.date, holders: Holders) -> NextStep:
    why = "Посмотрите и попросите согласия."
    return NextStep(
        "pair_to_ask",
        f"Предложена пара: {pair.title}",
        why,
        link("cabinet:pair", pair.uuid),
        "Посмотреть пару",
        waiting_since=since,
        icon="people",
        weight=30,
    )


def _consents(pair: Pair, since: dt.date, holders: Holders) -> NextStep:
    """The people of the pair answer; after some days, or where somebody has never entered the portal, the
    curator asks them.
    """
    silent = [consent.person for consent in pair.consents.all() if consent.state == ConsentState.DRAFT]
    outside = [person for person in silent if person.user is None]
    url = link("cabinet:pair", pair.uuid)
    waited = (clock.today() - since).days >= STUCK_DAYS
    stuck = waited or any(person.is_away for person in silent)
    if outside:
        names = ", ".join(person.short_name for person in outside)
        title = f"Возьмите согласие на бумаге: {names}"
        why = "В портал ещё не входили. Пригласите или приложите подписанное согласие сами."
    elif stuck or not silent:
        title = f"Узнайте об ответе: {pair.title}"
        why = "Ответили ещё не все. Может быть, нужен разговор; отказаться можно без объяснений."
    else:
        title, why = f"Согласия: {pair.title}", "Ответили ещё не все."
        return NextStep(
            "consents_wait",
            title,
            why,
            url,
            who=holder_of(silent),
            waiting_since=since,
            icon="hourglass",
            weight=45,
        )
    return NextStep(
        "consents_stuck", title, why, url, "Открыть пару", waiting_since=since, icon="hourglass", weight=45
    )


def _to_conclude(pair: Pair, since: dt.date, holders: Holders) -> NextStep:
    title = f"Заключение: {pair.title}"
    why = "Пара ждёт вашего вывода о совместимости."
    url = link("mentoring:pair_conclude", pair.uuid)
    return NextStep(
        "conclusion_to_give",
        title,
        why,
        url,
        "Дать заключение",
        waiting_since=since,
        icon="chat-square-heart",
        weight=20,
    )


def _with_psychologist(pair: Pair, since: dt.date, holders: Holders) -> NextStep:
    """The psychologist's move, or, where the school has none or the one is of this very pair, the
    curator's.
    """
    if hasattr(pair, "compatibility"):
        return _to_decide(pair, since)
    able = psychologists_for(pair, holders)
    if not able:
        return _to_skip(pair, since)
    who = holder_of(able, note=Office.PSYCHOLOGIST.label)
    title, why, url = (
        f"Заключение: {pair.title}",
        "Согласия есть, ждём психолога.",
        link("cabinet:pair", pair.uuid),
    )
    return NextStep("conclusion_waits", title, why, url, who=who, waiting_since=since)


def psychologists_for(pair: Pair, holders: Holders) -> list[Any]:
    """Who may still conclude on the pair: nobody on the own one, nobody twice."""
    ours = {pair.mentor.pk, *(person.pk for person in pair.people)}
    concluded = hasattr(pair, "compatibility")
    return (
        []
        if concluded
        else [person for person in holders.people.get(Office.PSYCHOLOGIST, ()) if person.pk not in ours]
    )


def _to_decide(pair: Pair, since: dt.date) -> NextStep:
    title = f"Решите, быть ли паре: {pair.title}"
    why = "Психолог не рекомендует её. Отзовите предложение или решите иначе и напишите почему."
    return NextStep(
        "pair_to_decide",
        title,
        why,
        link("cabinet:pair", pair.uuid),
        "Открыть пару",
        waiting_since=since,
        icon="people",
        weight=20,
    )


def _to_skip(pair: Pair, since: dt.date) -> NextStep:
    title = f"Пара без психолога: {pair.title}"
    why = (
        "Согласия есть, а заключение дать некому: психолога в портале нет или он сам в этой паре. "
        "Обойдитесь без заключения и напишите почему."
    )
    url = link("cabinet:pair", pair.uuid)
    return NextStep(
        "psychologist_to_skip", title, why, url, "Открыть пару", waiting_since=since, icon="people", weight=20
    )


def _to_sign(pair: Pair, since: dt.date, holders: Holders) -> NextStep:
    title = f"Подпишите приказ: {pair.title}"
    why = "Согласия и заключение собраны. Распечатайте, подпишите, зарегистрируйте."
    return NextStep(
        "order_to_register",
        title,
        why,
        link("mentoring:pair_register", pair.uuid),
        "К приказу",
        waiting_since=since,
        icon="pen",
        weight=15,
    )


def _to_register(pair: Pair, since: dt.date, holders: Holders) -> NextStep:
    title = f"Приказ на регистрацию: {pair.title}"
    why = "Распечатайте, отнесите директору на подпись, впишите номер и приложите скан."
    return NextStep(
        "order_to_register",
        title,
        why,
        link("mentoring:pair_register", pair.uuid),
        "К приказу",
        waiting_since=since,
        icon="file-earmark-text",
        weight=25,
    )


def _with_principal(pair: Pair, since: dt.date, holders: Holders) -> NextStep:
    title, why = f"Приказ: {pair.title}", "Проект готов, можно распечатать и отнести на подпись."
    return NextStep(
        "order_waits",
        title,
        why,
        link("cabinet:pair", pair.uuid),
        who=holders.of(Office.PRINCIPAL),
        waiting_since=since,
    )


def _to_terminate(pair: Pair, since: dt.date, holders: Holders) -> NextStep:
    due = pair.ends_on is not None and pair.ends_on <= clock.today()
    why = f"Последний день {pair.ends_on:%d.%m.%Y}."
    who = None if due else Holder.outside("пока ни у кого", "срок уведомления идёт")
    title = f"Прекращение: {pair.title}"
    return NextStep(
        "pair_to_terminate",
        title,
        why,
        link("cabinet:pair", pair.uuid),
        "Открыть пару",
        who=who,
        due=pair.ends_on,
        icon="box-arrow-right",
        weight=40,
    )


MAKERS: tuple[tuple[PairState, str, Callable[[Pair, dt.date, Holders], NextStep | None]], ...] = (
    (PairState.PROPOSED, "pair:lead", _to_ask),
    (PairState.CONSENT_PENDING, "pair:lead", _consents),
    (PairState.PSYCH_CHECK, "pair:conclude", _to_conclude),
    (PairState.PSYCH_CHECK, "pair:lead", _with_psychologist),
    (PairState.ORDER_DRAFT, "pair:sign", _to_sign),
    (PairState.ORDER_DRAFT, "order:register", _to_register),
    (PairState.ORDER_DRAFT, "pair:lead", _with_principal),
    (PairState.TERMINATION_NOTICE, "pair:sign", _to_terminate),
    (PairState.ACTIVE, "pair:lead", somebody_away),
    (PairState.REPLACING, "pair:lead", without_successor),
    (PairState.SUSPENDED, "pair:lead", paused_too_long),
)
"""In which state a pair is the business of which permission."""


def step_of_programme(programme: Programme, by: Actor, approval: Approval) -> NextStep | None:
    """The step of a programme for the office that reads it, or, where its people are silent, for whoever
    completes it.
    """
    if programme.state in (S.AGREED_BY_PAIR, S.CORRECTION):
        return _silent(programme) if approval.ends_with(by, programme.pair) else None
    if programme.state == S.CURATOR_REVIEW and approval.is_with(by, programme.pair):
        return _to_read(programme, "programme_to_approve", "Утвердите программу", "Пара согласна.")
    if programme.state == S.SMO_REVIEW and by.can("programme:review"):
        return _to_read(
            programme, "programme_to_review", "Посмотрите программу", "Пара согласна, слово за ШМО."
        )
    if programme.state == S.FINAL_REVIEW and approval.ends_with(by, programme.pair):
        return _to_complete(programme)
    return None


def _to_read(programme: Programme, situation: str, title: str, why: str) -> NextStep:
    url, since = link("pair_work:programme", programme.uuid), programme.submitted_on
    return NextStep(
        situation,
        f"{title}: {programme.pair.title}",
        why,
        url,
        "Посмотреть программу",
        waiting_since=since,
        icon="check2-circle",
        weight=25,
    )


def _silent(programme: Programme) -> NextStep | None:
    """Nobody's silence stops a pair: what waits too long, for a mentee's word or for the mentor's text, is
    led on.
    """
    if programme.state == S.CORRECTION and programme.submitted_on is None:
        return _correction_stands(programme) if correction_is_stuck(programme) else None
    silent = to_answer_for(programme)
    if not silent:
        return None
    names = ", ".join(person.short_name for person in silent)
    why = "Ответа на программу нет. Узнайте, всё ли в порядке; подписанную на бумаге запишите сами."
    if programme.state == S.CORRECTION:
        why = f"{why} Не согласны с уточнением? Можно вернуться к прежней редакции."
    return _to_read(programme, "programme_silent", f"{names}: ждём согласия", why)


def _correction_stands(programme: Programme) -> NextStep:
    title = f"Уточнение программы остановилось: {programme.pair.title}"
    why = (
        f"{programme.pair.mentor.short_name} его не отправляет. Узнайте, нужно ли оно; если нет, вернитесь к "
        "утверждённой программе."
    )
    since, url = clock.local(programme.updated_at).date(), link("pair_work:programme", programme.uuid)
    return NextStep(
        "correction_stands",
        title,
        why,
        url,
        "Посмотреть программу",
        waiting_since=since,
        icon="signpost",
        weight=30,
    )


def _to_complete(programme: Programme) -> NextStep:
    title, url = f"Завершите программу: {programme.pair.title}", link("pair_work:programme", programme.uuid)
    silent = yet_to_rate(programme)
    if silent and not may_end_unrated(programme):
        who = holder_of(silent)
        return NextStep(
            "programme_being_rated",
            f"Итоги программы: {programme.pair.title}",
            "Пара оценивает цели.",
            url,
            who=who,
            icon="flag",
            weight=60,
        )
    why = "Оценок так и нет: можно завершить без них, написав почему." if silent else "Цели оценены."
    return NextStep("programme_to_complete", title, why, url, "Посмотреть", icon="flag", weight=40)
