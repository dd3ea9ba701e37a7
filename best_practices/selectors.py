"""Reads of the expertise."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from best_practices.models import BankPractice, ExpertCandidate, Practice, Review
from best_practices.states import PracticeState as S
from best_practices.states import ReviewState
from best_practices.verdict import Advice, live, verdict
from portal.accounts.holders import CityHolders, holder_of_users
from portal.accounts.models import Membership, User
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import Holder, NextStep
from portal.ui.words import plural


def practices_visible_to(by: Actor) -> QuerySet[Practice]:
    """Handed over practices with their schools and sheets."""
    return Practice.objects.visible_to(by).select_related("school").prefetch_related("reviews").order_by("-created_at", "id")


def address_in_bank(code: str) -> str:
    """Where the practice of this number is read, while it is published."""
    card = BankPractice.objects.filter(code=code).first() if code else None
    return reverse("bank:practice", args=[card.uuid]) if card else ""


def own_reviews(by: Actor) -> list[Review]:
    """Assignments of the person, unfinished first."""
    if by.user is None:
        return []
    rows = Review.objects.filter(expert=by.user).exclude(state=ReviewState.DECLINED).select_related("practice")
    return sorted(rows, key=lambda review: (review.state != ReviewState.ASSIGNED, review.due_on))


def experts() -> list[tuple[ExpertCandidate, User]]:
    """The pool, with names."""
    pool = list(ExpertCandidate.objects.filter(left_on=None).select_related("school"))
    people = names_of(candidate.user for candidate in pool)
    return sorted(((candidate, people[candidate.user]) for candidate in pool if candidate.user in people), key=lambda pair: pair[1].name_key)


def names_of(users: Iterable[object]) -> dict[object, User]:
    """People by their uuids, in one query."""
    return {user.uuid: user for user in User.objects.filter(uuid__in=list(users))}


def assignable_experts(practice: Practice) -> list[ExpertCandidate]:
    """Experts of schools that neither wrote nor already review the practice."""
    taken = {review.expert_school_id for review in live(practice)} | {practice.school_id}
    return [candidate for candidate in ExpertCandidate.objects.filter(left_on=None).select_related("school") if candidate.school_id not in taken]


def expert_choices(candidates: Iterable[ExpertCandidate]) -> list[tuple[str, str]]:
    pool = list(candidates)
    people = names_of(candidate.user for candidate in pool)
    return [(str(c.uuid), f"{people[c.user].full_name}, {c.school.short_name}") for c in pool if c.user in people]


def teacher_choices() -> list[tuple[str, str]]:
    """Teachers of schools who have joined and are not in the pool yet."""
    pool = set(ExpertCandidate.objects.filter(left_on=None).values_list("user", flat=True))
    members = Membership.objects.filter(Membership.valid_on(clock.today()), office="teacher").exclude(school=None).select_related("user", "school")
    return [(str(m.user_id), f"{m.user.full_name}, {m.school.short_name}") for m in members.order_by("user__name_key") if m.school and m.user_id not in pool]


def next_steps(by: Actor) -> list[NextStep]:
    """Whose move is it in the city: the expert, the methodist, the department's specialist. A fixed number of queries."""
    steps = [_review_step(review) for review in own_reviews(by) if review.state == ReviewState.ASSIGNED]
    if by.can("practice:lead") or by.can("practice:publish"):
        waiting = [S.SUBMITTED, S.FORMAL_CHECK, S.REVIEW, S.ARBITRATION, S.RECOMMENDED]
        holders, rows = CityHolders.here(), list(practices_visible_to(by).filter(state__in=waiting)[:50])
        names = names_of({review.expert for row in rows for review in live(row)})
        steps += [_practice_step(by, row, holders, names) for row in rows]
        if by.can("city_office:give") and not holders.has(Office.METHODIST):
            steps += _without_methodist(rows)
    return steps


def _review_step(review: Review) -> NextStep:
    url = reverse("expertise:review", args=[review.uuid])
    return NextStep(
        "review_due",
        f"Оценить практику «{review.practice.title}»",
        "Пять критериев и заключение. Авторы и школа скрыты.",
        url,
        "Оценить",
        due=review.due_on,
        icon="clipboard-check",
        weight=30,
    )


def _practice_step(by: Actor, row: Practice, holders: CityHolders, names: dict[object, User]) -> NextStep:
    """What a practice in the city waits for; the baton is the actor's or another's."""
    lead, name = None if by.can("practice:lead") else holders.of(Office.METHODIST), f"«{row.title}»"
    if row.state == S.RECOMMENDED:
        publishes, why = by.can("practice:publish"), f"Эксперты рекомендовали. {row.school.short_name}"
        return _of(
            row,
            "practice_publish",
            f"Опубликовать практику {name}",
            why,
            "Посмотреть",
            who=None if publishes else holders.of(Office.DEPARTMENT_SPECIALIST),
            icon="journal-check",
            weight=40,
        )
    if row.state == S.FORMAL_CHECK and len(live(row)) >= 2:
        title, why = f"Отправить на экспертизу: {name}", f"Эксперты названы. {row.school.short_name}"
        return _of(row, "practice_start_review", title, why, "Отправить", who=lead, icon="send", weight=40)
    if row.state in (S.SUBMITTED, S.FORMAL_CHECK):
        return _of(
            row,
            "practice_assign",
            f"Назначить экспертов: {name}",
            row.school.short_name,
            "Назначить",
            who=lead,
            icon="people",
            weight=40,
        )
    if verdict(row).advice is Advice.WAIT:
        return _with_experts(row, lead, names)
    return _of(
        row,
        "practice_decide",
        f"Решить судьбу практики {name}",
        "Все листы сданы.",
        "Решить",
        who=lead,
        icon="check2-square",
        weight=35,
    )


def _with_experts(row: Practice, lead: Holder | None, names: dict[object, User]) -> NextStep:
    """The experts who have not answered hold it; where none is left, the methodist names another."""
    experts = [names[review.expert] for review in live(row) if review.state == ReviewState.ASSIGNED and review.expert in names]
    if experts:
        title = f"Эксперты оценивают практику «{row.title}»"
        who = holder_of_users(experts, note="эксперт" if len(experts) == 1 else "эксперты")
        return _of(row, "practice_reviewing", title, row.school.short_name, who=who, icon="clipboard", weight=60)
    title, why = f"Назначить ещё одного эксперта: «{row.title}»", f"Эксперт отказался, листов не хватает. {row.school.short_name}"
    return _of(row, "practice_expert_missing", title, why, "Назначить", who=lead, icon="people", weight=30)


def _without_methodist(rows: list[Practice]) -> list[NextStep]:
    """The department hears that practices wait for an office which nobody holds."""
    waiting = sum(row.state != S.RECOMMENDED for row in rows)
    if not waiting:
        return []
    words = plural(waiting, "практика школ,практики школ,практик школ")
    why = f"Её никто не занимает, а ждут: {waiting} {words}."
    return [NextStep("office_vacant", "Назначьте методиста", why, reverse("municipality:person_new"), "Назначить", icon="person-plus", weight=12)]


def _of(row: Practice, situation: str, title: str, why: str, button: str = "Открыть", **more: Any) -> NextStep:
    return NextStep(situation, title, why, reverse("expertise:practice", args=[row.uuid]), button, waiting_since=clock.local(row.updated_at).date(), **more)
