"""Reads of the expertise."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Prefetch, QuerySet
from django.urls import reverse

from best_practices.access import can_edit_search_words
from best_practices.asked_of_authors import questions_to, to_answer
from best_practices.blinding import for_experts
from best_practices.expert_figures import Record, records_of
from best_practices.models import (
    BankPractice,
    ExpertCandidate,
    ExpertProposal,
    Practice,
    PracticeOrder,
    Review,
    SheetDraft,
)
from best_practices.states import GONE, OPEN_TO_EXPERTS, WAITED, ReviewState
from best_practices.states import PracticeState as S
from best_practices.verdict import Advice, live, missing, verdict
from portal.accounts.holders import CityHolders, holder_of_users
from portal.accounts.models import User
from portal.accounts.offices import Office
from portal.accounts.selectors import schools_of, teaches_in_the_city
from portal.core import clock
from portal.core.actor import Actor
from portal.core.counting import how_many
from portal.core.next_steps import Holder, NextStep
from portal.core.reading import personal_columns, weighing
from portal.core.text import quoted
from portal.ui.words import plural


def practices_visible_to(by: Actor) -> QuerySet[Practice]:
    """Handed over practices with their schools and sheets."""
    return (
        Practice.objects.visible_to(by)
        .select_related("school")
        .prefetch_related("reviews")
        .order_by("-created_at", "id")
    )


def without_authors(practices: QuerySet[Practice]) -> QuerySet[Practice]:
    """For pages that do not name the authors: what is not shown is not read."""
    return practices.defer(*personal_columns(Practice))


def nameless(practices: QuerySet[Practice]) -> QuerySet[Practice]:
    """For lists that name neither authors nor experts."""
    sheets = Prefetch("reviews", Review.objects.defer(*personal_columns(Review)))
    return without_authors(practices).prefetch_related(None).prefetch_related(sheets)


def address_in_bank(code: str) -> str:
    """Where the practice of this number is read, while it is published."""
    card = BankPractice.objects.filter(code=code).first() if code else None
    return reverse("bank:practice", args=[card.uuid]) if card else ""


def own_reviews(by: Actor) -> list[Review]:
    """Assignments of the person, unfinished first."""
    if by.user is None:
        return []
    asked = Review.objects.filter(expert=by.user).exclude(state__in=GONE)
    rows = for_experts(asked.defer("practice__content"))
    if not rows or not teaches_in_the_city(by.user):
        return []
    return sorted(
        rows,
        key=lambda review: (review.waits_until is None, review.waits_until or review.due_on, review.pk),
    )


def opened(reviews: Iterable[Review]) -> dict[int, Practice]:
    """Whose practices these were, by their keys, for the experts after the final decision; of others none.
    At most one query.
    """
    decided = [review.practice_id for review in reviews if review.practice.state in OPEN_TO_EXPERTS]
    rows = Practice.objects.select_related("school").filter(pk__in=decided) if decided else ()
    return {row.pk: row for row in rows}


def in_work(reviews: Iterable[Review]) -> set[int]:
    """Keys of those whose sheet is begun; what stands in it is not read."""
    asked = [review.pk for review in reviews if review.state == ReviewState.ACCEPTED]
    return (
        set(SheetDraft.objects.filter(review__in=asked).values_list("review", flat=True)) if asked else set()
    )


def draft_of(review: Review) -> SheetDraft | None:
    """One's own: nobody is told of oneself."""
    with weighing():
        return SheetDraft.objects.filter(review=review).first()


def judged_and_open(review: Review) -> Practice | None:
    """Whose practice it was, for its expert after the final decision; None before it."""
    return opened([review]).get(review.practice_id)


def experts_visible_to(by: Actor) -> QuerySet[ExpertCandidate]:
    """The pool, each with the number of sheets that wait; for whoever leads the expertise. People who have
    come into it themselves, nobody else.
    """
    if by.school is not None or not by.can("practice:lead"):
        return ExpertCandidate.objects.none()
    return ExpertCandidate.objects.serving().order_by("load", "user__name_key", "pk")


def with_schools(people: Iterable[ExpertCandidate]) -> list[ExpertCandidate]:
    """The same people, each with the names of all schools where they work today and with what they have done;
    two queries.
    """
    rows = list(people)
    places, done = schools_of(row.user_id for row in rows), records_of(row.user_id for row in rows)
    for row in rows:
        row.places = ", ".join(school.short_name for school in places.get(row.user_id, []))
        row.record = done.get(row.user_id, Record())
    return rows


def names_of(users: Iterable[object]) -> dict[object, User]:
    """People by their uuids, in one query."""
    return {user.uuid: user for user in User.objects.filter(uuid__in=list(users))}


def reserve_of(practice: Practice) -> list[User]:
    """The people of its reserve, in order."""
    people = names_of(practice.reserve)
    return [people[user] for user in practice.reserve if user in people]


def waiting_lines(practice: Practice) -> list[str]:
    """Whom the practice waits for, of what and until when, the nearest day first."""
    rows = sorted(
        ((review.waits_until, review) for review in live(practice) if review.waits_until is not None),
        key=lambda pair: (pair[0], pair[1].pk),
    )
    people = names_of(review.expert for _, review in rows)
    return [
        f"{people[review.expert].short_name}: {_what_is_waited(review)} до {until:%d.%m.%Y}"
        for until, review in rows
        if review.expert in people
    ]


def _what_is_waited(review: Review) -> str:
    what = "ответа" if review.state == ReviewState.INVITED else "листа"
    return f"{'ждали' if review.is_silent else 'ждём'} {what}"


def proposals_to(person: UUID | None) -> list[ExpertProposal]:
    """What schools have proposed to this very person."""
    return (
        list(ExpertProposal.objects.filter(user=person).select_related("school").order_by("pk"))
        if person
        else []
    )


def as_expert(person: UUID | None) -> ExpertCandidate | None:
    """The person's own place in the pool, if any."""
    return ExpertCandidate.objects.filter(user=person, left_on=None).first() if person else None


def next_steps(by: Actor) -> list[NextStep]:
    """Whose move is it in the city: the expert, the methodist, the department's specialist. A fixed number of
    queries.
    """
    steps = _of_expert(by)
    if by.can("practice:lead") or by.can("practice:publish"):
        waiting = [S.SUBMITTED, S.FORMAL_CHECK, S.REVIEW, S.ARBITRATION, S.RECOMMENDED]
        holders = CityHolders.here()
        rows = list(without_authors(practices_visible_to(by)).filter(state__in=waiting)[:50])
        names = names_of({review.expert for row in rows for review in live(row)})
        steps += [_practice_step(by, row, holders, names) for row in rows]
        if by.can("city_office:give") and not holders.has(Office.METHODIST):
            steps += _without_methodist(rows)
    return steps + _orders_step(by)


def _orders_step(by: Actor) -> list[NextStep]:
    """Schools wait for a word about what they have not found in the bank; one query."""
    if not can_edit_search_words(by):
        return []
    waiting = PracticeOrder.objects.filter(answered_on=None)
    told = waiting.aggregate(number=Count("pk"), first=Min("ordered_on"))
    if not told["number"]:
        return []
    return [
        NextStep(
            "practice_orders",
            "Ответить школам на заказы практик",
            f"Не нашли в банке и ждут: {told['number']} {plural(told['number'], 'заказ,заказа,заказов')}.",
            reverse("expertise:orders"),
            "Посмотреть",
            waiting_since=told["first"],
            icon="search",
            weight=60,
        )
    ]


def _of_expert(by: Actor) -> list[NextStep]:
    """Whoever is asked for nothing, as most teachers are, costs one query."""
    if by.user is None:
        return []
    sheets = Review.objects.filter(expert=by.user, state__in=WAITED)
    proposed = ExpertProposal.objects.filter(user=by.user)
    asked = how_many({"proposals": proposed, "sheets": sheets, "questions": questions_to(by)})
    proposals = proposals_to(by.user) if asked["proposals"] else []
    reviews = own_reviews(by) if asked["sheets"] else []
    due = [_review_step(review) for review in reviews if review.state in WAITED]
    due += to_answer(by) if asked["questions"] else []
    return [_proposal_step(proposal) for proposal in proposals] + due


def _proposal_step(proposal: ExpertProposal) -> NextStep:
    title = "Ответить, станете ли вы экспертом города"
    why = f"Предлагает {proposal.school.short_name}. Решаете вы."
    return NextStep(
        "expert_proposed",
        title,
        why,
        reverse("expertise:me"),
        "Ответить",
        waiting_since=clock.local(proposal.created_at).date(),
        weight=45,
    )


def _review_step(review: Review) -> NextStep:
    url = reverse("expertise:review", args=[review.uuid])
    if review.state == ReviewState.INVITED:
        return NextStep(
            "review_invited",
            f"Ответить, возьмётесь ли оценить практику {quoted(review.practice.title)}",
            "Достаточно одного нажатия. Отказаться можно без объяснений.",
            url,
            "Ответить",
            due=review.waits_until,
            icon="envelope",
            weight=30,
        )
    return NextStep(
        "review_due",
        f"Оценить практику {quoted(review.practice.title)}",
        "Пять критериев и заключение. Авторы и школа скрыты.",
        url,
        "Оценить",
        due=review.due_on,
        icon="clipboard-check",
        weight=30,
    )


def _practice_step(by: Actor, row: Practice, holders: CityHolders, names: dict[object, User]) -> NextStep:
    """What a practice in the city waits for; the baton is the actor's or another's."""
    lead, name = None if by.can("practice:lead") else holders.of(Office.METHODIST), quoted(row.title)
    if row.state == S.RECOMMENDED:
        title, why = f"Опубликовать практику {name}", f"Эксперты рекомендовали. {row.school.short_name}"
        who = None if by.can("practice:publish") else holders.of(Office.DEPARTMENT_SPECIALIST)
        return _of(
            row, "practice_publish", title, why, button="Посмотреть", who=who, icon="journal-check", weight=40
        )
    if row.state == S.FORMAL_CHECK and len(live(row)) >= 2:
        title, why = f"Отправить на экспертизу: {name}", f"Эксперты названы. {row.school.short_name}"
        return _of(
            row, "practice_start_review", title, why, button="Отправить", who=lead, icon="send", weight=40
        )
    if row.state in (S.SUBMITTED, S.FORMAL_CHECK):
        title, why = f"Назначить экспертов: {name}", row.school.short_name
        return _of(row, "practice_assign", title, why, button="Назначить", who=lead, icon="people", weight=40)
    return _step_of_sheets(row, lead, names)


def _step_of_sheets(row: Practice, lead: Holder | None, names: dict[object, User]) -> NextStep:
    """What a practice that is judged waits for."""
    name = quoted(row.title)
    if missing(row):
        title = f"Назначить ещё одного эксперта: {name}"
        why = f"Эксперт выбыл, листов не хватает. {row.school.short_name}"
        return _of(
            row, "practice_expert_missing", title, why, button="Назначить", who=lead, icon="people", weight=30
        )
    silent = [review for review in live(row) if review.is_silent]
    if silent:
        return _with_silent(row, silent, lead)
    if verdict(row).advice is Advice.WAIT:
        return _with_experts(row, names)
    if verdict(row).advice is Advice.ARBITRATE:
        title = f"Назначить третьего эксперта: {name}"
        why = f"Мнения двух разошлись, а в резерве никого. {row.school.short_name}"
        return _of(
            row, "practice_dispute", title, why, button="Назначить", who=lead, icon="people", weight=30
        )
    title, why = f"Решить судьбу практики {name}", "Все листы сданы."
    return _of(row, "practice_decide", title, why, button="Решить", who=lead, icon="check2-square", weight=35)


def _with_silent(row: Practice, silent: list[Review], lead: Holder | None) -> NextStep:
    """An expert has let the day pass: whoever leads the practices replaces, gives more time or names
    another.
    """
    first = min(silent, key=lambda review: (review.waits_until or review.due_on, review.pk))
    what = "не ответил на приглашение" if first.state == ReviewState.INVITED else "не сдал лист в срок"
    return _of(
        row,
        "practice_silent",
        f"Эксперт {what}: {quoted(row.title)}",
        "Замените эксперта или продлите срок: портал ему уже напомнил.",
        button="Посмотреть",
        who=lead,
        waiting_since=(first.waits_until or first.due_on) + dt.timedelta(days=1),
        icon="clipboard",
        weight=32,
    )


def _with_experts(row: Practice, names: dict[object, User]) -> NextStep:
    """The experts who have not answered hold it."""
    experts = [
        names[review.expert] for review in live(row) if review.state in WAITED and review.expert in names
    ]
    title = f"Эксперты оценивают практику {quoted(row.title)}"
    who = holder_of_users(experts, note="эксперт" if len(experts) == 1 else "эксперты")
    return _of(row, "practice_reviewing", title, row.school.short_name, who=who, icon="clipboard", weight=60)


def _without_methodist(rows: list[Practice]) -> list[NextStep]:
    """The department hears that practices wait for an office which nobody holds."""
    waiting = sum(row.state != S.RECOMMENDED for row in rows)
    orders = PracticeOrder.objects.filter(answered_on=None).count()
    told = [
        f"{number} {plural(number, words)}"
        for number, words in (
            (waiting, "практика школ,практики школ,практик школ"),
            (orders, "заказ практики,заказа практик,заказов практик"),
        )
        if number
    ]
    if not told:
        return []
    why = f"Её никто не занимает, а ждут: {', '.join(told)}."
    return [
        NextStep(
            "office_vacant",
            "Назначьте методиста",
            why,
            reverse("municipality:person_new"),
            "Назначить",
            icon="person-plus",
            weight=12,
        )
    ]


def _of(
    row: Practice, situation: str, title: str, why: str, *, button: str = "Открыть", **more: Any
) -> NextStep:
    since = {"waiting_since": clock.local(row.updated_at).date()}
    return NextStep(
        situation, title, why, reverse("expertise:practice", args=[row.uuid]), button, **{**since, **more}
    )
