"""Reads of the school's practices."""

from django.db.models import Count, QuerySet
from django.urls import reverse

from portal.core.actor import Actor
from portal.core.next_steps import NextStep
from portal.school_practices.models import SchoolPractice
from portal.school_practices.states import SchoolPracticeState as S

IN_BANK = (
    S.SCHOOL_BANK,
    S.SENDING,
    S.FORMAL_CHECK,
    S.MUNICIPAL_REVIEW,
    S.ARBITRATION,
    S.RETURNED_MUNICIPAL,
    S.RECOMMENDED,
    S.PUBLISHED,
    S.REJECTED,
    S.ARCHIVED,
    S.RECALLED,
)
IN_CITY = (S.SENDING, S.FORMAL_CHECK, S.MUNICIPAL_REVIEW, S.ARBITRATION, S.RECOMMENDED)


def practices_visible_to(by: Actor) -> QuerySet[SchoolPractice]:
    """What the actor may see, with authors."""
    return SchoolPractice.objects.visible_to(by).prefetch_related("authorships__employee")


def bank_counts() -> dict[str, int]:
    """R04: practices accepted by the school, and those published by the city."""
    rows = dict(SchoolPractice.objects.order_by().values_list("state").annotate(Count("id")))
    return {"in_school_bank": sum(rows.get(state, 0) for state in IN_BANK), "published": rows.get(S.PUBLISHED, 0)}


def next_steps(by: Actor) -> list[NextStep]:
    """Whose move is it with practices: authors, reviewers, the principal. One query."""
    if by.user is None:
        return []
    waiting = SchoolPractice.objects.visible_to(by).filter(
        state__in=[S.DRAFT, S.RETURNED_SCHOOL, S.RETURNED_MUNICIPAL, S.SCHOOL_REVIEW, S.SCHOOL_BANK, *IN_CITY]
    )
    steps = [_step(by, row) for row in waiting.prefetch_related("authorships__employee").order_by("updated_at")[:50]]
    return [step for step in steps if step is not None]


def _step(by: Actor, row: SchoolPractice) -> NextStep | None:
    own = any(by.is_person(a.employee.user) for a in row.authorships.all())
    url, since = reverse("school_practices:practice", args=[row.uuid]), row.updated_at.date()
    name = f"«{row.title}»"
    if own and row.state in (S.RETURNED_SCHOOL, S.RETURNED_MUNICIPAL):
        return NextStep(
            "practice_returned",
            f"Доработать практику {name}",
            row.mirror_comment or "Вернули с советом, он на странице практики.",
            url,
            "Доработать",
            waiting_since=since,
            icon="pencil",
            weight=30,
        )
    if own and row.state == S.DRAFT:
        return NextStep(
            "practice_draft",
            f"Дописать практику {name}",
            "Черновик видят только авторы.",
            reverse("school_practices:edit", args=[row.uuid]),
            "Продолжить",
            icon="pencil",
            weight=80,
        )
    if row.state == S.SCHOOL_REVIEW:
        mine = by.can("school_practice:review") and not own
        return NextStep(
            "practice_review",
            f"Оценить практику {name}" if mine else f"Школа оценивает практику {name}",
            "Пять критериев и заключение.",
            url,
            "Оценить",
            mine=mine,
            who="ШМО",
            waiting_since=since,
            icon="clipboard-check",
            weight=50,
        )
    if row.state == S.SCHOOL_BANK and by.can("school_practice:hand_over"):
        return NextStep(
            "practice_hand_over",
            f"Передать в город практику {name}",
            "Школа приняла её в свой банк. Передавать или нет, решаете вы.",
            url,
            "Посмотреть",
            waiting_since=since,
            icon="send",
            weight=70,
        )
    if own and row.state in IN_CITY:
        return NextStep(
            "practice_in_city",
            f"Город рассматривает практику {name}",
            row.get_state_display().capitalize(),
            url,
            mine=False,
            who="Методический отдел",
            waiting_since=since,
            icon="buildings",
            weight=60,
        )
    return None
