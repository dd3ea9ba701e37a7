"""«Что дальше» of mentor, mentee, curator, psychologist and principal: a constant number of queries."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import NextStep
from portal.mentoring.access.programmes import Approval
from portal.mentoring.links import link
from portal.mentoring.models import Meeting, MenteeNeed, MentoringConsent, MentoringSettings, Pair, Programme, ProgrammeConfirmation
from portal.mentoring.selectors.steps_of_cards import card_steps, first_need_step
from portal.mentoring.states import ConsentState, MeetingState, NeedState, PairRole, PairState, ProgrammeState
from portal.staff.selectors import has_psychologist

S = ProgrammeState
PROGRAMME_DUE = dt.timedelta(days=14)
STUCK_DAYS = 3
LONGEST = 20
"""A home page shows the nearest things; the rest is in the lists."""


def next_steps(by: Actor) -> list[NextStep]:
    """Own steps of the pair's people, then those of the offices. At most eighteen queries, however many pairs."""
    if not by.user:
        return []
    return [*_of_person(by), *_of_offices(by), *first_need_step(by), *card_steps(by)]


# ── the person in a pair ────────────────────────────────────────────────────────────────────────────


def _of_person(by: Actor) -> list[NextStep]:
    pairs = list(Pair.objects.of_person(by).open().with_people()[:LONGEST])
    steps = [
        _consent(c)
        for c in MentoringConsent.objects.filter(employee__user=by.user, state=ConsentState.DRAFT, pair__state=PairState.CONSENT_PENDING)
        .select_related("pair__mentor", "employee")
        .prefetch_related("pair__pair_mentees__mentee")[:LONGEST]
    ]
    if not pairs:
        return steps + _own_needs(by)
    by_pk = {pair.pk: pair for pair in pairs}
    programmes = list(Programme.objects.filter(pair__in=by_pk).exclude(state__in=(S.COMPLETED, S.CANCELLED)))
    steps += [step for programme in programmes if (step := _programme(programme, by_pk[programme.pair_id], by, _said(programmes, by)))]
    with_text = {programme.pair_id for programme in programmes}
    steps += [_write(pair) for pair in pairs if pair.state == PairState.ACTIVE and pair.pk not in with_text and pair.role_of(by) == PairRole.MENTOR]
    return steps + _meetings(by_pk, by) + _own_needs(by)


def _said(programmes: list[Programme], by: Actor) -> set[tuple[int, int]]:
    if not any(programme.state in (S.AGREED_BY_PAIR, S.CORRECTION) for programme in programmes):
        return set()
    own = ProgrammeConfirmation.objects.filter(programme__in=programmes, employee__user=by.user)
    return set(own.values_list("programme_id", "revision"))


def _consent(consent: MentoringConsent) -> NextStep:
    pair = consent.pair
    other = pair.mentor if consent.role == PairRole.MENTEE else pair.mentee
    word = "Вам предлагают наставника" if consent.role == PairRole.MENTEE else "Вас просят стать наставником"
    return NextStep(
        "consent_to_give",
        f"{word}: {other.short_name}",
        "Посмотрите условия и ответьте. Можно отказаться без объяснений.",
        link("consent", consent.uuid),
        "Ответить",
        waiting_since=consent.asked_on,
        icon="file-earmark-check",
        weight=10,
    )


def _write(pair: Pair) -> NextStep:
    due = pair.started_on + PROGRAMME_DUE if pair.started_on else None
    return NextStep(
        "programme_to_write",
        f"Напишите программу: {pair.mentee.short_name}",
        "Цели подставлены из затруднений, останется план.",
        link("programme_new", pair.uuid),
        "Написать программу",
        due=due,
        icon="signpost",
        weight=20,
    )


def _programme(programme: Programme, pair: Pair, by: Actor, said: set[tuple[int, int]]) -> NextStep | None:
    if programme.state == S.FINAL_REVIEW:
        why = "Оцените каждую цель: каждый свою половину."
        return NextStep("goals_to_rate", "Подведите итоги программы", why, link("programme", programme.uuid), "Оценить цели", icon="flag", weight=30)
    return _of_mentor(programme, pair) if pair.role_of(by) == PairRole.MENTOR else _of_mentee(programme, pair, said)


def _of_mentee(programme: Programme, pair: Pair, said: set[tuple[int, int]]) -> NextStep | None:
    waits = programme.state == S.AGREED_BY_PAIR or (programme.state == S.CORRECTION and programme.submitted_on is not None)
    if not waits or (programme.pk, programme.revision) in said:
        return None
    title, why = f"{pair.mentor.short_name}: программа готова", "Всё так? Согласитесь или попросите поправить."
    return NextStep("programme_to_confirm", title, why, link("programme", programme.uuid), "Посмотреть программу", icon="check2-square", weight=12)


WRITING = {
    S.RETURNED: ("programme_returned", "Программа вернулась", "Поправить программу", "arrow-return-left", 15),
    S.DRAFT: ("programme_draft", "Допишите программу", "Дописать", "signpost", 25),
    S.CORRECTION: ("programme_to_correct", "Уточните программу", "Уточнить", "signpost", 25),
}
"""What the mentor writes: situation, title, button, icon, weight."""
READING = {S.AGREED_BY_PAIR: "", S.SMO_REVIEW: "ШМО", S.CURATOR_REVIEW: "куратор"}
"""Who reads it now; the empty one is the mentee."""


def _of_mentor(programme: Programme, pair: Pair) -> NextStep | None:
    state, mentee = S(programme.state), pair.mentee.short_name
    if state in WRITING and not (state == S.CORRECTION and programme.submitted_on is not None):
        situation, title, button, icon, weight = WRITING[state]
        why = programme.answer[:140] or "Черновик ждёт вас."
        return NextStep(situation, f"{title}: {mentee}", why, link("programme_edit", programme.uuid), button, icon=icon, weight=weight)
    if state not in READING:
        return None
    who, why = READING[state] or mentee, "Отправлена, ответ ещё не пришёл."
    url = link("programme", programme.uuid)
    return NextStep("programme_with_others", f"Программа: {mentee}", why, url, mine=False, who=who, waiting_since=programme.submitted_on)


def _meetings(pairs: dict[int, Pair], by: Actor) -> list[NextStep]:
    live = (MeetingState.PLANNED, MeetingState.HELD_UNCONFIRMED, MeetingState.DISPUTED, MeetingState.MISSED)
    rows = list(Meeting.objects.filter(pair__in=pairs, state__in=live).order_by("planned_at")[: LONGEST * 3])
    days = MentoringSettings.here().confirm_days
    steps = [step for row in rows if (step := _meeting(row, pairs[row.pair_id], by, days))]
    planned = {row.pair_id for row in rows if row.state == MeetingState.PLANNED and row.planned_at > clock.now()}
    empty = [pair for pair in pairs.values() if pair.state == PairState.ACTIVE and pair.pk not in planned]
    return steps + [_plan(pair, by) for pair in empty]


def _meeting(row: Meeting, pair: Pair, by: Actor, days: int) -> NextStep | None:
    role, day = pair.role_of(by), clock.local(row.planned_at).date()
    other = pair.mentee.short_name if role == PairRole.MENTOR else pair.mentor.short_name
    if row.state in (MeetingState.PLANNED, MeetingState.MISSED):
        if row.planned_at > clock.now():
            return None
        return NextStep(
            "meeting_to_record",
            f"Как прошла встреча: «{row.topic}»?",
            f"{other}, {day:%d.%m}. Два касания.",
            link("meeting_record", row.uuid),
            "Записать встречу",
            due=day + dt.timedelta(days=3),
            icon="calendar-check",
            weight=20,
        )
    mine = (row.recorded_by != role) if row.state == MeetingState.HELD_UNCONFIRMED else (row.recorded_by == role)
    due = clock.local(row.recorded_at).date() + dt.timedelta(days=days) if row.recorded_at else None
    if row.state == MeetingState.DISPUTED and mine:
        return NextStep(
            "meeting_disputed",
            f"Встреча «{row.topic}»: было иначе",
            row.answer[:140],
            link("meeting_record", row.uuid),
            "Исправить запись",
            icon="chat",
            weight=20,
        )
    if not mine:
        return NextStep("meeting_with_other", f"Встреча «{row.topic}»", "Записана, ждём ответа.", link("meeting", row.uuid), mine=False, who=other, due=due)
    return NextStep(
        "meeting_to_confirm",
        f"{other}: встреча «{row.topic}»",
        "Всё так? Подтвердите в два касания.",
        link("meeting_confirm", row.uuid),
        "Подтвердить",
        due=due,
        icon="check2-square",
        weight=15,
    )


def _plan(pair: Pair, by: Actor) -> NextStep:
    other = pair.mentee.short_name if pair.role_of(by) == PairRole.MENTOR else pair.mentor.short_name
    return NextStep(
        "meeting_to_plan",
        f"Договоритесь о встрече: {other}",
        "Новых встреч в плане нет. Темп выбирает пара.",
        link("meeting_new", pair.uuid),
        "Назначить встречу",
        icon="calendar-plus",
        weight=70,
    )


def _own_needs(by: Actor) -> list[NextStep]:
    if by.can("need:accept"):
        return []
    rows = MenteeNeed.objects.filter(employee__user=by.user, state__in=(NeedState.NEW, NeedState.ACCEPTED))
    return [
        NextStep(
            "own_need_waits",
            "Ваша потребность в наставнике",
            f"Состояние: {row.get_state_display()}.",
            link("need", row.uuid),
            mine=False,
            who="куратор",
            waiting_since=row.actualised_on,
        )
        for row in rows[:1]
    ]


# ── offices ─────────────────────────────────────────────────────────────────────────────────────────


def _of_offices(by: Actor) -> list[NextStep]:
    steps: list[NextStep] = []
    if by.can("need:accept"):
        steps += _needs()
    if by.can("pair:lead") or by.can("pair:conclude") or by.can("pair:sign") or by.can("order:register"):
        forming = Pair.objects.filter(
            state__in=(PairState.PROPOSED, PairState.CONSENT_PENDING, PairState.PSYCH_CHECK, PairState.ORDER_DRAFT, PairState.TERMINATION_NOTICE)
        )
        alone = by.can("pair:lead") and not has_psychologist()
        steps += [step for pair in forming.with_people()[:LONGEST] if (step := _pair(pair, by, alone))]
    if by.can("programme:approve") or by.can("programme:approve_as_principal") or by.can("programme:review"):
        waiting = (
            Programme.objects.filter(state__in=(S.CURATOR_REVIEW, S.SMO_REVIEW, S.FINAL_REVIEW))
            .select_related("pair__mentor")
            .prefetch_related("pair__pair_mentees__mentee")
        )
        approval = Approval.here()
        steps += [step for programme in waiting[:LONGEST] if (step := _to_approve(programme, by, approval))]
    return steps


def _needs() -> list[NextStep]:
    rows: Iterable[Any] = MenteeNeed.objects.filter(state__in=(NeedState.NEW, NeedState.ACCEPTED)).select_related("employee").order_by("actualised_on", "pk")
    busy = set(Pair.objects.open().values_list("pair_mentees__need", flat=True))
    steps = []
    for need in rows:
        if need.state == NeedState.NEW:
            steps.append(
                NextStep(
                    "need_to_accept",
                    f"Новая потребность: {need.employee.short_name}",
                    need.request[:140],
                    link("need", need.uuid),
                    "Посмотреть",
                    waiting_since=need.actualised_on,
                    icon="person-raised-hand",
                    weight=30,
                )
            )
        elif need.pk not in busy:
            steps.append(
                NextStep(
                    "pair_to_propose",
                    f"Предложите наставника: {need.employee.short_name}",
                    need.request[:140],
                    link("propose", need.uuid),
                    "Подобрать",
                    waiting_since=need.actualised_on,
                    icon="people",
                    weight=35,
                )
            )
    return steps[:LONGEST]


def _pair(pair: Pair, by: Actor, alone: bool) -> NextStep | None:
    """The step of a pair in the making, for the office that holds the baton or watches it. `alone`: the school has no psychologist."""
    if alone and pair.state == PairState.PSYCH_CHECK:
        return _to_skip(pair, clock.local(pair.updated_at).date())
    makers = [maker for state, permission, maker in MAKERS if state == pair.state and by.can(permission)]
    return makers[0](pair, clock.local(pair.updated_at).date()) if makers else None


def _to_ask(pair: Pair, since: dt.date) -> NextStep:
    why = "Посмотрите и попросите согласия."
    return NextStep(
        "pair_to_ask", f"Предложена пара: {pair.title}", why, link("pair", pair.uuid), "Посмотреть пару", waiting_since=since, icon="people", weight=30
    )


def _consents(pair: Pair, since: dt.date) -> NextStep:
    stuck, url = (clock.today() - since).days >= STUCK_DAYS, link("pair", pair.uuid)
    situation, who = ("consents_stuck", "") if stuck else ("consents_wait", "пара")
    title = f"Узнайте об ответе: {pair.title}" if stuck else f"Согласия: {pair.title}"
    why = "Ответили ещё не все. Может быть, нужен разговор; отказаться можно без объяснений." if stuck else "Ответили ещё не все."
    return NextStep(situation, title, why, url, "Открыть пару", mine=stuck, who=who, waiting_since=since, icon="hourglass", weight=45)


def _to_conclude(pair: Pair, since: dt.date) -> NextStep:
    title, why, url = f"Заключение: {pair.title}", "Пара ждёт вашего вывода о совместимости.", link("pair_conclude", pair.uuid)
    return NextStep("conclusion_to_give", title, why, url, "Дать заключение", waiting_since=since, icon="chat-square-heart", weight=20)


def _with_psychologist(pair: Pair, since: dt.date) -> NextStep:
    title, why, url = f"Заключение: {pair.title}", "Согласия есть, ждём психолога.", link("pair", pair.uuid)
    return NextStep("conclusion_waits", title, why, url, mine=False, who="психолог", waiting_since=since)


def _to_skip(pair: Pair, since: dt.date) -> NextStep:
    title, why, url = (
        f"Пара без психолога: {pair.title}",
        "Согласия есть, а психолога школы в портале нет. Пропустите этот шаг и напишите почему.",
        link("pair", pair.uuid),
    )
    return NextStep("psychologist_to_skip", title, why, url, "Открыть пару", waiting_since=since, icon="people", weight=20)


def _to_sign(pair: Pair, since: dt.date) -> NextStep:
    title, why = f"Подпишите приказ: {pair.title}", "Согласия и заключение собраны. Распечатайте, подпишите, зарегистрируйте."
    return NextStep("order_to_register", title, why, link("pair_register", pair.uuid), "К приказу", waiting_since=since, icon="pen", weight=15)


def _with_principal(pair: Pair, since: dt.date) -> NextStep:
    title, why = f"Приказ: {pair.title}", "Проект готов, можно распечатать и отнести на подпись."
    return NextStep("order_waits", title, why, link("pair", pair.uuid), mine=False, who="директор", waiting_since=since)


def _to_terminate(pair: Pair, since: dt.date) -> NextStep:
    due, why = pair.ends_on is not None and pair.ends_on <= clock.today(), f"Последний день {pair.ends_on:%d.%m.%Y}."
    who, title = "" if due else "срок идёт", f"Прекращение: {pair.title}"
    return NextStep(
        "pair_to_terminate", title, why, link("pair", pair.uuid), "Открыть пару", mine=due, who=who, due=pair.ends_on, icon="box-arrow-right", weight=40
    )


MAKERS: tuple[tuple[PairState, str, Callable[[Pair, dt.date], NextStep]], ...] = (
    (PairState.PROPOSED, "pair:lead", _to_ask),
    (PairState.CONSENT_PENDING, "pair:lead", _consents),
    (PairState.PSYCH_CHECK, "pair:conclude", _to_conclude),
    (PairState.PSYCH_CHECK, "pair:lead", _with_psychologist),
    (PairState.ORDER_DRAFT, "order:register", _to_sign),
    (PairState.ORDER_DRAFT, "pair:lead", _with_principal),
    (PairState.TERMINATION_NOTICE, "pair:sign", _to_terminate),
)
"""In which state a pair is the business of which permission."""


def _to_approve(programme: Programme, by: Actor, approval: Approval) -> NextStep | None:
    url, title = link("programme", programme.uuid), programme.pair.title
    if programme.state == S.CURATOR_REVIEW and approval.is_with(by, programme.pair):
        return NextStep(
            "programme_to_approve",
            f"Утвердите программу: {title}",
            "Пара согласна.",
            url,
            "Посмотреть программу",
            waiting_since=programme.submitted_on,
            icon="check2-circle",
            weight=25,
        )
    if programme.state == S.SMO_REVIEW and by.can("programme:review"):
        return NextStep(
            "programme_to_review",
            f"Посмотрите программу: {title}",
            "Пара согласна, слово за ШМО.",
            url,
            "Посмотреть программу",
            waiting_since=programme.submitted_on,
            weight=25,
        )
    if programme.state == S.FINAL_REVIEW and approval.ends_with(by, programme.pair):
        return NextStep("programme_to_complete", f"Завершите программу: {title}", "Пара подводит итоги.", url, "Посмотреть", icon="flag", weight=40)
    return None
