"""Reads of the school's practices."""

import datetime as dt
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects
from django.urls import reverse

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import Holder, NextStep
from portal.core.prepared import PreparedFor
from portal.core.text import quoted
from portal.school_practices.models import Authorship, SchoolPractice
from portal.school_practices.standing import standing_of
from portal.school_practices.states import TAKEN_OFF
from portal.school_practices.states import SchoolPracticeState as S
from portal.staff.models import Person
from portal.staff.queues import Queue
from portal.staff.selectors import Holders, allowed_to_publish, holder_of
from portal.ui.words import plural

IN_BANK = (
    S.SCHOOL_BANK,
    S.SENDING,
    S.FORMAL_CHECK,
    S.MUNICIPAL_REVIEW,
    S.ARBITRATION,
    S.RETURNED_MUNICIPAL,
    S.RECOMMENDED,
    S.PUBLISHED,
    S.RENEWING,
    S.REJECTED,
    S.ARCHIVED,
    S.RECALLED,
)
TO_WRITE = (S.DRAFT, S.RETURNED_SCHOOL, S.RETURNED_MUNICIPAL, S.RENEWING)
BEFORE_CITY = (*TO_WRITE, S.SCHOOL_REVIEW, S.SCHOOL_BANK)
IN_CITY = (S.SENDING, S.FORMAL_CHECK, S.MUNICIPAL_REVIEW, S.ARBITRATION, S.RECOMMENDED)


AUTHORS = Prefetch("authorships", Authorship.objects.select_related("person"))
"""In one query."""


def practices_visible_to(by: Actor) -> QuerySet[SchoolPractice]:
    """What the actor may see, with authors."""
    return SchoolPractice.objects.visible_to(by).prefetch_related(AUTHORS)


def bank_counts() -> dict[str, int]:
    """R04: practices accepted by the school, and those that stand in the city's bank; a new text of one is
    written and judged while the former stands there.
    """
    stands = Q(state=S.PUBLISHED) | (~Q(mirror_code="") & ~Q(state__in=TAKEN_OFF))
    return SchoolPractice.objects.aggregate(
        in_school_bank=Count("id", filter=Q(state__in=IN_BANK)), published=Count("id", filter=stands)
    )


def silent_authors(*practices: SchoolPractice) -> set[Person]:
    """Authors without whose word these practices are not handed over: a consent to distribution (T-29) that
    names the name. One query.
    """
    waiting = [row for row in practices if row.state in (S.SCHOOL_BANK, S.RETURNED_MUNICIPAL, S.RENEWING)]
    authors = {authorship.person for row in waiting for authorship in row.authorships.all()}
    allowed = allowed_to_publish(authors) if authors else {}
    return {author for author in authors if "name" not in allowed.get(author.pk, ())}


def _in_work(by: Actor, day: dt.date) -> QuerySet[SchoolPractice]:
    rows = SchoolPractice.objects.visible_to(by).filter(state__in=[*BEFORE_CITY, *IN_CITY])
    return rows.order_by("updated_at")[:50]


_waiting = PreparedFor(_in_work)


def next_steps(by: Actor) -> list[NextStep]:
    """Whose move is it with practices: authors, reviewers, the principal. At most three queries."""
    if by.user is None:
        return []
    rows = _waiting(by)
    prefetch_related_objects(rows, AUTHORS)
    silent = silent_authors(*rows)
    holders = Holders.here()
    steps = [
        _step(by, row, [a.person for a in row.authorships.all() if a.person in silent], holders)
        for row in rows
    ]
    return [step for step in steps if step is not None]


def _step(by: Actor, row: SchoolPractice, silent: list[Person], holders: Holders) -> NextStep | None:
    """The one step that the practice asks of the actor now, or lets the actor wait for."""
    own = any(by.is_person(a.person.user) for a in row.authorships.all())
    if own and row.state in TO_WRITE:
        return _to_write(row)
    if row.state == S.SCHOOL_REVIEW:
        return _to_review(
            row, None if by.can("school_practice:review") and not own else _reviewers(row, holders)
        )
    if row.state == S.SCHOOL_BANK:
        return _to_hand_over(by, row, silent)
    if own and row.state in IN_CITY:
        standing = standing_of(row)
        why = standing.words if standing.until else row.get_state_display().capitalize()
        return _of(
            row,
            "practice_in_city",
            f"Город рассматривает практику {quoted(row.title)}",
            why,
            who=Holder.outside("методический отдел города"),
            icon="buildings",
            weight=60,
        )
    return None


def _to_hand_over(by: Actor, row: SchoolPractice, silent: list[Person]) -> NextStep | None:
    """The principal decides when the authors have agreed; before it the baton is with them."""
    me = next((author for author in silent if by.is_person(author.user)), None)
    if me is not None:
        why = (
            "Школа приняла её в свой банк. Согласие на распространение добровольное: без него практика "
            "останется в школе."
        )
        url = f"{reverse('staff:person', args=[me.uuid])}#consents"
        return _of(
            row,
            "practice_consent",
            f"Решите, показать ли городу практику {quoted(row.title)}",
            why,
            url=url,
            button="К согласию",
            icon="file-earmark-check",
            weight=65,
        )
    hands_over = by.can("school_practice:hand_over")
    if row.finds_waiting and (hands_over or any(by.is_person(a.person.user) for a in row.authorships.all())):
        return _to_check(row)
    if not hands_over:
        return None
    title = f"Передать в город практику {quoted(row.title)}"
    if silent:
        why = "Ждём согласия на распространение (T-29)."
        return _of(row, "practice_hand_over", title, why, who=holder_of(silent), icon="send", weight=70)
    why = "Школа приняла её в свой банк. Передавать или нет, решаете вы."
    return _of(row, "practice_hand_over", title, why, button="Посмотреть", icon="send", weight=70)


def _to_check(row: SchoolPractice) -> NextStep:
    """Places that tell of people: the practice does not leave while one of them is unanswered."""
    return _of(
        row,
        "practice_check",
        f"Проверить перед передачей практику {quoted(row.title)}",
        f"{waiting_words(row.finds_waiting)}: по ним могут узнать человека.",
        url=reverse("school_practices:check", args=[row.uuid]),
        button="Проверить",
        icon="shield-check",
        weight=68,
    )


def waiting_words(count: int) -> str:
    """«3 места ждут ответа»."""
    return f"{count} {plural(count, 'место ждёт,места ждут,мест ждут')} ответа"


def _of(row: SchoolPractice, situation: str, title: str, why: str, **more: Any) -> NextStep:
    url = more.pop("url", reverse("school_practices:practice", args=[row.uuid]))
    return NextStep(
        situation, title, why, url, **{"waiting_since": clock.local(row.updated_at).date(), **more}
    )


def _when(moment: dt.datetime) -> str:
    """«в 14:05», of another day «28.11.2026 в 14:05»."""
    here = clock.local(moment)
    return f"{here:в %H:%M}" if here.date() == clock.today() else f"{here:%d.%m.%Y в %H:%M}"


def _to_write(row: SchoolPractice) -> NextStep:
    if row.state == S.DRAFT:
        url = reverse("school_practices:edit", args=[row.uuid])
        return _of(
            row,
            "practice_draft",
            f"Дописать практику {quoted(row.title)}",
            f"Черновик, сохранён {_when(row.updated_at)}. Его видят только авторы.",
            url=url,
            button="Продолжить",
            icon="pencil",
            waiting_since=None,
            weight=80,  # nobody waits for a text that its author has not shown yet
        )
    if row.state == S.RENEWING:
        return _to_renew(row)
    why = row.mirror_comment or "Она снова у авторов. Если её вернули с советом, он на странице практики."
    if row.finds_waiting:
        why = f"{why} {waiting_words(row.finds_waiting)} перед передачей."
    return _of(
        row,
        "practice_returned",
        f"Доработать практику {quoted(row.title)}",
        why,
        button="Доработать",
        due=standing_of(row).until,
        icon="pencil",
        weight=30,
    )


def _to_renew(row: SchoolPractice) -> NextStep:
    return _of(
        row,
        "practice_renewing",
        f"Дописать новую редакцию практики {quoted(row.title)}",
        "В банке города стоит прежняя, пока эту не опубликуют.",
        button="Продолжить",
        icon="pencil",
        weight=70,
    )


waits_for_association = Queue(
    Office.ASSOCIATION_LEAD,
    lambda: SchoolPractice.objects.filter(state=S.SCHOOL_REVIEW).count(),
    "практика на оценке,практики на оценке,практик на оценке",
    "Практику могут оценить и куратор, и директор.",
)
REVIEWERS = (Office.ASSOCIATION_LEAD, Office.CURATOR, Office.PRINCIPAL)
"""Whose word on a practice is looked for, in this order."""


def _reviewers(row: SchoolPractice, holders: Holders) -> Holder:
    """Those who review practices and did not write this one."""
    authors = {authorship.person_id for authorship in row.authorships.all()}
    for office in REVIEWERS:
        able = [person for person in holders.people.get(office, ()) if person.pk not in authors]
        if able:
            return holder_of(able, note=office.label)
    return holders.of(Office.ASSOCIATION_LEAD)


def _to_review(row: SchoolPractice, who: Holder | None) -> NextStep:
    title = (
        f"Школа оценивает практику {quoted(row.title)}" if who else f"Оценить практику {quoted(row.title)}"
    )
    return _of(
        row,
        "practice_review",
        title,
        "Пять критериев и заключение.",
        button="Оценить",
        who=who,
        icon="clipboard-check",
        weight=50,
    )
